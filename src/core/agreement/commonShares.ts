import type { MeasureValue } from './agreementReport';
import { identityWeights } from './agreementWeights';
import { chanceCorrected } from './chanceCorrected';
import { sharedMargins } from './margins';
import type { Sample } from './sample';

/** p_e = Σ π_k², all raters taken to use the categories alike: Scott's π, and Fleiss' κ of more raters. */
export function commonShares(sample: Sample): MeasureValue {
  return chanceCorrected(sample, identityWeights, (codes, count) =>
    sharedMargins(codes, count, shares => shares.reduce((sum, share) => sum + share * share, 0)),
  );
}
