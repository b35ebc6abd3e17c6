import { evenShares } from '../evenShares';
import type { Measure } from '../measure';

/** Exact agreement corrected for chance of 1/q (Brennan & Prediger 1981). */
export const brennanPrediger: Measure = {
  id: 'brennanPrediger',
  label: 'Brennan–Prediger',
  ratings: 'any',
  of: evenShares,
};
