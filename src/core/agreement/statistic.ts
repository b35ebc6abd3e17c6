/** A value, or why there is none. */
export type Value = number | Undefined;

export interface Undefined {
  readonly reason: string;
}

/**
 * A statistic as a function of sums over items, so that leaving a cluster out is subtracting its items' terms:
 * O(items) + O(clusters × size), and the replicate is exactly the statistic of the remaining items.
 */
export interface Statistic {
  /** Length of the sums. */
  readonly size: number;
  /** Adds the item's terms for this weight; a negative weight takes them out again. */
  readonly add: (sums: Float64Array, item: number, weight: number) => void;
  readonly value: (sums: Float64Array) => Value;
  /** What one evaluation costs, where that is more than its size. */
  readonly work?: number;
}

export function undefinedValue(reason: string): Undefined {
  return { reason };
}

export function isDefined(value: Value): value is number {
  return typeof value === 'number';
}

/** Puts what rounding leaves of a bounded coefficient's exact −1, 0 or 1 back on it. */
export function snapped(coefficient: number): number {
  const nearest = Math.round(coefficient);
  return Math.abs(coefficient - nearest) < 1e-13 ? nearest + 0 : coefficient;
}

/** Σ numerator / Σ denominator, both per item; undefined with the reason where the denominator is 0. */
export function ratio(
  numerator: (item: number) => number,
  denominator: (item: number) => number,
  reason: string,
): Statistic {
  return {
    size: 2,
    add(sums, item, weight) {
      sums[0] = (sums[0] ?? 0) + weight * numerator(item);
      sums[1] = (sums[1] ?? 0) + weight * denominator(item);
    },
    value: sums => (sums[1] ? (sums[0] ?? 0) / sums[1] : undefinedValue(reason)),
  };
}
