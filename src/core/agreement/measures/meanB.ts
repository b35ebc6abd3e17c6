import { columnMean } from '../columnMean';
import type { Measure } from '../measure';

/** Weighted mean of the second human's scores, in a pair of humans. */
export const meanB: Measure = {
  id: 'meanB',
  label: 'Mean, b',
  ratings: 'numbers',
  of: sample => columnMean(sample, 1),
};
