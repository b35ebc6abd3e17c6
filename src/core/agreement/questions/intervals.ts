import type { MeasureValue } from '../agreementReport';
import { coefficient, oneClusterHoldsAll, sameWithoutAny } from '../coefficient';
import { jackknife, jackknifeVariance, type Jackknife } from '../jackknife';
import { fewestClusters, tooFewClusters, withoutInterval, withoutValue } from '../measure';
import { t975 } from '../quantiles';
import type { Sample } from '../sample';
import { isDefined, type Statistic } from '../statistic';
import { wilson } from '../wilson';

/** What an estimate is, and with that how its interval is made; a size is a number that is never under 0. */
export type Kind = 'coefficient' | 'share' | 'number' | 'size';

/** The statistic with the interval of its kind. */
export function estimated(sample: Sample, kind: Kind, statistic: Statistic): MeasureValue {
  if (sample.n === 0) return withoutValue('no items');
  if (kind === 'coefficient') return coefficient(sample, statistic);
  const deleted = jackknife(sample, statistic);
  const clusters = deleted.replicates.length;
  if (kind === 'share') return shareInterval(deleted, clusters, () => kishSize(sample));
  const measured = numberInterval(deleted, clusters);
  return kind === 'size' && measured.ci
    ? { ...measured, ci: [Math.max(0, measured.ci[0]), measured.ci[1]] }
    : measured;
}

/** z ± t(G − 1) √v on the number itself; `clusters` is G, those that hold the information. */
export function numberInterval(
  { estimate, replicates, method }: Jackknife,
  clusters: number,
  fewest = fewestClusters,
): MeasureValue {
  if (!isDefined(estimate)) return withoutValue(estimate.reason);
  if (clusters < fewest) return withoutInterval(estimate, tooFewClusters(clusters));
  const values = replicates.filter(isDefined);
  if (values.length < replicates.length) return withoutInterval(estimate, oneClusterHoldsAll);
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), Math.abs(estimate));
  const half = t975(clusters - 1) * Math.sqrt(jackknifeVariance(values));
  if (half <= 1e-12 * largest) return withoutInterval(estimate, sameWithoutAny);
  return { value: estimate, ci: [estimate - half, estimate + half], method };
}

/** Wilson with n* = p(1 − p)/v and t(G − 1) (Korn & Graubard 1998; Dean & Pagano 2015); at 0 or 1 n* is `kish`, at most G. */
export function shareInterval(
  { estimate, replicates, method }: Jackknife,
  clusters: number,
  kish: () => number,
): MeasureValue {
  if (!isDefined(estimate)) return withoutValue(estimate.reason);
  if (clusters < fewestClusters) return withoutInterval(estimate, tooFewClusters(clusters));
  const t = t975(clusters - 1);
  // What rounding leaves of an exact 0 or 1.
  const share = estimate < 1e-12 ? 0 : estimate > 1 - 1e-12 ? 1 : estimate;
  if (share === 0 || share === 1) {
    const ci = wilson(share, Math.min(kish(), clusters), t);
    return { value: share, ci, method: 'Wilson, n = Kish, at most the clusters' };
  }
  const values = replicates.filter(isDefined);
  if (values.length < replicates.length) return withoutInterval(estimate, oneClusterHoldsAll);
  const variance = jackknifeVariance(values);
  if (variance < 1e-20) return withoutInterval(estimate, sameWithoutAny);
  const size = (estimate * (1 - estimate)) / variance;
  return { value: estimate, ci: wilson(estimate, size, t), method: `Wilson, effective n from the ${method}` };
}

/** (Σw)²/Σw². */
function kishSize({ weights }: Sample): number {
  let sum = 0;
  let squares = 0;
  for (const weight of weights) {
    sum += weight;
    squares += weight * weight;
  }
  return (sum * sum) / squares;
}
