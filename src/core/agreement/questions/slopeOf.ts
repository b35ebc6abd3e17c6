import type { MeasureValue } from '../agreementReport';
import { withoutValue } from '../measure';
import { undefinedValue } from '../statistic';
import { jackknife } from '../jackknife';
import { scaledWeights, clustersOf, type Sample } from '../sample';
import { numberInterval } from './intervals';

export interface SlopePoint {
  readonly cluster: string;
  readonly weight: number;
  readonly x: number;
  readonly y: number;
}

/** Weighted least-squares slope of y on x, with the cluster jackknife of the slope. */
export function slopeOf(points: readonly SlopePoint[], seed: number): MeasureValue {
  if (points.length < 2) return withoutValue('fewer than 2 items');
  const { weights, equal } = scaledWeights(points.map(({ weight }) => weight));
  // Near the middle, so that squares keep their digits.
  const pivot = Math.round(points.reduce((sum, { x }) => sum + x, 0) / points.length);
  const sample: Sample = {
    columns: [Float64Array.from(points, ({ x }) => x - pivot), Float64Array.from(points, ({ y }) => y)],
    n: points.length,
    weights,
    equalWeights: equal,
    clusters: clustersOf(points.map(({ cluster }) => cluster)),
    categories: { kind: 'none', reason: 'a measurement' },
    seed,
  };
  const [xs, ys] = sample.columns;
  const deleted = jackknife(sample, {
    size: 5,
    add(sums, item, weight) {
      const x = xs?.[item] ?? 0;
      const y = ys?.[item] ?? 0;
      sums[0] = (sums[0] ?? 0) + weight;
      sums[1] = (sums[1] ?? 0) + weight * x;
      sums[2] = (sums[2] ?? 0) + weight * y;
      sums[3] = (sums[3] ?? 0) + weight * x * x;
      sums[4] = (sums[4] ?? 0) + weight * x * y;
    },
    value([weight = 0, x = 0, y = 0, xx = 0, xy = 0]) {
      const spread = weight * xx - x * x;
      return spread > 1e-12 * weight * xx
        ? (weight * xy - x * y) / spread
        : undefinedValue('it is the same for all items');
    },
  });
  return numberInterval(deleted, deleted.replicates.length);
}
