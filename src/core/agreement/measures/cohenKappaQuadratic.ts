import { quadraticKappa } from '../kappaSums';
import type { Measure } from '../measure';
import { weightedKappa } from '../weightedKappa';

/** Cohen's κ with quadratic disagreement weights over equally spaced categories (Cohen 1968). */
export const cohenKappaQuadratic: Measure = {
  id: 'cohenKappaQuadratic',
  label: 'Cohen κ, quadratic weights',
  ratings: 'numbers',
  of: sample => weightedKappa(sample, steps => steps * steps, quadraticKappa),
};
