import { withoutEquals } from '../categorySet';
import type { Measure } from '../measure';
import { pairwiseShare } from '../pairwiseShare';
import { proportion } from '../proportion';

/** Share of items with equal scores; over several raters the mean over items of the pairwise agreement (irrCAC). */
export const exactAgreement: Measure = {
  id: 'exactAgreement',
  label: 'Exact agreement',
  ratings: 'any',
  of: sample =>
    withoutEquals(sample) ??
    proportion(
      sample,
      pairwiseShare(sample, (left, right) => left === right),
    ),
};
