import { alphaOf } from '../alpha';
import { coefficient } from '../coefficient';
import { ratingsOf } from '../coincidences';
import type { Measure } from '../measure';
import { pivotOfAll } from '../pivotOf';
import type { Sample } from '../sample';
import type { Statistic } from '../statistic';

/** Krippendorff's α, squared differences (Krippendorff 2011); missing ratings allowed. */
export const krippendorffAlphaInterval: Measure = {
  id: 'krippendorffAlphaInterval',
  label: 'Krippendorff α, interval',
  ratings: 'numbers',
  of: sample => coefficient(sample, intervalSums(sample)),
};

/** Both disagreements are moments: Σ_{c,k} n_c n_k (c − k)² = 2 (n Σ n_c c² − (Σ n_c c)²). */
function intervalSums(sample: Sample): Statistic {
  const pivot = pivotOfAll(sample.columns);
  return {
    size: 6,
    add(sums, item, weight) {
      let first = 0;
      let second = 0;
      for (const column of sample.columns) {
        const value = (column[item] ?? NaN) - pivot;
        if (Number.isNaN(value)) continue;
        first += value;
        second += value * value;
      }
      const raters = ratingsOf(sample.columns, item);
      sums[0] = (sums[0] ?? 0) + Math.sign(weight);
      sums[1] = (sums[1] ?? 0) + weight;
      sums[2] = (sums[2] ?? 0) + weight * raters;
      sums[3] = (sums[3] ?? 0) + weight * first;
      sums[4] = (sums[4] ?? 0) + weight * second;
      sums[5] = (sums[5] ?? 0) + (weight * 2 * (raters * second - first * first)) / (raters - 1);
    },
    value([items = 0, weight = 0, ratings = 0, first = 0, second = 0, observed = 0]) {
      const expected = 2 * (ratings * second - first * first);
      return alphaOf({ items, weight, ratings, observed, expected }, 1e-13 * ratings * second);
    },
  };
}
