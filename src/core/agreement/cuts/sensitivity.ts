import type { Measure } from '../measure';
import { proportion } from '../proportion';

/** Share of the items that b puts at or above the cut which a puts there too (recall). */
export const sensitivity: Measure = {
  id: 'sensitivity',
  label: 'Sensitivity',
  ratings: 'numbers',
  of(sample) {
    const [a, b] = sample.columns;
    return proportion(sample, item => (a?.[item] === 1 ? 1 : 0), {
      among: item => b?.[item] === 1,
      amongWhat: 'items that b puts at or above the cut',
    });
  },
};
