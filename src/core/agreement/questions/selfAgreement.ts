import type { Measures } from '../agreementReport';
import type { Sample } from '../sample';
import { estimated } from './intervals';
import { equalShare, meanAbsoluteGap, meanGap, quadraticKappa } from './pairStatistics';

/** How far two columns of one source agree: two goes of a rater, or two runs of a judge. */
export function selfAgreement(sample: Sample): Measures {
  return {
    cohenKappaQuadratic: estimated(sample, 'coefficient', quadraticKappa(sample, 0, 1)),
    exactAgreement: estimated(sample, 'share', equalShare(sample, 0, 1)),
    meanAbsoluteError: estimated(sample, 'size', meanAbsoluteGap(sample, 0, 1)),
    meanDifference: estimated(sample, 'number', meanGap(sample, 0, 1)),
  };
}
