/**
 * What ratings are taken from before they are squared, so that the products stay small: their mean, or the lowest of whole
 * numbers, whose sums then are whole numbers from 0 on. Missing ratings (NaN) are passed over.
 */
export function pivotOf(ratings: Float64Array, weights?: Float64Array): number {
  let sum = 0;
  let total = 0;
  let lowest = Infinity;
  let whole = true;
  for (let item = 0; item < ratings.length; item++) {
    const rating = ratings[item] ?? NaN;
    if (Number.isNaN(rating)) continue;
    const weight = weights?.[item] ?? 1;
    sum += weight * rating;
    total += weight;
    lowest = Math.min(lowest, rating);
    whole &&= Number.isInteger(rating);
  }
  if (total === 0) return 0;
  return whole ? lowest : sum / total;
}

/** The pivot that several columns share. */
export function pivotOfAll(columns: readonly Float64Array[]): number {
  const all = new Float64Array(columns.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const column of columns) {
    all.set(column, start);
    start += column.length;
  }
  return pivotOf(all);
}
