import type { MeasureValue } from './agreementReport';
import { oneClusterHoldsAll, resampled, sameWithoutAny } from './coefficient';
import { onlyMeansAndShares } from './fileTarget';
import { estimateOf, jackknife, jackknifeVariance } from './jackknife';
import { meanOverRaters } from './meanOverRaters';
import { fewestClusters, tooFewClusters, withoutInterval, withoutValue } from './measure';
import { t975 } from './quantiles';
import type { Sample } from './sample';
import { isDefined, type Statistic } from './statistic';
import { stratifiedMethod, stratifiedVariance } from './stratifiedVariance';

export interface OwnScaleOptions {
  /** Natural lower bound of the number, if it has one: the interval ends there. */
  readonly least?: number;
  /** How large the numbers are that it is made of: half-widths under 10⁻¹² of it are rounding. */
  readonly magnitude: number;
  /** Said in place of the interval where leaving out any cluster changes nothing. */
  readonly allEqual?: (value: number) => string;
}

/** A number in units of the scale: cluster jackknife on the number itself, t with G − 1 df, or the bootstrap. */
export function onOwnScale(
  sample: Sample,
  ofRater: Statistic,
  { least = -Infinity, magnitude, allEqual = () => sameWithoutAny }: OwnScaleOptions,
): MeasureValue {
  const statistic = meanOverRaters(sample, ofRater);
  const { estimate, clusters, total } = estimateOf(sample, statistic);
  if (!isDefined(estimate)) return withoutValue(estimate.reason);
  if (sample.target) return withoutInterval(estimate, onlyMeansAndShares);
  if (clusters < fewestClusters) return withoutInterval(estimate, tooFewClusters(clusters));
  const { replicates, method } = jackknife(sample, statistic, undefined, total);
  const values = replicates.filter(isDefined);
  if (values.length < replicates.length) return withoutInterval(estimate, oneClusterHoldsAll);
  const variance = stratifiedVariance(sample, statistic, jackknifeVariance(values));
  const half = t975(values.length - 1) * Math.sqrt(variance);
  if (half <= 1e-12 * magnitude) return withoutInterval(estimate, allEqual(estimate));
  if (sample.resampling) return resampled(sample, sample.resampling, statistic, estimate, clusters);
  const ci = [Math.max(least, estimate - half), estimate + half] as const;
  return { value: estimate, ci, method: stratifiedMethod(sample, method) };
}
