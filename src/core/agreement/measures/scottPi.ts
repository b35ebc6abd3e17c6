import { commonShares } from '../commonShares';
import type { Measure } from '../measure';

/** Chance-corrected exact agreement of two raters with common category shares (Scott 1955). */
export const scottPi: Measure = {
  id: 'scottPi',
  label: 'Scott π',
  ratings: 'any',
  of: commonShares,
};
