/** Longer texts are no field that rollouts are grouped or clustered by. */
export const longestField = 200;

export type FieldValue = string | number | boolean;

/** Of a record's fields those that a summary keeps: numbers, booleans and short texts. */
export function summaryFields(fields: Readonly<Record<string, unknown>>): Record<string, FieldValue> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      (entry): entry is [string, FieldValue] =>
        typeof entry[1] === 'number' ||
        typeof entry[1] === 'boolean' ||
        (typeof entry[1] === 'string' && entry[1].length <= longestField),
    ),
  );
}
