import { evenShares } from '../evenShares';
import type { Measure } from '../measure';

/** Free-marginal κ of several raters (Randolph 2005): Brennan & Prediger's coefficient by the name it has there. */
export const randolphKappa: Measure = {
  id: 'randolphKappa',
  label: 'Randolph κ',
  ratings: 'any',
  of: evenShares,
};
