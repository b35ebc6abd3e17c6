import type { Measure } from '../measure';
import { pairwiseShare } from '../pairwiseShare';
import { proportion } from '../proportion';

/** Share of items whose scores lie at most 1 apart; over several raters as `exactAgreement`. */
export const withinOneAgreement: Measure = {
  id: 'withinOneAgreement',
  label: 'Agreement within 1',
  ratings: 'numbers',
  of: sample =>
    proportion(
      sample,
      pairwiseShare(sample, (left, right) => Math.abs(left - right) <= 1),
    ),
};
