/** What `act` gives for each value, in order; the next one is under way while the caller deals with one. */
export async function* oneAhead<Value, Result>(
  values: Iterable<Value>,
  act: (value: Value) => Promise<Result>,
): AsyncGenerator<readonly [Value, Result]> {
  let before: readonly [Value, Promise<Result>] | null = null;
  for (const value of values) {
    const started = act(value);
    // Nobody may come to wait for it: the caller may leave, or the one before it fail.
    started.catch(() => undefined);
    if (before) yield [before[0], await before[1]];
    before = [value, started];
  }
  if (before) yield [before[0], await before[1]];
}
