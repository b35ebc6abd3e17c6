import type { MeasureValue } from './agreementReport';
import { pairwiseShare } from './pairwiseShare';
import { proportion } from './proportion';
import type { Sample } from './sample';

/**
 * No disagreement: the lower end is that of exact agreement (Wilson), carried over with the chance agreement p_e held.
 * `paired` tells the items with two ratings or more.
 */
export function withLowerEnd(
  sample: Sample,
  measured: MeasureValue,
  chance: number,
  paired: (item: number) => boolean = () => true,
): MeasureValue {
  const exact = proportion(
    sample,
    pairwiseShare(sample, (left, right) => left === right),
    { among: paired },
  );
  if (!exact.ci || sample.target) return measured;
  return {
    value: 1,
    // No coefficient of these is under −1, whatever the share of exact agreement.
    ci: [Math.max(-1, (exact.ci[0] - chance) / (1 - chance)), 1],
    method: 'Wilson on exact agreement, chance agreement held',
  };
}
