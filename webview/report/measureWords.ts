import type { MarkKind, Sides } from './sides';

/** What a measure's number is: this decides its axis and how it is printed. */
export type MeasureKind = 'coefficient' | 'share' | 'difference' | 'points';

export interface MeasureWords {
  readonly name: string;
  readonly kind: MeasureKind;
  /** Whose number it is, where it is one side's alone. */
  readonly mark?: MarkKind;
}

const named: Readonly<Record<string, readonly [name: string, kind: MeasureKind, side?: 'a' | 'b']>> = {
  cohenKappa: ['Cohen’s κ', 'coefficient'],
  cohenKappaLinear: ['Cohen’s κ, linear', 'coefficient'],
  cohenKappaQuadratic: ['Cohen’s κ, quadratic', 'coefficient'],
  scottPi: ['Scott’s π', 'coefficient'],
  brennanPrediger: ['Brennan–Prediger', 'coefficient'],
  gwetAc1: ['Gwet’s AC1', 'coefficient'],
  gwetAc2Linear: ['Gwet’s AC2, linear', 'coefficient'],
  gwetAc2Quadratic: ['Gwet’s AC2, quadratic', 'coefficient'],
  gwetAc2Ordinal: ['Gwet’s AC2, ordinal', 'coefficient'],
  fleissKappa: ['Fleiss’ κ', 'coefficient'],
  congerKappa: ['Conger’s κ', 'coefficient'],
  randolphKappa: ['Randolph’s κ', 'coefficient'],
  krippendorffAlphaNominal: ['Krippendorff’s α, nominal', 'coefficient'],
  krippendorffAlphaOrdinal: ['Krippendorff’s α, ordinal', 'coefficient'],
  krippendorffAlphaInterval: ['Krippendorff’s α, interval', 'coefficient'],
  krippendorffAlphaRatio: ['Krippendorff’s α, ratio', 'coefficient'],
  iccA1: ['ICC(A,1)', 'coefficient'],
  iccC1: ['ICC(C,1)', 'coefficient'],
  iccAk: ['ICC(A,k)', 'coefficient'],
  iccCk: ['ICC(C,k)', 'coefficient'],
  icc1: ['ICC(1)', 'coefficient'],
  icc1k: ['ICC(1,k)', 'coefficient'],
  pearsonR: ['Pearson’s r', 'coefficient'],
  spearmanRho: ['Spearman’s ρ', 'coefficient'],
  kendallTauB: ['Kendall’s τ-b', 'coefficient'],
  kendallW: ['Kendall’s W', 'coefficient'],
  linCcc: ['Lin’s concordance', 'coefficient'],
  mcc: ['Matthews correlation', 'coefficient'],
  exactAgreement: ['Exact agreement', 'share'],
  withinOneAgreement: ['Agreement within 1', 'share'],
  sensitivity: ['Sensitivity', 'share'],
  specificity: ['Specificity', 'share'],
  precision: ['Precision (PPV)', 'share'],
  npv: ['NPV', 'share'],
  f1: ['F1', 'share'],
  balancedAccuracy: ['Balanced accuracy', 'share'],
  prevalenceJudge: ['Prevalence, judge', 'share', 'a'],
  prevalenceHuman: ['Prevalence, human', 'share', 'b'],
  prevalenceA: ['Prevalence, {a}', 'share', 'a'],
  prevalenceB: ['Prevalence, {b}', 'share', 'b'],
  meanDifference: ['Mean difference, {a} − {b}', 'difference'],
  sdDifference: ['SD of the difference', 'points'],
  limitsOfAgreementLower: ['Limit of agreement, lower', 'difference'],
  limitsOfAgreementUpper: ['Limit of agreement, upper', 'difference'],
  meanAbsoluteError: ['Mean absolute error', 'points'],
  rootMeanSquareError: ['Root mean square error', 'points'],
  meanJudge: ['Mean, judge', 'points', 'a'],
  meanHuman: ['Mean, human', 'points', 'b'],
  meanA: ['Mean, {a}', 'points', 'a'],
  meanB: ['Mean, {b}', 'points', 'b'],
};

/** The measure in words for this pair; an id without an entry is printed as it is. */
export function measureWords(id: string, sides?: Sides): MeasureWords {
  const entry = Object.hasOwn(named, id) ? named[id] : undefined;
  if (!entry) return { name: id, kind: 'coefficient' };
  const [pattern, kind, side] = entry;
  const human = sides?.judged ? 'human' : sides?.b.short;
  const name = pattern.replace('{a}', sides?.a.short ?? 'a').replace('{b}', human ?? 'b');
  const mark = side && sides ? sides[side].mark : undefined;
  return mark ? { name, kind, mark } : { name, kind };
}

/** Whether `measureWords` has words of its own for the id. */
export function hasWords(id: string): boolean {
  return Object.hasOwn(named, id);
}
