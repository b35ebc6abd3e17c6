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
import { cohenKappa } from './measures/cohenKappa';
import { cohenKappaLinear } from './measures/cohenKappaLinear';
import { cohenKappaQuadratic } from './measures/cohenKappaQuadratic';
import { exactAgreement } from './measures/exactAgreement';
import { krippendorffAlphaInterval } from './measures/krippendorffAlphaInterval';
import { krippendorffAlphaNominal } from './measures/krippendorffAlphaNominal';
import { krippendorffAlphaOrdinal } from './measures/krippendorffAlphaOrdinal';
import { meanA } from './measures/meanA';
import { meanAbsoluteError } from './measures/meanAbsoluteError';
import { meanB } from './measures/meanB';
import { meanDifference } from './measures/meanDifference';
import { meanHuman } from './measures/meanHuman';
import { meanJudge } from './measures/meanJudge';
import { pearsonR } from './measures/pearsonR';
import { spearmanRho } from './measures/spearmanRho';
import { withinOneAgreement } from './measures/withinOneAgreement';

/** A new measure is one file and its line here. The order is that of the report. */
const ofAnyPair: readonly Measure[] = [
  cohenKappa,
  cohenKappaLinear,
  cohenKappaQuadratic,
  krippendorffAlphaNominal,
  krippendorffAlphaOrdinal,
  krippendorffAlphaInterval,
  pearsonR,
  spearmanRho,
  exactAgreement,
  withinOneAgreement,
  meanDifference,
  meanAbsoluteError,
];
export const judgeMeasures: readonly Measure[] = [...ofAnyPair, meanJudge, meanHuman];
export const humanPairMeasures: readonly Measure[] = [...ofAnyPair, meanA, meanB];

/** Over several raters, of whom any item may lack some. */
export const overallMeasures: readonly Measure[] = [
  krippendorffAlphaNominal,
  krippendorffAlphaOrdinal,
  krippendorffAlphaInterval,
  exactAgreement,
  withinOneAgreement,
];

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
