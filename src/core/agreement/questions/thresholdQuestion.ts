import type { MeasureValue } from '../agreementReport';
import { formatNumber } from '../numberText';
import { prevalenceHuman } from '../cuts/prevalenceHuman';
import { prevalenceJudge } from '../cuts/prevalenceJudge';
import { sensitivity } from '../cuts/sensitivity';
import { specificity } from '../cuts/specificity';
import { cohenKappa } from '../measures/cohenKappa';
import { gwetAc1 } from '../measures/gwetAc1';
import { cutSample } from '../pairReport';
import { bestCutOf, type BestCut } from './bestCut';
import { estimateText, listText } from './estimateText';
import { inSentences, type Question, refuse } from './question';
import type { Ratings } from './ratings';
import { leading, subjectsOf, type Subject } from './subjects';

export interface ThresholdAnswer {
  /** One for each rater, then the average over raters with 30 items or more. */
  readonly raters: readonly ThresholdRater[];
  /** Of what the intervals of the curve are: each cut by itself. */
  readonly bands: 'pointwise 95%';
}

export interface ThresholdRater {
  readonly rater: string;
  readonly n: number;
  readonly clusters: number;
  /** Why the curve is not weighted to the run. */
  readonly refusedRun?: string;
  /** Judge and human both at "score ≥ cut". */
  readonly curve: readonly CutPoint[];
  /** For each of the criterion's thresholds as the human's cut. */
  readonly best: readonly BestCut[];
}

export interface CutPoint {
  readonly cut: number;
  readonly sensitivity: MeasureValue;
  readonly specificity: MeasureValue;
  readonly cohenKappa: MeasureValue;
  readonly gwetAc1: MeasureValue;
  readonly prevalenceJudge: MeasureValue;
  readonly prevalenceHuman: MeasureValue;
}

/** More distinct scores than this are no cuts to go through. */
const mostCuts = 50;

/** Agreement at every cut, and the judge's cut that agrees best with the human's. */
export function thresholdQuestion(
  ratings: Ratings,
  subjects: readonly Subject[] = subjectsOf(ratings, true),
): Question<ThresholdAnswer> {
  if (!ratings.judge) return refuse('There is no judge whose cuts could be gone through.');
  if (ratings.text) return refuse('The ratings are text labels, which have no order and no cuts.');
  const first = leading(subjects);
  if (!first) return refuse('No item has a usable score from both the judge and a human.');
  const cuts = cutsOf(ratings);
  if (cuts.length === 0) return refuse('All scores are the same: there is no cut between them.');
  if (cuts.length > mostCuts)
    return refuse(`The scores take ${String(cuts.length + 1)} values: too many cuts to go through.`);
  const raters = subjects.map((subject): ThresholdRater => ({
    rater: subject.rater,
    n: subject.n,
    clusters: subject.sample.clusters.length,
    ...(subject.refused === null ? {} : { refusedRun: subject.refused }),
    curve: cuts.map(cut => pointOf(subject, cut)),
    best: ratings.thresholds.map(cut => bestCutOf(subject, cut, cuts)),
  }));
  const told = raters[subjects.indexOf(first)];
  return {
    answer: { raters, bands: 'pointwise 95%' },
    ...inSentences([
      ...(told?.best ?? []).flatMap(best => bestSentences(best, told?.rater ?? '')),
      ratings.thresholds.length === 0 ? 'No threshold was named: the curve stands without a best cut.' : null,
      'The bands of the curve hold for each cut by itself; corrected rates stay at the declared cut.',
      first.refused,
    ]),
  };
}

/** The integers above the scale's lower end; without a whole scale the distinct scores but the lowest. */
function cutsOf({ scale, judge, humans }: Ratings): number[] {
  const scores = [judge, ...humans].flatMap(column => [...(column?.scores ?? [])]);
  const distinct = [...new Set(scores.filter(score => !Number.isNaN(score)))].sort((a, b) => a - b);
  if (!scale || !Number.isInteger(scale.min) || distinct.some(score => !Number.isInteger(score)))
    return distinct.slice(1);
  if (scale.max - scale.min > mostCuts) return distinct.slice(1);
  return Array.from({ length: Math.max(0, scale.max - scale.min) }, (_, step) => scale.min + 1 + step);
}

function pointOf({ measured }: Subject, cut: number): CutPoint {
  const atCut = cutSample(measured, cut);
  return {
    cut,
    sensitivity: sensitivity.of(atCut),
    specificity: specificity.of(atCut),
    cohenKappa: cohenKappa.of(atCut),
    gwetAc1: gwetAc1.of(atCut),
    prevalenceJudge: prevalenceJudge.of(atCut),
    prevalenceHuman: prevalenceHuman.of(atCut),
  };
}

function bestSentences(best: BestCut, rater: string): string[] {
  const cut = (value: number): string => formatNumber(value, Number.isInteger(value) ? 0 : 3);
  const where = `For human scores at or above ${cut(best.humanCut)} (${rater === 'average' ? 'average over the raters' : rater})`;
  if (best.cut === null || best.kappa.value === null)
    return [
      `${where} no judge cut can be called best: ${best.reason ?? best.kappa.reason ?? 'κ is undefined'}.`,
    ];
  const others = best.uncertain;
  const set =
    others === null
      ? `How sure that is can’t be said (${best.reason ?? 'no interval'}).`
      : others.length === 1
        ? 'At every other cut κ is lower, its paired interval without 0.'
        : `Not told apart from it, by paired intervals: ${listText(others.filter(each => each !== best.cut).map(cut))}.`;
  const honest =
    best.outOfSample === null
      ? ''
      : `With each cluster judged by the cut that is best without it, κ is ${formatNumber(best.outOfSample)}.`;
  const same =
    best.cut === best.humanCut
      ? ', the same'
      : `; at the same cut κ is ${estimateText(best.kappaAtHumanCut)}`;
  return [
    `${where} the judge’s best cut is ${cut(best.cut)}, κ = ${estimateText(best.kappa)}${same}.`,
    set,
    honest,
  ];
}
