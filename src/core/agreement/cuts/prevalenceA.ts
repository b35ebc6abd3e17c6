import type { Measure } from '../measure';
import { proportion } from '../proportion';

/** Share of all items that the first human of a pair of humans puts at or above the cut. */
export const prevalenceA: Measure = {
  id: 'prevalenceA',
  label: 'Share at or above, a',
  ratings: 'numbers',
  of: sample => proportion(sample, item => sample.columns[0]?.[item] ?? 0),
};
