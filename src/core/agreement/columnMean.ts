import type { MeasureValue } from './agreementReport';
import { average } from './average';
import type { Sample } from './sample';

/** Weighted mean score of one column. */
export function columnMean(sample: Sample, column: 0 | 1): MeasureValue {
  const scores = sample.columns[column];
  return average(sample, item => scores?.[item] ?? 0, {
    allEqual: () => 'no interval: every score is the same',
  });
}
