import { jackknifeVariance } from '../jackknife';
import { formatNumber } from '../numberText';
import { clustersOf } from '../sample';
import { mean } from './combine';
import { counted, listText } from './estimateText';
import { inSentences, type Question, refuse } from './question';
import type { Ratings } from './ratings';
import { signedRankBelow } from './signedRank';
import { studentBelow } from './studentTail';

export interface AltTest {
  /** −RMSE of scores, the share of equal ones of text labels. */
  readonly score: '-RMSE' | 'accuracy';
  readonly raters: readonly AltTestRater[];
  /** Mean over raters of the share of items on which the judge does at least as well. */
  readonly rho: number;
  /** Which p decides: that of clusters where one of them has more than one item. */
  readonly decidedBy: 'items' | 'clusters';
  readonly at: readonly AltTestResult[];
}

export interface AltTestRater {
  readonly rater: string;
  /** Items of the rater with at least two other raters and the judge. */
  readonly n: number;
  readonly clusters: number;
  /** Share of items on which the judge does at least as well as the rater, and the other way round; a tie is in both. */
  readonly judgeAdvantage: number;
  readonly raterAdvantage: number;
  /** "t", or the signed-rank test under 30 items. */
  readonly test: 't' | 'Wilcoxon';
}

export interface AltTestResult {
  readonly annotators: 'expert' | 'skilled' | 'crowd';
  readonly epsilon: number;
  /** By rater, one-sided: items taken as independent, and clusters. */
  readonly p: readonly number[];
  readonly pClustered: readonly number[];
  readonly rejected: readonly boolean[];
  readonly winningRate: number;
  readonly passes: boolean;
}

/** ε by the cost of the annotators (Calderon et al. 2025). */
const epsilons = [
  { annotators: 'expert', epsilon: 0.2 },
  { annotators: 'skilled', epsilon: 0.15 },
  { annotators: 'crowd', epsilon: 0.1 },
] as const;
const falseDiscoveryRate = 0.05;
const fewestOthers = 2;
const fewestForT = 30;

/** The alternative annotator test: could the judge stand in for each rater, going by the other raters? Unweighted. */
export function altTestOf(ratings: Ratings): Question<AltTest> {
  const { judge, text, table } = ratings;
  if (!judge) return refuse('There is no judge to test against the raters.');
  const raters = mergedRaters(ratings);
  if (raters.length < 3)
    return refuse(
      `The alternative annotator test needs three raters or more: there ${raters.length === 1 ? 'is one' : `are ${String(raters.length)}`}.`,
    );
  const tested = raters
    .map((rater, index) => ({ rater, items: itemsOf(ratings, judge.scores, raters, index) }))
    .filter(({ items }) => items.length > 1);
  if (tested.length === 0)
    return refuse('No rater shares items with two other raters and the judge: there is nothing to test.');
  const clustered = tested.map(({ items }) =>
    clustersOf(items.map(({ unit }) => table.units[unit]?.cluster ?? '')),
  );
  const decidedBy = clustered.some(groups => groups.some(group => group.length > 1)) ? 'clusters' : 'items';
  const answer: AltTest = {
    score: text ? 'accuracy' : '-RMSE',
    raters: tested.map(({ rater, items }, index) => ({
      rater: rater.name,
      n: items.length,
      clusters: clustered[index]?.length ?? 0,
      judgeAdvantage: mean(items.map(item => item.judge)),
      raterAdvantage: mean(items.map(item => item.rater)),
      test: items.length < fewestForT ? 'Wilcoxon' : 't',
    })),
    rho: mean(tested.map(({ items }) => mean(items.map(item => item.judge)))),
    decidedBy,
    at: epsilons.map(({ annotators, epsilon }) => {
      const gains = tested.map(({ items }) => items.map(item => item.rater - item.judge));
      const p = gains.map(values => itemsBelow(values, epsilon));
      const pClustered = gains.map((values, index) => clustersBelow(values, clustered[index] ?? [], epsilon));
      const rejected = benjaminiYekutieli(decidedBy === 'items' ? p : pClustered, falseDiscoveryRate);
      const winningRate = rejected.filter(Boolean).length / rejected.length;
      return { annotators, epsilon, p, pClustered, rejected, winningRate, passes: winningRate >= 0.5 };
    }),
  };
  return { answer, ...inSentences(toldOf(answer, table.clusterBy)) };
}

interface RaterScores {
  readonly name: string;
  readonly scores: Float64Array;
}

/** One list of scores a rater, whatever versions of the rubric they were given by. */
function mergedRaters({ raters }: Ratings): RaterScores[] {
  const merged = new Map<string, Float64Array>();
  for (const { rater, scores } of raters) {
    const own = merged.get(rater);
    merged.set(
      rater,
      own ? own.map((score, unit) => (Number.isNaN(score) ? (scores[unit] ?? NaN) : score)) : scores,
    );
  }
  return [...merged].map(([name, scores]) => ({ name, scores }));
}

/** For each item of the rater that is tested: whether the judge, and whether the rater, is at least as near to the others. */
function itemsOf(
  { table, text }: Ratings,
  judge: Float64Array,
  raters: readonly RaterScores[],
  excluded: number,
): { unit: number; judge: number; rater: number }[] {
  const own = raters[excluded]?.scores;
  return table.units.flatMap((_, unit) => {
    const a = judge[unit] ?? NaN;
    const b = own?.[unit] ?? NaN;
    const others = raters
      .filter((__, index) => index !== excluded)
      .map(({ scores }) => scores[unit] ?? NaN)
      .filter(score => !Number.isNaN(score));
    if (Number.isNaN(a) || Number.isNaN(b) || others.length < fewestOthers) return [];
    // Squared errors, or the number of unequal labels: ordered as their root mean, without its rounding.
    const error = (score: number): number =>
      others.reduce(
        (sum, other) => sum + (text ? (score === other ? 0 : 1) : (score - other) * (score - other)),
        0,
      );
    const [ofJudge, ofRater] = [error(a), error(b)];
    return [{ unit, judge: ofJudge <= ofRater ? 1 : 0, rater: ofRater <= ofJudge ? 1 : 0 }];
  });
}

/** One-sided p that the mean gain is under ε. */
function itemsBelow(gains: readonly number[], epsilon: number): number {
  if (gains.length < fewestForT) return signedRankBelow(gains.map(gain => gain - epsilon));
  const average = mean(gains);
  const squares = gains.reduce((sum, gain) => sum + (gain - average) * (gain - average), 0);
  const error = Math.sqrt(squares / (gains.length - 1) / gains.length);
  return tailOf(average - epsilon, error, gains.length - 1);
}

/** The same with the error of the mean from leaving out one cluster at a time, t with G − 1 df. */
function clustersBelow(gains: readonly number[], clusters: readonly Int32Array[], epsilon: number): number {
  if (clusters.length < 2) return 1;
  const total = gains.reduce((sum, gain) => sum + gain, 0);
  const without = clusters.map(items => {
    const rest = items.reduce((sum, item) => sum - (gains[item] ?? 0), total);
    return rest / (gains.length - items.length);
  });
  const error = Math.sqrt(jackknifeVariance(without));
  return tailOf(total / gains.length - epsilon, error, clusters.length - 1);
}

function tailOf(difference: number, error: number, degreesOfFreedom: number): number {
  if (error < 1e-12) return difference < 0 ? 0 : 1;
  return studentBelow(difference / error, degreesOfFreedom);
}

/** Which of the hypotheses are rejected at this false discovery rate, whatever their dependence (Benjamini & Yekutieli 2001). */
export function benjaminiYekutieli(p: readonly number[], rate: number): boolean[] {
  const order = p.map((_, index) => index).sort((a, b) => (p[a] ?? 1) - (p[b] ?? 1) || a - b);
  const harmonic = order.reduce((sum, _, index) => sum + 1 / (index + 1), 0);
  const last = order.findLastIndex(
    (index, place) => (p[index] ?? 1) <= (((place + 1) / p.length) * rate) / harmonic,
  );
  const rejected = new Set(order.slice(0, last + 1));
  return p.map((_, index) => rejected.has(index));
}

function toldOf({ raters, rho, decidedBy, at }: AltTest, clusterBy: string): (string | null)[] {
  const results = at.map(
    ({ annotators, epsilon, rejected, winningRate, passes }) =>
      `at ε = ${String(epsilon)} (${annotators}) against ${String(rejected.filter(Boolean).length)} of ${counted(raters.length, 'rater')} (ω = ${formatNumber(winningRate)}, ${passes ? 'passes' : 'does not pass'})`,
  );
  return [
    `Alternative annotator test, unweighted: the judge wins ${listText(results)}; it passes at ω of 0.5 or more.`,
    `Average advantage probability ρ = ${formatNumber(rho)}.`,
    decidedBy === 'clusters'
      ? `Some clusters (${clusterBy}) have several items: the p values of clusters decide.`
      : null,
    raters.some(({ test }) => test === 'Wilcoxon')
      ? 'Under 30 items of a rater the p value of items is that of the signed-rank test.'
      : null,
  ];
}
