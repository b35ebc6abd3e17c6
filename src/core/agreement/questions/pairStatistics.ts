import { alphaOf } from '../alpha';
import type { Sample } from '../sample';
import { ratio, snapped, undefinedValue, type Statistic } from '../statistic';

/** Agreement of two columns of a sample on the items that both have scored, as sums: what averages and differences are made of. */
export type PairStatistic = (sample: Sample, a: number, b: number) => Statistic;

const both = (sample: Sample, a: number, b: number, item: number): boolean =>
  !Number.isNaN(sample.columns[a]?.[item] ?? NaN) && !Number.isNaN(sample.columns[b]?.[item] ?? NaN);

const gap = (sample: Sample, a: number, b: number, item: number): number =>
  (sample.columns[a]?.[item] ?? 0) - (sample.columns[b]?.[item] ?? 0);

/** κ with squared disagreement weights by moments: 1 − E(a − b)² / (E a² + E b² − 2 E a E b) (Cohen 1968). */
export const quadraticKappa: PairStatistic = (sample, a, b) => {
  const { categories } = sample;
  const codes = categories.kind === 'categories' ? categories.codes : [];
  const middle = categories.kind === 'categories' ? Math.floor(categories.values.length / 2) : 0;
  return {
    size: 5,
    add(sums, item, weight) {
      if (!both(sample, a, b, item)) return;
      const x = (codes[a]?.[item] ?? 0) - middle;
      const y = (codes[b]?.[item] ?? 0) - middle;
      sums[0] = (sums[0] ?? 0) + weight;
      sums[1] = (sums[1] ?? 0) + weight * x;
      sums[2] = (sums[2] ?? 0) + weight * y;
      sums[3] = (sums[3] ?? 0) + weight * (x * x + y * y);
      sums[4] = (sums[4] ?? 0) + weight * (x - y) * (x - y);
    },
    value(sums) {
      if (categories.kind === 'none') return undefinedValue(categories.reason);
      return kappaOfMoments(sums, 0);
    },
  };
};

/** κ of the sums [w, Σwa, Σwb, Σw(a² + b²), Σw(a − b)²] that begin at `at`. */
export function kappaOfMoments(sums: Float64Array, at: number) {
  const weight = sums[at] ?? 0;
  const x = sums[at + 1] ?? 0;
  const y = sums[at + 2] ?? 0;
  const squares = sums[at + 3] ?? 0;
  const apart = sums[at + 4] ?? 0;
  if (weight === 0) return undefinedValue('no items');
  const expected = weight * squares - 2 * x * y;
  if (expected <= 1e-12 * weight * squares) return undefinedValue('both gave every item the same score');
  return snapped(1 - (weight * apart) / expected);
}

/** Krippendorff's α, squared differences, of two raters. */
export const pairAlpha: PairStatistic = (sample, a, b) => ({
  size: 5,
  add(sums, item, weight) {
    if (!both(sample, a, b, item)) return;
    const x = sample.columns[a]?.[item] ?? 0;
    const y = sample.columns[b]?.[item] ?? 0;
    sums[0] = (sums[0] ?? 0) + Math.sign(weight);
    sums[1] = (sums[1] ?? 0) + weight;
    sums[2] = (sums[2] ?? 0) + weight * (x + y);
    sums[3] = (sums[3] ?? 0) + weight * (x * x + y * y);
    sums[4] = (sums[4] ?? 0) + weight * 2 * (x - y) * (x - y);
  },
  value([items = 0, weight = 0, first = 0, second = 0, observed = 0]) {
    const ratings = 2 * weight;
    const expected = 2 * (ratings * second - first * first);
    return alphaOf({ items, weight, ratings, observed, expected }, 1e-12 * ratings * second);
  },
});

/** Mean of a number per item over the items that both have scored. */
const meanOver =
  (term: (difference: number) => number): PairStatistic =>
  (sample, a, b) =>
    ratio(
      item => (both(sample, a, b, item) ? term(gap(sample, a, b, item)) : 0),
      item => (both(sample, a, b, item) ? 1 : 0),
      'no items',
    );

export const meanGap = meanOver(difference => difference);
export const meanAbsoluteGap = meanOver(Math.abs);
export const equalShare = meanOver(difference => (difference === 0 ? 1 : 0));
