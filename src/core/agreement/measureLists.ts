import { balancedAccuracy } from './cuts/balancedAccuracy';
import { f1 } from './cuts/f1';
import { mcc } from './cuts/mcc';
import { npv } from './cuts/npv';
import { precision } from './cuts/precision';
import { prevalenceA } from './cuts/prevalenceA';
import { prevalenceB } from './cuts/prevalenceB';
import { prevalenceHuman } from './cuts/prevalenceHuman';
import { prevalenceJudge } from './cuts/prevalenceJudge';
import { sensitivity } from './cuts/sensitivity';
import { specificity } from './cuts/specificity';
import type { Measure } from './measure';
import { brennanPrediger } from './measures/brennanPrediger';
import { cohenKappa } from './measures/cohenKappa';
import { cohenKappaLinear } from './measures/cohenKappaLinear';
import { cohenKappaQuadratic } from './measures/cohenKappaQuadratic';
import { congerKappa } from './measures/congerKappa';
import { exactAgreement } from './measures/exactAgreement';
import { fleissKappa } from './measures/fleissKappa';
import { gwetAc1 } from './measures/gwetAc1';
import { gwetAc2Linear } from './measures/gwetAc2Linear';
import { gwetAc2Ordinal } from './measures/gwetAc2Ordinal';
import { gwetAc2Quadratic } from './measures/gwetAc2Quadratic';
import { icc1 } from './measures/icc1';
import { icc1k } from './measures/icc1k';
import { iccA1 } from './measures/iccA1';
import { iccAk } from './measures/iccAk';
import { iccC1 } from './measures/iccC1';
import { iccCk } from './measures/iccCk';
import { kendallTauB } from './measures/kendallTauB';
import { kendallW } from './measures/kendallW';
import { krippendorffAlphaInterval } from './measures/krippendorffAlphaInterval';
import { krippendorffAlphaNominal } from './measures/krippendorffAlphaNominal';
import { krippendorffAlphaOrdinal } from './measures/krippendorffAlphaOrdinal';
import { krippendorffAlphaRatio } from './measures/krippendorffAlphaRatio';
import { limitsOfAgreementLower } from './measures/limitsOfAgreementLower';
import { limitsOfAgreementUpper } from './measures/limitsOfAgreementUpper';
import { linCcc } from './measures/linCcc';
import { meanA } from './measures/meanA';
import { meanAbsoluteError } from './measures/meanAbsoluteError';
import { meanB } from './measures/meanB';
import { meanDifference } from './measures/meanDifference';
import { meanHuman } from './measures/meanHuman';
import { meanJudge } from './measures/meanJudge';
import { pearsonR } from './measures/pearsonR';
import { randolphKappa } from './measures/randolphKappa';
import { rootMeanSquareError } from './measures/rootMeanSquareError';
import { scottPi } from './measures/scottPi';
import { sdDifference } from './measures/sdDifference';
import { spearmanRho } from './measures/spearmanRho';
import { withinOneAgreement } from './measures/withinOneAgreement';

/** A new measure is one file and its line here. The order is that of the report. */
const ofAnyPair: readonly Measure[] = [
  cohenKappa,
  cohenKappaLinear,
  cohenKappaQuadratic,
  scottPi,
  brennanPrediger,
  gwetAc1,
  gwetAc2Linear,
  gwetAc2Quadratic,
  gwetAc2Ordinal,
  krippendorffAlphaNominal,
  krippendorffAlphaOrdinal,
  krippendorffAlphaInterval,
  krippendorffAlphaRatio,
  iccA1,
  iccC1,
  iccAk,
  iccCk,
  icc1,
  icc1k,
  pearsonR,
  spearmanRho,
  kendallTauB,
  linCcc,
  exactAgreement,
  withinOneAgreement,
  meanDifference,
  sdDifference,
  limitsOfAgreementLower,
  limitsOfAgreementUpper,
  meanAbsoluteError,
  rootMeanSquareError,
];

/** Those that stand beside themselves unweighted: in the subset as in the run. */
const ofMainPair: readonly Measure[] = [
  cohenKappa,
  cohenKappaQuadratic,
  krippendorffAlphaInterval,
  exactAgreement,
  withinOneAgreement,
  meanDifference,
  meanAbsoluteError,
];
export const mainJudgeMeasures: readonly Measure[] = [...ofMainPair, meanJudge, meanHuman];
export const mainHumanPairMeasures: readonly Measure[] = [...ofMainPair, meanA, meanB];

/** Those that are also given with unassessed items at either end of the scale. */
export const judgeBoundMeasures: readonly Measure[] = [meanHuman, meanDifference, cohenKappaQuadratic];

export const judgeMeasures: readonly Measure[] = [...ofAnyPair, meanJudge, meanHuman];
export const humanPairMeasures: readonly Measure[] = [...ofAnyPair, meanA, meanB];

/** Over several raters, of items with a rating or more: a single one counts to the chance agreement (irrCAC). */
export const overallRatedMeasures: readonly Measure[] = [
  fleissKappa,
  congerKappa,
  randolphKappa,
  brennanPrediger,
  gwetAc1,
  gwetAc2Linear,
  gwetAc2Quadratic,
  gwetAc2Ordinal,
];

/** Over several raters, of items with two ratings or more. */
export const overallPairedMeasures: readonly Measure[] = [
  krippendorffAlphaNominal,
  krippendorffAlphaOrdinal,
  krippendorffAlphaInterval,
  krippendorffAlphaRatio,
  iccA1,
  iccC1,
  iccAk,
  iccCk,
  icc1,
  icc1k,
  kendallW,
  exactAgreement,
  withinOneAgreement,
];

/** All of them, in the order of the report. */
export const overallMeasures: readonly Measure[] = [...overallRatedMeasures, ...overallPairedMeasures];

/** On samples of 1 (score ≥ cut) and 0; b is the reference. */
const atAnyCut: readonly Measure[] = [
  sensitivity,
  specificity,
  precision,
  npv,
  f1,
  balancedAccuracy,
  mcc,
  cohenKappa,
  gwetAc1,
];
export const judgeCutMeasures: readonly Measure[] = [...atAnyCut, prevalenceJudge, prevalenceHuman];
export const humanPairCutMeasures: readonly Measure[] = [...atAnyCut, prevalenceA, prevalenceB];

const all = [
  ...judgeMeasures,
  ...humanPairMeasures,
  ...overallMeasures,
  ...judgeCutMeasures,
  ...humanPairCutMeasures,
];
const labels = new Map(all.map(measure => [measure.id, measure.label]));

/** The measure's name for people; the id itself where none is known. */
export function measureLabel(id: string): string {
  return labels.get(id) ?? id;
}
