import { alphaOf } from '../alpha';
import { withoutEquals } from '../categorySet';
import { coefficient } from '../coefficient';
import { coincidenceCells } from '../coincidenceCells';
import type { Measure } from '../measure';
import type { Sample } from '../sample';
import type { Statistic } from '../statistic';

/** Krippendorff's α, equal or not (Krippendorff 2011); missing ratings allowed. */
export const krippendorffAlphaNominal: Measure = {
  id: 'krippendorffAlphaNominal',
  label: 'Krippendorff α, nominal',
  ratings: 'any',
  of: sample => withoutEquals(sample) ?? coefficient(sample, nominalSums(sample)),
};

function nominalSums(sample: Sample): Statistic {
  const cells = coincidenceCells(sample);
  return {
    ...cells,
    value(sums) {
      const { items, weight, amounts, observed } = cells.parts(sums);
      let ratings = 0;
      let squares = 0;
      for (const amount of amounts) {
        ratings += amount;
        squares += amount * amount;
      }
      let disagreeing = 0;
      for (const amount of observed) disagreeing += 2 * amount;
      const expected = ratings * ratings - squares;
      return alphaOf({ items, weight, ratings, observed: disagreeing, expected }, 1e-13 * ratings * ratings);
    },
  };
}
