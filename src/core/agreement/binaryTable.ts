import type { CutTable } from './agreementReport';
import type { Sample } from './sample';
import type { Statistic } from './statistic';

/** Sums of the 2×2 table of a sample of 0s and 1s: [both 1, only a, only b, neither]. */
export function binaryCells(sample: Sample): Pick<Statistic, 'size' | 'add'> {
  const [a, b] = sample.columns;
  return {
    size: 4,
    add(sums, item, weight) {
      const cell = a?.[item] === 1 ? (b?.[item] === 1 ? 0 : 1) : b?.[item] === 1 ? 2 : 3;
      sums[cell] = (sums[cell] ?? 0) + weight;
    },
  };
}

/** The 2×2 table: counts, or weights scaled to sum to the items where they are unequal. */
export function binaryTable(sample: Sample): CutTable {
  const { add } = binaryCells(sample);
  const sums = new Float64Array(4);
  for (let item = 0; item < sample.n; item++) add(sums, item, sample.weights[item] ?? 0);
  const [bothAtOrAbove = 0, onlyA = 0, onlyB = 0, neither = 0] = sums;
  return { bothAtOrAbove, onlyA, onlyB, neither };
}
