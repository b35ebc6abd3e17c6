export interface Row {
  readonly what: string;
  readonly ratio: number;
  readonly min: number;
  readonly max: number;
  readonly pairs: number;
  /** `null`: measured, with no goal set yet. */
  readonly goal: number | null;
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

export async function milliseconds(act: () => Promise<void> | void): Promise<number> {
  const start = process.hrtime.bigint();
  await act();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** The ratio a/b over pairs, a and b in turn; the first pair warms up and is not counted. */
export async function compare(
  what: string,
  goal: number | null,
  pairs: number,
  a: () => Promise<number>,
  b: () => Promise<number>,
): Promise<Row> {
  const ratios: number[] = [];
  for (let pair = -1; pair < pairs; pair++) {
    const [first, second] = [await a(), await b()];
    if (pair >= 0) ratios.push(first / second);
  }
  return { what, ratio: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios), pairs, goal };
}
