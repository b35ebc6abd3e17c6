import { identityWeights } from '../agreementWeights';
import { chanceCorrected } from '../chanceCorrected';
import { raterMargins } from '../margins';
import type { Measure } from '../measure';

/** Cohen's κ over several raters, each with shares of their own (Conger 1980; ragged as irrCAC). */
export const congerKappa: Measure = {
  id: 'congerKappa',
  label: 'Conger κ',
  ratings: 'any',
  of: sample => chanceCorrected(sample, identityWeights, raterMargins),
};
