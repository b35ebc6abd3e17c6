import { averageIcc } from '../icc';
import { oneWayForm } from '../iccForms';
import type { Measure } from '../measure';

/** One-way reliability of the mean of k ratings (McGraw & Wong 1996). */
export const icc1k: Measure = {
  id: 'icc1k',
  label: 'ICC(1,k)',
  ratings: 'numbers',
  of: sample => averageIcc(sample, oneWayForm),
};
