import { fieldOf } from '../../rollout/fieldOf';
import type { RolloutSummary } from '../../rollout/runScan';
import { byCodeUnits } from '../sample';

/** The fields that conditions are told by, where they take 2 to 20 values. */
const usualFields = ['condition', 'model', 'provider', 'dataset'];
export const mostValues = 20;

/** Values of a field, by their code units, or why it has no groups. */
export type FieldGroups =
  | { readonly field: string; readonly values: readonly string[] }
  | { readonly field: string; readonly refused: string };

/** The fields asked for, or the usual ones that tell some rollouts apart. */
export function fieldGroupsOf(
  rollouts: readonly RolloutSummary[],
  fields?: readonly string[],
): FieldGroups[] {
  if (!fields)
    return usualFields
      .map(field => ({ field, values: valuesOf(rollouts, field) }))
      .filter(({ values }) => values.length >= 2 && values.length <= mostValues);
  return fields.map(field => {
    const values = valuesOf(rollouts, field);
    if (values.length < 2)
      return {
        field,
        refused: `The field “${field}” tells no rollouts apart: it has ${values.length === 0 ? 'no value' : 'one value'}.`,
      };
    if (values.length > mostValues)
      return {
        field,
        refused: `The field “${field}” takes ${String(values.length)} values: groups are made of up to ${String(mostValues)}.`,
      };
    return { field, values };
  });
}

/** A rollout's value of a field as text; `null` where it has none. */
export function fieldValue(rollout: RolloutSummary, field: string): string | null {
  const value = fieldOf(rollout, field);
  return value === undefined ? null : String(value);
}

function valuesOf(rollouts: readonly RolloutSummary[], field: string): string[] {
  const values = rollouts.map(rollout => fieldValue(rollout, field)).filter(value => value !== null);
  return [...new Set(values)].sort(byCodeUnits);
}
