import { averageIcc } from '../icc';
import { agreementForm } from '../iccForms';
import type { Measure } from '../measure';

/** Absolute agreement of the mean of the k raters (McGraw & Wong 1996). */
export const iccAk: Measure = {
  id: 'iccAk',
  label: 'ICC(A,k)',
  ratings: 'numbers',
  of: sample => averageIcc(sample, agreementForm),
};
