import type { MeasureValue, Measures } from '../agreementReport';
import { prevalenceHuman } from '../cuts/prevalenceHuman';
import { prevalenceJudge } from '../cuts/prevalenceJudge';
import type { Measure } from '../measure';
import { cohenKappa } from '../measures/cohenKappa';
import { cohenKappaQuadratic } from '../measures/cohenKappaQuadratic';
import { exactAgreement } from '../measures/exactAgreement';
import { krippendorffAlphaInterval } from '../measures/krippendorffAlphaInterval';
import { meanAbsoluteError } from '../measures/meanAbsoluteError';
import { meanDifference } from '../measures/meanDifference';
import { withinOneAgreement } from '../measures/withinOneAgreement';
import { formatNumber } from '../numberText';
import { cutSample, measuresOf } from '../pairReport';
import { counted, estimateText } from './estimateText';
import { inSentences, type Question, refuse } from './question';
import type { Ratings } from './ratings';
import { leading, subjectsOf, type Subject } from './subjects';

export interface HeadlineAnswer {
  readonly judge: string;
  /** One for each rater, then the average over raters with 30 items or more. */
  readonly raters: readonly HeadlineRater[];
}

export interface HeadlineRater {
  readonly rater: string;
  readonly n: number;
  readonly clusters: number;
  /** Weighted by the design; `null` with the reason where the items don't speak for the run. */
  readonly inRun: Measures | null;
  readonly refusedRun?: string;
  /** The same items unweighted. */
  readonly inSubset: Measures;
  /** At each cut the shares at or above it, beside κ; weighted where `inRun` is there. */
  readonly baseRates: readonly BaseRate[];
  readonly warnings: readonly string[];
}

export interface BaseRate {
  readonly cut: number;
  readonly judge: MeasureValue;
  readonly human: MeasureValue;
  readonly cohenKappa: MeasureValue;
}

const measures: readonly Measure[] = [
  cohenKappaQuadratic,
  krippendorffAlphaInterval,
  exactAgreement,
  withinOneAgreement,
  meanAbsoluteError,
  meanDifference,
];

/** How well judge and human agree: in the run (weighted) beside in the subset (unweighted), with the base rates. */
export function headlineQuestion(
  ratings: Ratings,
  weighted: readonly Subject[] = subjectsOf(ratings, true),
): Question<HeadlineAnswer> {
  const { judge, text } = ratings;
  if (!judge) return refuse('There is no judge to compare with the human.');
  const plain = subjectsOf(ratings, false);
  const first = leading(weighted);
  if (!first) return refuse(`No item has a usable score from both ${judge.name} and a human.`);
  const raters = weighted.map((subject, index): HeadlineRater => {
    const even = plain[index] ?? subject;
    return {
      rater: subject.rater,
      n: subject.n,
      clusters: subject.sample.clusters.length,
      inRun: subject.refused === null ? measuresOf(subject.measured, measures, text) : null,
      ...(subject.refused === null ? {} : { refusedRun: subject.refused }),
      inSubset: measuresOf(even.measured, measures, text),
      baseRates: text
        ? []
        : ratings.thresholds.map(cut => baseRateOf(subject.refused === null ? subject : even, cut)),
      warnings: subject.warnings,
    };
  });
  const answer = { judge: judge.name, raters };
  const told = raters[weighted.indexOf(first)];
  return { answer, ...inSentences(told ? toldOf(answer, told, ratings) : []) };
}

function baseRateOf({ measured }: Subject, cut: number): BaseRate {
  const atCut = cutSample(measured, cut);
  return {
    cut,
    judge: prevalenceJudge.of(atCut),
    human: prevalenceHuman.of(atCut),
    cohenKappa: cohenKappa.of(atCut),
  };
}

function toldOf({ judge }: HeadlineAnswer, told: HeadlineRater, { text }: Ratings): (string | null)[] {
  const id = text ? 'exactAgreement' : 'cohenKappaQuadratic';
  const name = text ? 'exact agreement' : 'κ with quadratic weights';
  const value = (of: Measures | null): MeasureValue => of?.[id] ?? { value: null, reason: 'not measured' };
  const who = told.rater === 'average' ? 'the raters (average)' : told.rater;
  const where = told.inRun ? 'in the run' : 'on the labelled items';
  const main = `${judge} and ${who} agree ${where} at ${name} = ${estimateText(value(told.inRun ?? told.inSubset))}, on ${counted(told.n, 'item')} in ${counted(told.clusters, 'cluster')}.`;
  const beside = told.inRun
    ? `In the subset, unweighted, it is ${estimateText(value(told.inSubset))}.`
    : (told.refusedRun ?? null);
  const rates = told.baseRates.map(
    ({ cut, judge: a, human: b }) =>
      `The share of scores at or above ${formatNumber(cut, Number.isInteger(cut) ? 0 : 3)} is ${estimateText(a)} by the judge and ${estimateText(b)} by the human.`,
  );
  return [main, beside, ...rates, ...told.warnings];
}
