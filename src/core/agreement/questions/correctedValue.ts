import { undefinedValue, type Value } from '../statistic';

/** Columns of the sums that a corrected value is made of: of the run's items, then of the labelled ones, weighted. */
export const correctedSize = 7;
const run = { items: 0, judge: 1 };
const labels = { weight: 2, human: 3, judge: 4, judgeSquared: 5, product: 6 };

/** Adds items of the run that the judge scored; f the sum of their values for the target. */
export function addRunItems(rows: Float64Array, at: number, f: number, items = 1): void {
  rows[at + run.items] = (rows[at + run.items] ?? 0) + items;
  rows[at + run.judge] = (rows[at + run.judge] ?? 0) + f;
}

/** Adds a labelled item; y and f the human's and the judge's value for the target. */
export function addLabel(rows: Float64Array, at: number, weight: number, y: number, f: number): void {
  rows[at + labels.weight] = (rows[at + labels.weight] ?? 0) + weight;
  rows[at + labels.human] = (rows[at + labels.human] ?? 0) + weight * y;
  rows[at + labels.judge] = (rows[at + labels.judge] ?? 0) + weight * f;
  rows[at + labels.judgeSquared] = (rows[at + labels.judgeSquared] ?? 0) + weight * f * f;
  rows[at + labels.product] = (rows[at + labels.product] ?? 0) + weight * y * f;
}

/** λ = Cov_w(y, f)/Var_w(f), kept in [0, 1]; 0 where the judge gave all labelled items the same. */
export function lambdaOf(sums: Float64Array, at = 0): number {
  const weight = sums[at + labels.weight] ?? 0;
  const human = sums[at + labels.human] ?? 0;
  const judge = sums[at + labels.judge] ?? 0;
  const squared = sums[at + labels.judgeSquared] ?? 0;
  const product = sums[at + labels.product] ?? 0;
  const variance = squared * weight - judge * judge;
  if (!(variance > 1e-12 * squared * weight)) return 0;
  return Math.min(1, Math.max(0, (product * weight - human * judge) / variance));
}

/**
 * θ̂ = ȳ_w + λ(f̄_run − f̄_w) with Hájek means: the difference estimator (Särndal, Swensson & Wretman 1992) with PPI++'s
 * coefficient (Angelopoulos, Duchi & Zrnic 2023), for labels that lie inside the run.
 */
export function correctedOf(sums: Float64Array, at = 0): Value {
  const items = sums[at + run.items] ?? 0;
  const weight = sums[at + labels.weight] ?? 0;
  if (!(weight > 0)) return undefinedValue('no labelled item');
  if (!(items > 0)) return undefinedValue('no item of the run');
  const human = (sums[at + labels.human] ?? 0) / weight;
  const gap = (sums[at + run.judge] ?? 0) / items - (sums[at + labels.judge] ?? 0) / weight;
  return human + lambdaOf(sums, at) * gap;
}

/** f̄_run: what the judge alone says. */
export function naiveOf(sums: Float64Array, at = 0): Value {
  const items = sums[at + run.items] ?? 0;
  return items > 0 ? (sums[at + run.judge] ?? 0) / items : undefinedValue('no item of the run');
}

/** ȳ_w: what the labels alone say. */
export function labelsAloneOf(sums: Float64Array, at = 0): Value {
  const weight = sums[at + labels.weight] ?? 0;
  return weight > 0 ? (sums[at + labels.human] ?? 0) / weight : undefinedValue('no labelled item');
}

/** p = q·PPV + (1 − q)(1 − NPV), q the judge's share in the run (Tenenbein 1970); y and f of a share. */
export function doubleSamplingOf(sums: Float64Array, at = 0): Value {
  const items = sums[at + run.items] ?? 0;
  const weight = sums[at + labels.weight] ?? 0;
  const human = sums[at + labels.human] ?? 0;
  const judge = sums[at + labels.judge] ?? 0;
  const product = sums[at + labels.product] ?? 0;
  if (!(items > 0)) return undefinedValue('no item of the run');
  const q = (sums[at + run.judge] ?? 0) / items;
  // Nothing is left of a side, up to rounding of fractional weights.
  const positive = judge > 1e-12 * weight;
  const negative = weight - judge > 1e-12 * weight;
  if (q > 0 && !positive) return undefinedValue('no labelled item that the judge puts at or above the cut');
  if (q < 1 && !negative) return undefinedValue('no labelled item that the judge puts under the cut');
  return (q > 0 ? (q * product) / judge : 0) + (q < 1 ? ((1 - q) * (human - product)) / (weight - judge) : 0);
}
