import type { Measure } from '../measure';
import { proportion } from '../proportion';

/** Share of the items that b puts below the cut which a puts there too. */
export const specificity: Measure = {
  id: 'specificity',
  label: 'Specificity',
  ratings: 'numbers',
  of(sample) {
    const [a, b] = sample.columns;
    return proportion(sample, item => (a?.[item] === 0 ? 1 : 0), {
      among: item => b?.[item] === 0,
      amongWhat: 'items that b puts below the cut',
    });
  },
};
