import { alphaOf } from '../alpha';
import { coefficient } from '../coefficient';
import { coincidenceCells } from '../coincidenceCells';
import type { Measure } from '../measure';
import { midRanks } from '../midRanks';
import type { Sample } from '../sample';
import type { Statistic } from '../statistic';

/** Krippendorff's α, his ordinal metric (Krippendorff 2011; not irrCAC's "ordinal"); missing ratings allowed. */
export const krippendorffAlphaOrdinal: Measure = {
  id: 'krippendorffAlphaOrdinal',
  label: 'Krippendorff α, ordinal',
  ratings: 'numbers',
  of: sample => coefficient(sample, ordinalSums(sample)),
};

/**
 * δ_ck = Σ_{g=c..k} n_g − (n_c + n_k)/2 is the distance of the mid-ranks of c and k, so this is α-interval of mid-ranks.
 * Ranks come from the sums themselves: each replicate ranks anew.
 */
function ordinalSums(sample: Sample): Statistic {
  const cells = coincidenceCells(sample);
  const ranks = new Float64Array(cells.parts(new Float64Array(cells.size)).amounts.length);
  return {
    ...cells,
    value(sums) {
      const { items, weight, amounts, observed } = cells.parts(sums);
      const ratings = midRanks(amounts, ranks);
      let spread = 0;
      for (let value = 0; value < amounts.length; value++) {
        const rank = (ranks[value] ?? 0) - ratings / 2;
        spread += (amounts[value] ?? 0) * rank * rank;
      }
      let disagreement = 0;
      for (let cell = 0; cell < observed.length; cell++) {
        const distance = (ranks[cells.upper[cell] ?? 0] ?? 0) - (ranks[cells.lower[cell] ?? 0] ?? 0);
        disagreement += 2 * (observed[cell] ?? 0) * distance * distance;
      }
      const expected = 2 * ratings * spread;
      const negligible = 1e-13 * ratings * ratings * ratings * ratings;
      return alphaOf({ items, weight, ratings, observed: disagreement, expected }, negligible);
    },
  };
}
