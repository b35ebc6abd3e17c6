import atanh from '@stdlib/math-base-special-atanh';
import tanh from '@stdlib/math-base-special-tanh';
import type { MeasureValue } from './agreementReport';
import { bootstrapInterval } from './bootstrap';
import { onlyMeansAndShares } from './fileTarget';
import { estimateOf, jackknife, jackknifeVariance } from './jackknife';
import { meanOverRaters } from './meanOverRaters';
import { fewestClusters, tooFewClusters, withoutInterval, withoutValue } from './measure';
import { t975 } from './quantiles';
import type { Sample } from './sample';
import { isDefined, type Statistic } from './statistic';
import { stratifiedMethod, stratifiedVariance } from './stratifiedVariance';
import { wilson } from './wilson';

/** Where every item is a cluster, replicates are as many as there are different items: so many atanh are kept. */
const mostKnown = 4096;

/** Half-widths under this are rounding, on the scale of atanh as of the coefficient. */
const noWidth = 1e-9;

/**
 * A coefficient in [−1, 1] with its interval: delete-one-cluster jackknife on z = atanh, t with G − 1 df, or the bootstrap.
 * `atOne` says what an estimate of exactly ±1 means; there, the jackknife has nothing to go by.
 */
export function coefficient(
  sample: Sample,
  ofRater: Statistic,
  atOne = 'no disagreement observed',
): MeasureValue {
  const statistic = meanOverRaters(sample, ofRater);
  if (sample.n < 2) return withoutValue('fewer than 2 items');
  const { estimate, clusters, total } = estimateOf(sample, statistic);
  if (!isDefined(estimate)) return withoutValue(estimate.reason);
  if (sample.target) return withoutInterval(estimate, onlyMeansAndShares);
  if (clusters < fewestClusters) return withoutInterval(estimate, tooFewClusters(clusters));
  if (Math.abs(estimate) === 1)
    return withoutInterval(estimate, estimate === 1 ? atOne : 'the two are exact opposites');
  if (sample.resampling) return resampled(sample, sample.resampling, statistic, estimate, clusters);
  const { replicates, method } = jackknife(sample, statistic, undefined, total);
  const values = replicates.filter(isDefined);
  if (values.length < replicates.length) return withoutInterval(estimate, oneClusterHoldsAll);
  const t = t975(values.length - 1);
  if (values.some(value => Math.abs(value) >= 1)) return atBoundary(estimate, values, t, method);
  const variance = jackknifeVariance(onAtanh(values));
  const half = t * Math.sqrt(stratifiedVariance(sample, statistic, variance, atanh));
  if (half < noWidth) return withoutInterval(estimate, sameWithoutAny);
  const z = atanh(estimate);
  return {
    value: estimate,
    ci: [tanh(z - half), tanh(z + half)],
    method: stratifiedMethod(sample, method),
  };
}

/** Each value's atanh, made once of values that are the same. */
function onAtanh(values: readonly number[]): number[] {
  const known = new Map<number, number>();
  return values.map(value => {
    let made = known.get(value);
    if (made === undefined) {
      made = atanh(value);
      if (known.size < mostKnown) known.set(value, made);
    }
    return made;
  });
}

/** The value with its bootstrap interval, or the reason why it has none. */
export function resampled(...asked: Parameters<typeof bootstrapInterval>): MeasureValue {
  const interval = bootstrapInterval(...asked);
  const [, , , estimate] = asked;
  return 'reason' in interval ? withoutInterval(estimate, interval.reason) : { value: estimate, ...interval };
}

/** A replicate is undefined where one cluster holds all the variation: leaving that one out would hide it. */
export const oneClusterHoldsAll = 'no interval: without one of the clusters the measure is undefined';
export const sameWithoutAny = 'no interval: leaving out any cluster changes nothing';

/**
 * All disagreement lies in one cluster, so one atanh is infinite. (1 + c)/2 is in [0, 1]: the score interval with the
 * effective size that the jackknife variance implies (docs/statistics.md, "one cluster disagrees").
 */
function atBoundary(estimate: number, values: readonly number[], t: number, method: string): MeasureValue {
  const variance = jackknifeVariance(values) / 4;
  const share = (1 + estimate) / 2;
  if (t * Math.sqrt(variance) < noWidth) return withoutInterval(estimate, sameWithoutAny);
  const [low, high] = wilson(share, (share * (1 - share)) / variance, t);
  return {
    value: estimate,
    ci: [2 * low - 1, 2 * high - 1],
    method: `score interval, variance from the ${method}`,
  };
}
