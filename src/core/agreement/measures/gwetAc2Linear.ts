import { linearWeights } from '../agreementWeights';
import { gwet } from '../gwet';
import type { Measure } from '../measure';

/** AC1 with linear agreement weights by place in the category list (Gwet 2014). */
export const gwetAc2Linear: Measure = {
  id: 'gwetAc2Linear',
  label: 'Gwet AC2, linear weights',
  ratings: 'numbers',
  of: sample => gwet(sample, linearWeights),
};
