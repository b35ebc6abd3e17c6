import type { Measure } from '../measure';
import { proportion } from '../proportion';

/** Share of the items that a puts at or above the cut which b puts there too. */
export const precision: Measure = {
  id: 'precision',
  label: 'Precision (PPV)',
  ratings: 'numbers',
  of(sample) {
    const [a, b] = sample.columns;
    return proportion(sample, item => (b?.[item] === 1 ? 1 : 0), {
      among: item => a?.[item] === 1,
      amongWhat: 'items that a puts at or above the cut',
    });
  },
};
