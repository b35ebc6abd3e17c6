import { identityWeights } from '../agreementWeights';
import { gwet } from '../gwet';
import type { Measure } from '../measure';

/** Exact agreement corrected for the chance of raters who guess on hard items only (Gwet 2008). */
export const gwetAc1: Measure = {
  id: 'gwetAc1',
  label: 'Gwet AC1',
  ratings: 'any',
  of: sample => gwet(sample, identityWeights),
};
