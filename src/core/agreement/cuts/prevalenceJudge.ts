import type { Measure } from '../measure';
import { proportion } from '../proportion';

/** Share of all items that the judge puts at or above the cut. */
export const prevalenceJudge: Measure = {
  id: 'prevalenceJudge',
  label: 'Share at or above, judge',
  ratings: 'numbers',
  of: sample => proportion(sample, item => sample.columns[0]?.[item] ?? 0),
};
