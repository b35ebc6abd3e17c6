import type { MeasureValue } from './agreementReport';
import type { AgreementWeights } from './agreementWeights';
import { chanceCorrected } from './chanceCorrected';
import { sharedMargins } from './margins';
import type { Sample } from './sample';
import { undefinedValue } from './statistic';

/** p_e = T/(q(q − 1)) Σ π_k(1 − π_k), T the sum of all agreement weights: AC1, and AC2 under weights (Gwet 2008, 2014). */
export function gwet(sample: Sample, agreement: AgreementWeights): MeasureValue {
  return chanceCorrected(sample, agreement, (codes, count) => {
    let total = 0;
    for (let left = 0; left < count; left++)
      for (let right = 0; right < count; right++) total += agreement(left, right, count);
    return sharedMargins(codes, count, shares =>
      count < 2
        ? undefinedValue('only one category')
        : (total * shares.reduce((sum, share) => sum + share * (1 - share), 0)) / (count * (count - 1)),
    );
  });
}
