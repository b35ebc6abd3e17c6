import type { MeasureValue } from '../agreementReport';
import type { Sample } from '../sample';
import { combined, mean, meanOf } from './combine';
import { counted, estimateText } from './estimateText';
import { estimated, type Kind } from './intervals';
import { equalShare, meanAbsoluteGap, pairAlpha, quadraticKappa, type PairStatistic } from './pairStatistics';
import { inSentences, type Question, refuse } from './question';
import { runWeights, sampleOf, scoredBy, type Ratings } from './ratings';

export interface Ceiling {
  /** Items with the judge and at least two humans. */
  readonly n: number;
  readonly clusters: number;
  readonly raters: readonly string[];
  readonly humanPairs: number;
  /** Weighted by the design, or why not. */
  readonly refusedRun?: string;
  readonly warnings: readonly string[];
  readonly measures: Readonly<Record<string, CeilingMeasure>>;
}

export interface CeilingMeasure {
  /** C: mean over pairs of humans. */
  readonly humans: MeasureValue;
  /** J: mean over humans of the judge against each. */
  readonly judge: MeasureValue;
  /** J − C, one cluster left out of both at a time. */
  readonly difference: MeasureValue;
}

/** Pairs of humans with fewer common items are left out. */
export const fewestCommon = 10;

const measures: readonly { id: string; kind: Kind; statistic: PairStatistic; text?: true }[] = [
  { id: 'cohenKappaQuadratic', kind: 'coefficient', statistic: quadraticKappa },
  { id: 'krippendorffAlphaInterval', kind: 'coefficient', statistic: pairAlpha },
  { id: 'meanAbsoluteError', kind: 'size', statistic: meanAbsoluteGap },
  { id: 'exactAgreement', kind: 'share', statistic: equalShare, text: true },
];

/** The judge against each human beside the humans against each other, on the same items. */
export function ceilingOf(ratings: Ratings): Question<Ceiling> {
  const { judge, raters, table, text } = ratings;
  if (!judge) return refuse('There is no judge to hold against the agreement of humans.');
  if (new Set(raters.map(({ rater }) => rater)).size < 2)
    return refuse('There are fewer than two raters: no agreement of humans to hold the judge against.');
  const used = table.units
    .map((_, unit) => unit)
    .filter(unit => !Number.isNaN(judge.scores[unit] ?? NaN) && scoredBy(raters, unit) >= 2);
  const { weights, warnings, refused } = runWeights(ratings, [judge, ...raters], used);
  const sample = sampleOf(ratings, [judge, ...raters], used, weights);
  const pairs = humanPairs(ratings, sample);
  if (pairs.length === 0)
    return refuse(
      `No two raters share ${String(fewestCommon)} items that the judge scored: there is no agreement of humans to hold the judge against.`,
    );
  const columns = [...new Set(pairs.flat())].sort((a, b) => a - b);
  const names = columns.map(column => raters[column - 1]?.name ?? '');
  const answer: Ceiling = {
    n: sample.n,
    clusters: sample.clusters.length,
    raters: names,
    humanPairs: pairs.length,
    ...(refused === null ? {} : { refusedRun: refused }),
    warnings,
    measures: Object.fromEntries(
      measures
        .filter(measure => !text || measure.text)
        .map(({ id, kind, statistic }) => [id, measured(sample, kind, statistic, pairs, columns)]),
    ),
  };
  return { answer, ...inSentences(toldOf(answer, text)) };
}

/** Pairs of columns of different raters with enough common items. */
function humanPairs({ raters }: Ratings, { columns, n }: Sample): [number, number][] {
  const common = (a: number, b: number): number => {
    let count = 0;
    for (let item = 0; item < n; item++)
      if (!Number.isNaN(columns[a]?.[item] ?? NaN) && !Number.isNaN(columns[b]?.[item] ?? NaN)) count++;
    return count;
  };
  return raters.flatMap((first, index) =>
    raters.flatMap((second, other): [number, number][] =>
      other > index && first.rater !== second.rater && common(index + 1, other + 1) >= fewestCommon
        ? [[index + 1, other + 1]]
        : [],
    ),
  );
}

function measured(
  sample: Sample,
  kind: Kind,
  statistic: PairStatistic,
  pairs: readonly [number, number][],
  columns: readonly number[],
): CeilingMeasure {
  const humans = pairs.map(([a, b]) => statistic(sample, a, b));
  const judge = columns.map(column => statistic(sample, 0, column));
  const difference = combined(
    [...judge, ...humans],
    values => mean(values.slice(0, judge.length)) - mean(values.slice(judge.length)),
  );
  return {
    humans: estimated(sample, kind, meanOf(humans)),
    judge: estimated(sample, kind, meanOf(judge)),
    difference: estimated(sample, 'number', difference),
  };
}

function toldOf(ceiling: Ceiling, text: boolean): (string | null)[] {
  const measure = ceiling.measures[text ? 'exactAgreement' : 'cohenKappaQuadratic'];
  if (!measure) return [];
  const name = text ? 'exact agreement' : 'κ with quadratic weights';
  return [
    `On the ${counted(ceiling.n, 'item')} with the judge and at least two raters, the judge agrees with a rater at ${name} = ${estimateText(measure.judge)} and two raters with each other at ${estimateText(measure.humans)}; the difference is ${estimateText(measure.difference)}.`,
    `The raters are taken as they are, ${counted(ceiling.raters.length, 'rater')} in ${counted(ceiling.humanPairs, 'pair')}.`,
    ceiling.refusedRun ?? null,
    ...ceiling.warnings,
  ];
}
