import type { Sample } from '../sample';
import { snapped, undefinedValue, type Statistic, type Value } from '../statistic';

/** The 2×2 table of two columns at cuts of their own as sums: [both at or above, only a, only b, neither]. */
export type Cells = readonly [both: number, onlyA: number, onlyB: number, neither: number];

/** A statistic of that table, over the items that both have scored. */
export function atCuts(
  sample: Sample,
  a: number,
  cutA: number,
  b: number,
  cutB: number,
  value: (cells: Cells) => Value,
): Statistic {
  const left = sample.columns[a] ?? new Float64Array();
  const right = sample.columns[b] ?? new Float64Array();
  return {
    size: 4,
    add(sums, item, weight) {
      const x = left[item] ?? NaN;
      const y = right[item] ?? NaN;
      if (Number.isNaN(x) || Number.isNaN(y)) return;
      const cell = x >= cutA ? (y >= cutB ? 0 : 1) : y >= cutB ? 2 : 3;
      sums[cell] = (sums[cell] ?? 0) + weight;
    },
    // By index: taking typed arrays apart by pattern goes through their iterator.
    value: sums => value([sums[0] ?? 0, sums[1] ?? 0, sums[2] ?? 0, sums[3] ?? 0]),
  };
}

/** Cohen's κ of the table (Cohen 1960). */
export function kappaOf([both, onlyA, onlyB, neither]: Cells): Value {
  const total = both + onlyA + onlyB + neither;
  if (!(total > 0)) return undefinedValue('no items');
  const a = (both + onlyA) / total;
  const b = (both + onlyB) / total;
  // Expected disagreement: κ = 1 − D_o/D_e.
  const chance = a * (1 - b) + b * (1 - a);
  if (chance <= 1e-13) return undefinedValue('both put every item on the same side');
  return snapped(1 - (onlyA + onlyB) / total / chance);
}

const part = (numerator: number, denominator: number, reason: string): Value =>
  denominator > 0 ? numerator / denominator : undefinedValue(reason);

export const prevalenceAOf = ([both, onlyA, onlyB, neither]: Cells): Value =>
  part(both + onlyA, both + onlyA + onlyB + neither, 'no items');

export const prevalenceBOf = ([both, onlyA, onlyB, neither]: Cells): Value =>
  part(both + onlyB, both + onlyA + onlyB + neither, 'no items');
