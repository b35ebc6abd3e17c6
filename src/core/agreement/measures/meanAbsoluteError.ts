import { average } from '../average';
import type { Measure } from '../measure';

/** Mean |a − b|. */
export const meanAbsoluteError: Measure = {
  id: 'meanAbsoluteError',
  label: 'Mean absolute error',
  ratings: 'numbers',
  of(sample) {
    const [a, b] = sample.columns;
    return average(sample, item => Math.abs((a?.[item] ?? 0) - (b?.[item] ?? 0)), {
      least: 0,
      allEqual: value =>
        value === 0 ? 'no disagreement observed' : 'no interval: every item has the same absolute error',
    });
  },
};
