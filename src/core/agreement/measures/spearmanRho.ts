import { coefficient } from '../coefficient';
import { correlationOf } from '../correlation';
import type { Measure } from '../measure';
import { ratingProfiles } from '../ratingProfiles';
import type { Sample } from '../sample';
import type { Statistic } from '../statistic';

/** Rank correlation (Spearman 1904): product-moment correlation of the mid-ranks, of the weighted ECDF under weights. */
export const spearmanRho: Measure = {
  id: 'spearmanRho',
  label: 'Spearman ρ',
  ratings: 'numbers',
  of: sample => coefficient(sample, rankCorrelation(sample), 'the ranks are the same'),
};

function rankCorrelation(sample: Sample): Statistic {
  const { size, add, places, rank } = ratingProfiles(sample);
  const [rows, columns] = places;
  return {
    size,
    add,
    value(sums) {
      // The weighted mean of mid-ranks is half the total weight: the ranks are centred.
      const { weight, ranks } = rank(sums);
      const [rankA, rankB] = ranks;
      let aa = 0;
      let bb = 0;
      let ab = 0;
      for (let cell = 0; cell < sums.length; cell++) {
        const amount = sums[cell] ?? 0;
        const left = rankA?.[rows?.[cell] ?? 0] ?? 0;
        const right = rankB?.[columns?.[cell] ?? 0] ?? 0;
        aa += amount * left * left;
        bb += amount * right * right;
        ab += amount * left * right;
      }
      return correlationOf({
        weight: 1,
        a: 0,
        b: 0,
        aa: vanishing(aa, weight),
        bb: vanishing(bb, weight),
        ab,
      });
    },
  };
}

/** A constant column has all its ranks at half the weight; fractional weights leave a trace there. */
function vanishing(squares: number, weight: number): number {
  return squares <= 1e-13 * weight * weight * weight ? 0 : squares;
}
