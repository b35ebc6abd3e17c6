import type { MeasureValue } from './agreementReport';
import { jackknife, jackknifeVariance } from './jackknife';
import { fewestClusters, tooFewClusters, withoutInterval, withoutValue } from './measure';
import { t975 } from './quantiles';
import type { Sample } from './sample';
import { sameWithoutAny, oneClusterHoldsAll } from './coefficient';
import { isDefined, ratio } from './statistic';

export interface AverageOptions {
  /** Natural lower bound of the average, if it has one: the interval ends there. */
  readonly least?: number;
  /** Said in place of the interval where every item gives the same. */
  readonly allEqual?: (value: number) => string;
}

/** Weighted mean of one number per item: cluster jackknife on the mean itself, t with G − 1 df. */
export function average(
  sample: Sample,
  term: (item: number) => number,
  { least = -Infinity, allEqual = () => sameWithoutAny }: AverageOptions = {},
): MeasureValue {
  const { estimate, replicates, method } = jackknife(
    sample,
    ratio(term, () => 1, 'no items'),
  );
  if (!isDefined(estimate)) return withoutValue(estimate.reason);
  if (replicates.length < fewestClusters) return withoutInterval(estimate, tooFewClusters(replicates.length));
  const values = replicates.filter(isDefined);
  if (values.length < replicates.length) return withoutInterval(estimate, oneClusterHoldsAll);
  let largest = 0;
  for (let item = 0; item < sample.n; item++) largest = Math.max(largest, Math.abs(term(item)));
  const half = t975(values.length - 1) * Math.sqrt(jackknifeVariance(values));
  if (half <= 1e-12 * largest) return withoutInterval(estimate, allEqual(estimate));
  return { value: estimate, ci: [Math.max(least, estimate - half), estimate + half], method };
}
