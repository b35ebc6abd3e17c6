import { averageIcc } from '../icc';
import { consistencyForm } from '../iccForms';
import type { Measure } from '../measure';

/** Consistency of the mean of the k raters (McGraw & Wong 1996). */
export const iccCk: Measure = {
  id: 'iccCk',
  label: 'ICC(C,k)',
  ratings: 'numbers',
  of: sample => averageIcc(sample, consistencyForm),
};
