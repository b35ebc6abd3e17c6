import type { MeasureValue } from './agreementReport';
import { oneClusterHoldsAll, resampled, sameWithoutAny } from './coefficient';
import { fileShare } from './fileTarget';
import { estimateOf, jackknife, jackknifeVariance } from './jackknife';
import { meanOverRaters } from './meanOverRaters';
import { fewestClusters, tooFewClusters, withoutInterval, withoutValue } from './measure';
import { normal975, t975 } from './quantiles';
import type { Sample } from './sample';
import { isDefined, ratio } from './statistic';
import { stratifiedMethod, stratifiedVariance } from './stratifiedVariance';
import { unseenVariance } from './unseenSide';
import { wilson } from './wilson';

export interface ProportionOptions {
  /** Items that count at all; all of them unless told. */
  readonly among?: (item: number) => boolean;
  /** What `among` selects, for people: "items the human put at or above the cut". */
  readonly amongWhat?: string;
  /** How many times an item counts that is among them; once unless told. */
  readonly times?: (item: number) => number;
}

/**
 * Weighted share: Wilson with n* = p(1 − p)/v, v from the cluster jackknife, quantile t(G − 1), G the clusters with an
 * item in the denominator (Korn & Graubard 1998; Dean & Pagano 2015), or the bootstrap. At p = 0 or 1, whatever the method,
 * n* is Kish's (Σw)²/Σw², at most G.
 * `analyticCi`: the plain Wilson, where the weights are equal and each item counts 0 or 1.
 */
export function proportion(
  sample: Sample,
  term: (item: number) => number,
  { among = () => true, amongWhat = 'items', times = () => 1 }: ProportionOptions = {},
): MeasureValue {
  const share = meanOverRaters(
    sample,
    ratio(
      item => (among(item) ? times(item) * term(item) : 0),
      item => (among(item) ? times(item) : 0),
      `no ${amongWhat}`,
    ),
  );
  const { estimate, clusters, total } = estimateOf(sample, share, among);
  if (!isDefined(estimate)) return withoutValue(estimate.reason);
  const counted = denominatorOf(sample, term, among);
  const plain =
    sample.equalWeights && counted.whole ? { analyticCi: wilson(estimate, counted.items, normal975) } : {};
  if (sample.target) return { ...fileShare(sample, term, estimate, among, counted.kish), ...plain };
  if (clusters < fewestClusters) {
    const which = amongWhat === 'items' ? 'clusters' : `clusters with ${amongWhat}`;
    return { ...withoutInterval(estimate, tooFewClusters(clusters, which)), ...plain };
  }
  const t = t975(clusters - 1);
  if (estimate === 0 || estimate === 1) {
    const size = Math.min(counted.kish, clusters);
    return {
      value: estimate,
      ci: wilson(estimate, size, t),
      method: 'Wilson, n = Kish, at most the clusters',
      ...plain,
    };
  }
  if (sample.resampling)
    return { ...resampled(sample, sample.resampling, share, estimate, clusters, among), ...plain };
  const { replicates, method } = jackknife(sample, share, among, total);
  const values = replicates.filter(isDefined);
  if (values.length < clusters) return { ...withoutInterval(estimate, oneClusterHoldsAll), ...plain };
  const variance =
    stratifiedVariance(sample, share, jackknifeVariance(values)) + unseenVariance(sample, term, among);
  if (variance < 1e-20) return { ...withoutInterval(estimate, sameWithoutAny), ...plain };
  const size = (estimate * (1 - estimate)) / variance;
  return {
    value: estimate,
    ci: wilson(estimate, size, t),
    method: `Wilson, effective n from the ${stratifiedMethod(sample, method)}`,
    ...plain,
  };
}

function denominatorOf(
  sample: Sample,
  term: (item: number) => number,
  among: (item: number) => boolean,
): { items: number; whole: boolean; kish: number } {
  let items = 0;
  let sum = 0;
  let squares = 0;
  let whole = true;
  for (let item = 0; item < sample.n; item++) {
    if (!among(item)) continue;
    const weight = sample.weights[item] ?? 0;
    items++;
    sum += weight;
    squares += weight * weight;
    whole = whole && Number.isInteger(term(item));
  }
  return { items, whole, kish: (sum * sum) / squares };
}
