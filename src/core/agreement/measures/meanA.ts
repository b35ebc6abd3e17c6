import { columnMean } from '../columnMean';
import type { Measure } from '../measure';

/** Weighted mean of the first human's scores, in a pair of humans. */
export const meanA: Measure = {
  id: 'meanA',
  label: 'Mean, a',
  ratings: 'numbers',
  of: sample => columnMean(sample, 0),
};
