import { columnMean } from '../columnMean';
import type { Measure } from '../measure';

/** Weighted mean of the judge's scores. */
export const meanJudge: Measure = {
  id: 'meanJudge',
  label: 'Mean, judge',
  ratings: 'numbers',
  of: sample => columnMean(sample, 0),
};
