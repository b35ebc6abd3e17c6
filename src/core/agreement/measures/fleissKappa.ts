import { commonShares } from '../commonShares';
import type { Measure } from '../measure';

/** The same as Scott's π over several raters, of whom any item may lack some (Fleiss 1971; ragged as irrCAC). */
export const fleissKappa: Measure = {
  id: 'fleissKappa',
  label: 'Fleiss κ',
  ratings: 'any',
  of: commonShares,
};
