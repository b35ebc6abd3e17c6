import atanh from '@stdlib/math-base-special-atanh';
import tanh from '@stdlib/math-base-special-tanh';
import type { MeasureValue } from '../agreementReport';
import { coefficient } from '../coefficient';
import { correlationOf } from '../correlation';
import { crossMoments } from '../crossMoments';
import type { Measure } from '../measure';
import { normal975 } from '../quantiles';
import type { Sample } from '../sample';
import type { Statistic } from '../statistic';

/** Product-moment correlation (Pearson 1896), weighted moments. `analyticCi`: Fisher's z, 1.96/√(n − 3) (Fisher 1921). */
export const pearsonR: Measure = {
  id: 'pearsonR',
  label: 'Pearson r',
  ratings: 'numbers',
  of: sample =>
    withFisherInterval(sample, coefficient(sample, correlation(sample), 'all items lie on one line')),
};

function correlation(sample: Sample): Statistic {
  const { parts, size, add } = crossMoments(sample);
  return { size, add, value: sums => correlationOf(parts(sums)) };
}

function withFisherInterval(sample: Sample, measured: MeasureValue): MeasureValue {
  const { value } = measured;
  if (!sample.equalWeights || sample.n < 4 || value === null || Math.abs(value) === 1) return measured;
  const half = normal975 / Math.sqrt(sample.n - 3);
  return { ...measured, analyticCi: [tanh(atanh(value) - half), tanh(atanh(value) + half)] };
}
