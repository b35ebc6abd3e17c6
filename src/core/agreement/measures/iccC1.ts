import { singleIcc } from '../icc';
import { consistencyForm } from '../iccForms';
import type { Measure } from '../measure';

/** Consistency of one rating (McGraw & Wong 1996). */
export const iccC1: Measure = {
  id: 'iccC1',
  label: 'ICC(C,1)',
  ratings: 'numbers',
  of: sample => singleIcc(sample, consistencyForm),
};
