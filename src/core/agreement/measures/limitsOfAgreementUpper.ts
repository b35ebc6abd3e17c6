import { ofDifferences } from '../differences';
import type { Measure } from '../measure';

/** Mean of a − b + 1.96 SD (Bland & Altman 1986, who took 2). */
export const limitsOfAgreementUpper: Measure = {
  id: 'limitsOfAgreementUpper',
  label: 'Limit of agreement, upper',
  ratings: 'numbers',
  of: sample => ofDifferences(sample, ({ mean, sd }) => mean + 1.96 * sd),
};
