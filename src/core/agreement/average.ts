import type { MeasureValue } from './agreementReport';
import { fileMean } from './fileTarget';
import { estimateOf } from './jackknife';
import { meanOverRaters } from './meanOverRaters';
import { onOwnScale, type OwnScaleOptions } from './onOwnScale';
import type { Sample } from './sample';
import { ratio } from './statistic';

/** Weighted mean of one number per item, with its interval on the mean itself. */
export function average(
  sample: Sample,
  term: (item: number) => number,
  options: Omit<OwnScaleOptions, 'magnitude'> = {},
): MeasureValue {
  let magnitude = 0;
  for (let item = 0; item < sample.n; item++) magnitude = Math.max(magnitude, Math.abs(term(item)));
  const mean = ratio(term, () => 1, 'no items');
  if (sample.target) return fileMean(sample, term, estimateOf(sample, meanOverRaters(sample, mean)).estimate);
  return onOwnScale(sample, mean, { ...options, magnitude });
}
