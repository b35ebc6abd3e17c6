import { quadraticWeights } from '../agreementWeights';
import { gwet } from '../gwet';
import type { Measure } from '../measure';

/** AC1 with quadratic agreement weights by place in the category list (Gwet 2014). */
export const gwetAc2Quadratic: Measure = {
  id: 'gwetAc2Quadratic',
  label: 'Gwet AC2, quadratic weights',
  ratings: 'numbers',
  of: sample => gwet(sample, quadraticWeights),
};
