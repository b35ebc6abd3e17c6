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
  const present = new Set<number>();
  for (const column of columns)
    for (let item = 0; item < column.length; item++) present.add(column[item] ?? NaN);
  present.delete(NaN);
  const values = Float64Array.from(present).sort();
  const place = new Map([...values].map((value, index) => [value, index]));
  return columns.map(column => {
    const codes = new Int32Array(column.length);
    for (let item = 0; item < column.length; item++) codes[item] = place.get(column[item] ?? NaN) ?? -1;
    return { count: values.length, values, codes };
  });
}
