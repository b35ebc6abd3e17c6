import { ordinalWeights } from '../agreementWeights';
import { gwet } from '../gwet';
import type { Measure } from '../measure';

/** AC1 with ordinal agreement weights by place in the category list (Gwet 2014). */
export const gwetAc2Ordinal: Measure = {
  id: 'gwetAc2Ordinal',
  label: 'Gwet AC2, ordinal weights',
  ratings: 'numbers',
  of: sample => gwet(sample, ordinalWeights),
};
