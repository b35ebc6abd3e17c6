import { singleIcc } from '../icc';
import { oneWayForm } from '../iccForms';
import type { Measure } from '../measure';

/** One-way reliability of one rating (McGraw & Wong 1996). */
export const icc1: Measure = {
  id: 'icc1',
  label: 'ICC(1)',
  ratings: 'numbers',
  of: sample => singleIcc(sample, oneWayForm),
};
