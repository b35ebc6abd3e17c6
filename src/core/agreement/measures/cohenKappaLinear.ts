import type { Measure } from '../measure';
import { weightedKappa } from '../weightedKappa';

/** Cohen's κ with linear disagreement weights over equally spaced categories (Cohen 1968). */
export const cohenKappaLinear: Measure = {
  id: 'cohenKappaLinear',
  label: 'Cohen κ, linear weights',
  ratings: 'numbers',
  of: sample => weightedKappa(sample, steps => steps),
};
