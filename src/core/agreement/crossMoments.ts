import type { CrossSums } from './correlation';
import { pivotOf } from './pivotOf';
import type { Sample } from './sample';
import type { Statistic } from './statistic';

/** Weighted sums of the first two columns, each taken from its pivot. */
export interface CrossMoments extends Pick<Statistic, 'size' | 'add'> {
  readonly parts: (sums: Float64Array) => CrossSums;
  /** Pivot of a − pivot of b. */
  readonly shift: number;
}

export function crossMoments(sample: Sample): CrossMoments {
  const [a, b] = sample.columns.map(column => aroundPivot(column, sample.weights));
  return {
    size: 6,
    add(sums, item, weight) {
      const left = a?.values[item] ?? 0;
      const right = b?.values[item] ?? 0;
      sums[0] = (sums[0] ?? 0) + weight;
      sums[1] = (sums[1] ?? 0) + weight * left;
      sums[2] = (sums[2] ?? 0) + weight * right;
      sums[3] = (sums[3] ?? 0) + weight * (left * left);
      sums[4] = (sums[4] ?? 0) + weight * (right * right);
      sums[5] = (sums[5] ?? 0) + weight * (left * right);
    },
    parts: ([weight = 0, sumA = 0, sumB = 0, aa = 0, bb = 0, ab = 0]) => ({
      weight,
      a: sumA,
      b: sumB,
      aa,
      bb,
      ab,
    }),
    shift: (a?.pivot ?? 0) - (b?.pivot ?? 0),
  };
}

function aroundPivot(column: Float64Array, weights: Float64Array): { pivot: number; values: Float64Array } {
  const pivot = pivotOf(column, weights);
  return { pivot, values: column.map(value => value - pivot) };
}
