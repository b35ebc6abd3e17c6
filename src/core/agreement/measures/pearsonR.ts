import { coefficient } from '../coefficient';
import { correlationOf } from '../correlation';
import type { Measure } from '../measure';
import type { MeasureValue } from '../agreementReport';
import { normal975 } from '../quantiles';
import type { Sample } from '../sample';
import { isDefined, type Statistic } from '../statistic';
import atanh from '@stdlib/math-base-special-atanh';
import tanh from '@stdlib/math-base-special-tanh';

/** Product-moment correlation (Pearson 1896), weighted moments. `analyticCi`: Fisher's z, 1.96/√(n − 3) (Fisher 1921). */
export const pearsonR: Measure = {
  id: 'pearsonR',
  label: 'Pearson r',
  ratings: 'numbers',
  of: sample =>
    withFisherInterval(sample, coefficient(sample, productMoments(sample), 'all items lie on one line')),
};

function productMoments(sample: Sample): Statistic {
  const [columnA, columnB] = sample.columns.map(column => aroundPivot(column, sample.weights));
  return {
    size: 6,
    add(sums, item, weight) {
      const a = columnA?.[item] ?? 0;
      const b = columnB?.[item] ?? 0;
      const terms = [1, a, b, a * a, b * b, a * b];
      for (let index = 0; index < 6; index++) sums[index] = (sums[index] ?? 0) + weight * (terms[index] ?? 0);
    },
    value([weight = 0, a = 0, b = 0, aa = 0, bb = 0, ab = 0]) {
      return correlationOf({ weight, a, b, aa, bb, ab });
    },
  };
}

/** Differences from a value near the mean keep the products small; an integer one keeps integer sums exact. */
function aroundPivot(column: Float64Array, weights: Float64Array): Float64Array {
  let sum = 0;
  for (let item = 0; item < column.length; item++) sum += (column[item] ?? 0) * (weights[item] ?? 0);
  const mean = sum / column.length;
  const pivot = column.every(Number.isInteger) ? Math.round(mean) : mean;
  return column.map(value => value - pivot);
}

function withFisherInterval(sample: Sample, measured: MeasureValue): MeasureValue {
  const { value } = measured;
  if (!sample.equalWeights || sample.n < 4 || value === null || !isDefined(value) || Math.abs(value) === 1) {
    return measured;
  }
  const half = normal975 / Math.sqrt(sample.n - 3);
  return { ...measured, analyticCi: [tanh(atanh(value) - half), tanh(atanh(value) + half)] };
}
