import type { MeasureValue, SubsetFacts } from './agreementReport';
import { fewestClusters, withoutInterval, withoutValue } from './measure';
import { t975 } from './quantiles';
import type { RatingTable } from './ratingTable';
import type { Sample } from './sample';
import { isDefined, undefinedValue, type Value } from './statistic';
import { unseenVariance } from './unseenSide';
import { wilson } from './wilson';

/** Intervals are for the items of the file that were there to draw, not for new rollouts; or why none can be. */
export interface FileTarget {
  readonly refused: string | null;
}

export const onlyMeansAndShares = '--target file gives intervals to means and shares only';

/** Why the items of a file can't be spoken of from this subset; `null` where they can. */
export function refuseFileTarget(subset: SubsetFacts | undefined): string | null {
  if (!subset) return '--target file needs a subset with design weights';
  const { design, unfit, name } = subset;
  if (unfit) return `--target file needs design weights: the subset “${name}” has none`;
  if (design.kind === 'two-stage' || design.maxPerRollout !== undefined)
    return `--target file takes items as drawn one by one: those of the subset “${name}” were drawn rollout by rollout`;
  return null;
}

/** The target of a table's used units; `weights` are their analysis weights, `part` says that they are one group alone. */
export function fileTargetOf(
  table: RatingTable,
  used: readonly number[],
  weights: readonly number[],
  part: boolean,
): FileTarget {
  const drawn = table.units.map(({ weight }) => weight);
  const ignored = drawn.some(weight => weight !== 1) && weights.every(weight => weight === 1);
  const refused =
    refuseFileTarget(table.subset) ??
    (part ? '--target file gives no interval to a group of the items' : null) ??
    (ignored ? 'no interval for the file: a stratum has no usable item' : null) ??
    (used.length < fewestClusters
      ? `no interval from ${used.length} items: at least ${fewestClusters} are needed`
      : null);
  return { refused };
}

/**
 * Σ_h (1 − f_h) n_h/(n_h − 1) Σ (e − ē_h)² of contributions e_i = w_i a_i (y_i − p)/Σ w a: with equal weights inside the strata
 * Σ_h W_h² (1 − f_h) s_h²/n_h (Cochran 1977, ch. 5). `term` is y, `among` a, `estimate` p.
 */
export function itemVariance(
  { strata, weights, n }: Sample,
  term: (item: number) => number,
  estimate: number,
  among: (item: number) => boolean = () => true,
): Value {
  if (!strata) return undefinedValue('no interval for the file: the numbers are unweighted');
  const count = strata.fractions.length;
  const items = new Float64Array(count);
  const sums = new Float64Array(count);
  const squares = new Float64Array(count);
  let whole = 0;
  for (let item = 0; item < n; item++) if (among(item)) whole += weights[item] ?? 0;
  for (let item = 0; item < n; item++) {
    const stratum = strata.of[item] ?? 0;
    const apart = among(item) ? ((weights[item] ?? 0) * (term(item) - estimate)) / whole : 0;
    items[stratum] = (items[stratum] ?? 0) + 1;
    sums[stratum] = (sums[stratum] ?? 0) + apart;
    squares[stratum] = (squares[stratum] ?? 0) + apart * apart;
  }
  let variance = 0;
  for (let stratum = 0; stratum < count; stratum++) {
    const own = items[stratum] ?? 0;
    const left = 1 - Math.min(1, strata.fractions[stratum] ?? 0);
    // A sampling fraction of 1 comes out of sums of weights.
    if (own === 0 || left < 1e-12) continue;
    if (own < 2) return undefinedValue('no interval for the file: a stratum has a single usable item');
    const sum = sums[stratum] ?? 0;
    const spread = Math.max(0, (squares[stratum] ?? 0) - (sum * sum) / own);
    variance += (left * own * spread) / (own - 1);
  }
  return variance;
}

/** Items less strata. */
const degreesOfFreedom = ({ n, strata }: Sample): number =>
  n - new Set(strata ? Array.from(strata.of) : [0]).size;

const method = 'stratified variance of items, finite population';
const allUsed = 'no interval: every item of the file is used, or every one gives the same';

/** Mean of the file's items: ± t(n − H) √v. */
export function fileMean(sample: Sample, term: (item: number) => number, estimate: Value): MeasureValue {
  if (!isDefined(estimate)) return withoutValue(estimate.reason);
  const variance = varianceOf(sample, term, estimate);
  if (!isDefined(variance)) return withoutInterval(estimate, variance.reason);
  let largest = 0;
  for (let item = 0; item < sample.n; item++) largest = Math.max(largest, Math.abs(term(item)));
  const half = t975(degreesOfFreedom(sample)) * Math.sqrt(variance);
  if (half <= 1e-12 * largest) return withoutInterval(estimate, allUsed);
  return { value: estimate, ci: [estimate - half, estimate + half], method };
}

/** Share of the file's items: Wilson with n* = p(1 − p)/v and t(n − H); `kish` is the size taken at 0 or 1. */
export function fileShare(
  sample: Sample,
  term: (item: number) => number,
  estimate: number,
  among: (item: number) => boolean,
  kish: number,
): MeasureValue {
  const variance = varianceOf(sample, term, estimate, among);
  if (!isDefined(variance)) return withoutInterval(estimate, variance.reason);
  const t = t975(degreesOfFreedom(sample));
  if (sample.strata?.fractions.every(fraction => fraction > 1 - 1e-12))
    return withoutInterval(estimate, allUsed);
  if (estimate === 0 || estimate === 1)
    return { value: estimate, ci: wilson(estimate, kish, t), method: 'Wilson, n = Kish' };
  const whole = variance + unseenVariance(sample, term, among);
  if (whole < 1e-20) return withoutInterval(estimate, allUsed);
  const ci = wilson(estimate, (estimate * (1 - estimate)) / whole, t);
  return { value: estimate, ci, method: `Wilson, effective n from the ${method}` };
}

function varianceOf(
  sample: Sample,
  term: (item: number) => number,
  estimate: number,
  among?: (item: number) => boolean,
): Value {
  const refused = sample.target?.refused ?? null;
  return refused === null ? itemVariance(sample, term, estimate, among) : undefinedValue(refused);
}
