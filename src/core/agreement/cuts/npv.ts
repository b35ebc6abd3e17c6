import type { Measure } from '../measure';
import { proportion } from '../proportion';

/** Negative predictive value: share of the items that a puts below the cut which b puts there too. */
export const npv: Measure = {
  id: 'npv',
  label: 'NPV',
  ratings: 'numbers',
  of(sample) {
    const [a, b] = sample.columns;
    return proportion(sample, item => (b?.[item] === 0 ? 1 : 0), {
      among: item => a?.[item] === 0,
      amongWhat: 'items that a puts below the cut',
    });
  },
};
