import { singleIcc } from '../icc';
import { agreementForm } from '../iccForms';
import type { Measure } from '../measure';

/** Absolute agreement of one rating (McGraw & Wong 1996). */
export const iccA1: Measure = {
  id: 'iccA1',
  label: 'ICC(A,1)',
  ratings: 'numbers',
  of: sample => singleIcc(sample, agreementForm),
};
