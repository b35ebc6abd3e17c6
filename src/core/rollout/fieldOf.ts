/** A rollout's value of a field of its own: no name is one that every object has, such as `constructor`. */
export function fieldOf<Value>(
  { fields }: { readonly fields: Readonly<Record<string, Value>> },
  name: string,
): Value | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}
