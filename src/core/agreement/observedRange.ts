import type { Rating } from './ratingTable';

/** The range of scores and, where they are few whole numbers, how often each was given. */
export interface ScoreSpread {
  readonly min: number;
  readonly max: number;
  readonly observed: true;
  /** Ascending; absent where some score is no whole number, or over 15 different ones are given. */
  readonly counts?: readonly (readonly [score: number, count: number])[];
}

const mostCounted = 15;

/** The spread of several columns' numbers; `null` where there is none. */
export function spreadOf(columns: readonly (readonly Rating[])[]): ScoreSpread | null {
  const range = observedRange(columns);
  if (!range) return null;
  const counts = new Map<number, number>();
  for (const values of columns) {
    for (const value of values) {
      if (typeof value !== 'number' || Number.isNaN(value)) continue;
      if (!Number.isInteger(value)) return range;
      counts.set(value, (counts.get(value) ?? 0) + 1);
      if (counts.size > mostCounted) return range;
    }
  }
  return { ...range, counts: [...counts].sort(([left], [right]) => left - right) };
}

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
  return min <= max ? { min, max, observed: true as const } : null;
}
