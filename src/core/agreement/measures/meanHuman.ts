import { columnMean } from '../columnMean';
import type { Measure } from '../measure';

/** Weighted mean of the human's scores. */
export const meanHuman: Measure = {
  id: 'meanHuman',
  label: 'Mean, human',
  ratings: 'numbers',
  of: sample => columnMean(sample, 1),
};
