import type { Sample } from './sample';

/** The different rows of a sample (ratings and weight), each by its first item, and how many items are like it. */
export interface DistinctRows {
  readonly firsts: readonly number[];
  readonly sizes: readonly number[];
  /** Of each item, which of them it is. */
  readonly codes: Int32Array;
}

/** O(items): on a scale of K points with equal weights there are at most K² rows, whatever their number. */
export function distinctRows({
  columns,
  weights,
  n,
}: Pick<Sample, 'columns' | 'weights' | 'n'>): DistinctRows {
  let codes = new Int32Array(n);
  let count = 1;
  for (const column of [...columns, weights]) {
    const places = new Map<number, number>();
    const known = new Map<number, number>();
    const next = new Int32Array(n);
    for (let item = 0; item < n; item++) {
      const value = column[item] ?? NaN;
      let place = places.get(value);
      if (place === undefined) places.set(value, (place = places.size));
      // Both are under 2²⁶ for any table that fits in memory: the product is exact.
      const key = place * count + (codes[item] ?? 0);
      let code = known.get(key);
      if (code === undefined) known.set(key, (code = known.size));
      next[item] = code;
    }
    codes = next;
    count = known.size;
  }
  const firsts: number[] = [];
  const sizes: number[] = [];
  for (let item = 0; item < n; item++) {
    const code = codes[item] ?? 0;
    if (code === firsts.length) firsts.push(item);
    sizes[code] = (sizes[code] ?? 0) + 1;
  }
  return { firsts, sizes, codes };
}
