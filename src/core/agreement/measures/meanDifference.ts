import { average } from '../average';
import type { Measure } from '../measure';

/** Mean of a − b: judge − human, or the first human − the second (Bland & Altman 1986, "bias"). */
export const meanDifference: Measure = {
  id: 'meanDifference',
  label: 'Mean difference, a − b',
  ratings: 'numbers',
  of(sample) {
    const [a, b] = sample.columns;
    return average(sample, item => (a?.[item] ?? 0) - (b?.[item] ?? 0), {
      allEqual: value =>
        value === 0 ? 'no interval: no item differs' : 'no interval: every item differs by the same',
    });
  },
};
