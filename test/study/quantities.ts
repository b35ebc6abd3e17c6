import type { MeasureValue } from '../../src/core/agreement/agreementReport';
import { prevalenceHuman } from '../../src/core/agreement/cuts/prevalenceHuman';
import { prevalenceJudge } from '../../src/core/agreement/cuts/prevalenceJudge';
import type { Measure } from '../../src/core/agreement/measure';
import { cohenKappaQuadratic } from '../../src/core/agreement/measures/cohenKappaQuadratic';
import { iccA1 } from '../../src/core/agreement/measures/iccA1';
import { krippendorffAlphaInterval } from '../../src/core/agreement/measures/krippendorffAlphaInterval';
import { meanDifference } from '../../src/core/agreement/measures/meanDifference';
import { meanHuman } from '../../src/core/agreement/measures/meanHuman';
import { cutSample } from '../../src/core/agreement/pairReport';
import { correctedEstimate, domainOf } from '../../src/core/agreement/questions/correctedEstimates';
import type { Target } from '../../src/core/agreement/questions/target';
import type { Sample } from '../../src/core/agreement/sample';
import { cut, runLabelsOf, type Study } from './oneStudy';

export interface Quantity {
  /** Its value on all items of new rollouts: the truth. */
  readonly plugIn: (sample: Sample) => MeasureValue;
  /** As the product gives it for a study. */
  readonly measured: (sample: Sample, study: Study) => MeasureValue;
  /** `false`: there is no bootstrap of it. */
  readonly resampled?: false;
  /** `false`: printed, not gated. */
  readonly gated?: false;
}

const ofMeasure = ({ of }: Measure): Quantity => ({ plugIn: of, measured: of });

function corrected(target: Target, plugIn: Quantity['plugIn']): Quantity {
  return {
    plugIn,
    measured: (sample, study) => correctedEstimate(domainOf(runLabelsOf(study, sample), 1), target).corrected,
    resampled: false,
  };
}

const judgeShareOf = (sample: Sample): MeasureValue => prevalenceJudge.of(cutSample(sample, cut));
const shareOf = (sample: Sample): MeasureValue => prevalenceHuman.of(cutSample(sample, cut));

export const correctedShare = 'corrected share';

/** What the study asks intervals of, as the product makes them. */
export const quantities: Readonly<Record<string, Quantity>> = {
  'κ quadratic': ofMeasure(cohenKappaQuadratic),
  'α interval': ofMeasure(krippendorffAlphaInterval),
  'ICC(A,1)': ofMeasure(iccA1),
  'mean difference': ofMeasure(meanDifference),
  'share ≥ 5': { plugIn: shareOf, measured: shareOf },
  'corrected mean': corrected({ kind: 'mean' }, meanHuman.of),
  [correctedShare]: corrected({ kind: 'share', cut }, shareOf),
  'judge’s share ≥ 5': { plugIn: judgeShareOf, measured: judgeShareOf, gated: false },
};
