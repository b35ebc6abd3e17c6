import type { MeasureValue } from './agreementReport';
import { onOwnScale, type OwnScaleOptions } from './onOwnScale';
import type { Sample } from './sample';
import { undefinedValue, type Statistic } from './statistic';

/** Mean and standard deviation of a − b. */
export interface DifferenceMoments {
  readonly mean: number;
  readonly sd: number;
}

/**
 * What follows from mean and SD of a − b (Bland & Altman 1986): weights scaled to sum to the items, SD with n − 1.
 */
export function ofDifferences(
  sample: Sample,
  value: (moments: DifferenceMoments) => number,
  options: Pick<OwnScaleOptions, 'least'> = {},
): MeasureValue {
  const [a, b] = sample.columns;
  const differences = Float64Array.from(
    { length: sample.n },
    (_, item) => (a?.[item] ?? 0) - (b?.[item] ?? 0),
  );
  const statistic: Statistic = {
    size: 4,
    add(sums, item, weight) {
      const difference = differences[item] ?? 0;
      sums[0] = (sums[0] ?? 0) + Math.sign(weight);
      sums[1] = (sums[1] ?? 0) + weight;
      sums[2] = (sums[2] ?? 0) + weight * difference;
      sums[3] = (sums[3] ?? 0) + weight * difference * difference;
    },
    value([items = 0, weight = 0, sum = 0, squares = 0]) {
      if (items < 2) return undefinedValue('fewer than 2 items');
      const spread = weight * squares - sum * sum;
      const variance =
        spread <= 1e-13 * weight * squares ? 0 : (spread * items) / (weight * weight * (items - 1));
      return value({ mean: sum / weight, sd: Math.sqrt(variance) });
    },
  };
  return onOwnScale(sample, statistic, {
    ...options,
    magnitude: differences.reduce((most, difference) => Math.max(most, Math.abs(difference)), 0),
    allEqual: () => 'no interval: every item differs by the same',
  });
}
