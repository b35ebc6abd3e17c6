import type { Measure } from '../measure';
import { proportion } from '../proportion';

/** Share of all items that the second human of a pair of humans puts at or above the cut. */
export const prevalenceB: Measure = {
  id: 'prevalenceB',
  label: 'Share at or above, b',
  ratings: 'numbers',
  of: sample => proportion(sample, item => sample.columns[1]?.[item] ?? 0),
};
