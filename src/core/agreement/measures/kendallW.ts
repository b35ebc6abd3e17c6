import { coefficient } from '../coefficient';
import { listwise, withItemCount } from '../listwise';
import { withoutValue, type Measure } from '../measure';
import { ratingProfiles } from '../ratingProfiles';
import type { Sample } from '../sample';
import { snapped, undefinedValue, type Statistic } from '../statistic';

/** Kendall's coefficient of concordance, corrected for ties (Kendall & Babington Smith 1939), listwise; no weights. */
export const kendallW: Measure = {
  id: 'kendallW',
  label: 'Kendall W',
  ratings: 'numbers',
  of(sample) {
    const complete = listwise(sample);
    if (!complete.equalWeights) return withoutValue('not defined under unequal weights');
    return withItemCount(
      coefficient(complete, concordance(complete), 'the ranks are the same'),
      complete,
      sample,
    );
  },
};

/**
 * 12 S/(m²(n³ − n) − m ΣT), S the squares of the items' rank sums about their mean: with d the mid-ranks about theirs,
 * Σ_i (Σ_j d_ij)²/(m Σ_ij d²_ij), since n³ − n − T_j = 12 Σ_i d²_ij.
 */
function concordance(sample: Sample): Statistic {
  const { size, add, places, rank } = ratingProfiles(sample);
  const raters = places.length;
  return {
    size,
    add,
    value(sums) {
      const { ranks } = rank(sums);
      let together = 0;
      let each = 0;
      for (let cell = 0; cell < sums.length; cell++) {
        const amount = sums[cell] ?? 0;
        let sum = 0;
        for (let rater = 0; rater < raters; rater++) {
          const from = ranks[rater]?.[places[rater]?.[cell] ?? 0] ?? 0;
          sum += from;
          each += amount * from * from;
        }
        together += amount * sum * sum;
      }
      if (each === 0) return undefinedValue("nobody's ratings vary");
      return snapped(together / (raters * each));
    },
  };
}
