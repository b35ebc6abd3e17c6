import type { Sample } from './sample';
import { isDefined, type Statistic } from './statistic';

/** The strata that a sample's items were drawn from, one by one. */
export interface SampleStrata {
  /** Stratum of each item, from 0. */
  readonly of: Int32Array;
  /** Share of its items that each stratum's used ones are. */
  readonly fractions: Float64Array;
}

/** Of the jackknife's variance, what is always kept. */
const leastShare = 0.5;

/**
 * The variance of a statistic of items drawn inside strata. The cluster jackknife takes them as drawn from the run at large,
 * and counts that strata could have been hit more or less often. That part is Σ_h (1 − f_h) Û_h²/n_h, Û_h the sum of the
 * influences in h; Û_h² is itself too large by n_h s_h². What is left is no less than the strata's own Σ_h (1 − f_h) n_h s_h²,
 * and no less than half the jackknife's: under that it hangs on the few pairs of items of one cluster that lie in one stratum.
 * `scale` is that of the variance (docs/statistics.md, "Drawn within strata").
 */
export function stratifiedVariance(
  sample: Sample,
  statistic: Statistic,
  variance: number,
  scale: (value: number) => number = value => value,
): number {
  const { strata } = sample;
  const influences = strata && strata.fractions.length > 1 ? influencesOf(sample, statistic, scale) : null;
  if (!strata || !influences) return variance;
  const count = strata.fractions.length;
  const items = new Float64Array(count);
  const sums = new Float64Array(count);
  const squares = new Float64Array(count);
  influences.forEach((influence, item) => {
    const stratum = strata.of[item] ?? 0;
    items[stratum] = (items[stratum] ?? 0) + 1;
    sums[stratum] = (sums[stratum] ?? 0) + influence;
    squares[stratum] = (squares[stratum] ?? 0) + influence * influence;
  });
  let saving = 0;
  let least = 0;
  for (let stratum = 0; stratum < count; stratum++) {
    const n = items[stratum] ?? 0;
    const sum = sums[stratum] ?? 0;
    if (n < 2) continue;
    const own = Math.max(0, (squares[stratum] ?? 0) - (sum * sum) / n) / (n - 1);
    const left = 1 - Math.min(1, strata.fractions[stratum] ?? 0);
    saving += left * ((sum * sum) / n - own);
    least += left * n * own;
  }
  return Math.max(variance - Math.max(0, saving), Math.min(variance, least), leastShare * variance);
}

/** The jackknife's name, with a word where strata went into the variance. */
export function stratifiedMethod({ strata }: Sample, method: string): string {
  return strata && strata.fractions.length > 1 ? `${method}, stratified` : method;
}

/** The value less that without each item, around their mean; `null` where one of them is undefined or infinite. */
function influencesOf(
  sample: Sample,
  statistic: Statistic,
  scale: (value: number) => number,
): Float64Array | null {
  const total = new Float64Array(statistic.size);
  for (const items of sample.clusters)
    for (const item of items) statistic.add(total, item, sample.weights[item] ?? 0);
  const rest = new Float64Array(statistic.size);
  const without = new Float64Array(sample.n);
  let mean = 0;
  for (let item = 0; item < sample.n; item++) {
    rest.set(total);
    statistic.add(rest, item, -(sample.weights[item] ?? 0));
    const value = statistic.value(rest);
    const scaled = isDefined(value) ? scale(value) : NaN;
    if (!Number.isFinite(scaled)) return null;
    without[item] = scaled;
    mean += scaled / sample.n;
  }
  return without.map(value => mean - value);
}
