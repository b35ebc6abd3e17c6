import type { MeasureValue } from './agreementReport';
import { identityWeights } from './agreementWeights';
import { chanceCorrected } from './chanceCorrected';
import type { Sample } from './sample';
import { undefinedValue } from './statistic';

/** p_e = 1/q for q categories, whatever was used: Brennan & Prediger's coefficient, Randolph's free-marginal κ. */
export function evenShares(sample: Sample): MeasureValue {
  return chanceCorrected(sample, identityWeights, (_, count) => ({
    size: 0,
    add: () => undefined,
    chance: () => (count < 2 ? undefinedValue('only one category') : 1 / count),
  }));
}
