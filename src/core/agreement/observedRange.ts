import type { Rating } from './ratingTable';

/** The least and the greatest number of several columns; `null` where there is none. NaN is no number. */
export function observedRange(columns: readonly (readonly Rating[] | Float64Array)[]) {
  let min = Infinity;
  let max = -Infinity;
  for (const values of columns) {
    for (const value of values) {
      if (typeof value !== 'number') continue;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return min <= max ? { min, max, observed: true } : null;
}
