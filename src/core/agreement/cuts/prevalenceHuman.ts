import type { Measure } from '../measure';
import { proportion } from '../proportion';

/** Share of all items that the human puts at or above the cut. */
export const prevalenceHuman: Measure = {
  id: 'prevalenceHuman',
  label: 'Share at or above, human',
  ratings: 'numbers',
  of: sample => proportion(sample, item => sample.columns[1]?.[item] ?? 0),
};
