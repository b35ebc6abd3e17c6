import { ofDifferences } from '../differences';
import type { Measure } from '../measure';

/** Mean of a − b − 1.96 SD (Bland & Altman 1986, who took 2). */
export const limitsOfAgreementLower: Measure = {
  id: 'limitsOfAgreementLower',
  label: 'Limit of agreement, lower',
  ratings: 'numbers',
  of: sample => ofDifferences(sample, ({ mean, sd }) => mean - 1.96 * sd),
};
