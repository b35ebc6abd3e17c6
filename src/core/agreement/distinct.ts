/** The sorted distinct values of a column and each item's place among them (−1 where the rating is missing). */
export interface Distinct {
  readonly count: number;
  readonly values: Float64Array;
  readonly codes: Int32Array;
}

export function distinctOf(column: Float64Array): Distinct {
  return distinctOfAll([column])[0] ?? { count: 0, values: new Float64Array(), codes: new Int32Array() };
}

/** The same with one list of values for all columns. */
export function distinctOfAll(columns: readonly Float64Array[]): Distinct[] {
  const present = columns.flatMap(column => [...column].filter(value => !Number.isNaN(value)));
  const values = Float64Array.from(new Set(present)).sort();
  const place = new Map([...values].map((value, index) => [value, index]));
  return columns.map(column => ({
    count: values.length,
    values,
    codes: Int32Array.from(column, value => place.get(value) ?? -1),
  }));
}
