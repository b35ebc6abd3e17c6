import { fewestForAverage, stackedSample } from '../averageReport';
import { distinctRows } from '../distinctRows';
import { sampleOf as pairSampleOf, type PairOptions } from '../pairReport';
import { unweightedTable, type RatingTable } from '../ratingTable';
import type { Sample } from '../sample';
import type { Statistic } from '../statistic';
import { meanOf, reweighted } from './combine';
import type { PairStatistic } from './pairStatistics';
import { runWeights, sampleOf, unitsWithAll, type Ratings, type RunWeights, type Scores } from './ratings';

export const averageName = 'average';

/** Whom the judge is compared with: one rater, or the average over raters. Column 0 of the sample is the judge. */
export interface Subject {
  readonly rater: string;
  /** Items that the judge and the rater, or any of the raters, scored. */
  readonly n: number;
  readonly sample: Sample;
  /** The same as the report's measures take it: one rater's pair, or several raters' stacked, with the strata drawn from. */
  readonly measured: Sample;
  /** The raters: their column, and their items' weights where those are not the sample's own. */
  readonly parts: readonly { readonly column: number; readonly weights: Float64Array | null }[];
  readonly warnings: readonly string[];
  /** Why the weights are not those of the run. */
  readonly refused: string | null;
}

/** Every rater with items that the judge scored, then, from two with 30 items on, their average. */
export function subjectsOf(ratings: Ratings, weighted: boolean): Subject[] {
  const { judge, humans, table, text, scale, categories: mode, thresholds, seed } = ratings;
  if (!judge) return [];
  const own = humans.map(human => ({ human, used: unitsWithAll(ratings, [judge, human]) }));
  const weightsOf = (human: Scores, used: readonly number[]): RunWeights =>
    weighted
      ? runWeights(ratings, [judge, human], used)
      : { weights: used.map(() => 1), warnings: [], refused: null };
  const options: PairOptions = {
    mode,
    averaged: table.averaged ?? false,
    declared: table.scale,
    scale,
    thresholds,
    text,
    seed,
  };
  const tableFor = (refused: string | null): RatingTable =>
    weighted && refused === null ? table : unweightedTable(table);
  const single = own
    .filter(({ used }) => used.length > 0)
    .map(({ human, used }): Subject => {
      const { weights, warnings, refused } = weightsOf(human, used);
      const measured = pairSampleOf(tableFor(refused), [judge.column, human.column], used, options);
      const { strata } = measured;
      return {
        rater: human.name,
        n: used.length,
        sample: {
          ...withAlike(sampleOf(ratings, [judge, human], used, weights)),
          ...(strata ? { strata } : {}),
        },
        measured,
        parts: [{ column: 1, weights: null }],
        warnings,
        refused,
      };
    });
  const many = own.filter(({ used }) => used.length >= fewestForAverage);
  if (new Set(many.map(({ human }) => human.rater)).size < 2) return single;
  const all = [...new Set(many.flatMap(({ used }) => used))].sort((a, b) => a - b);
  const place = new Map(all.map((unit, index) => [unit, index]));
  const sample = sampleOf(
    ratings,
    [judge, ...many.map(({ human }) => human)],
    all,
    all.map(() => 1),
  );
  const each = many.map(({ human, used }) => ({ used, ...weightsOf(human, used) }));
  const parts = each.map(({ used, weights }, index) => {
    const placed = new Float64Array(all.length);
    used.forEach((unit, at) => (placed[place.get(unit) ?? 0] = weights[at] ?? 0));
    return { column: index + 1, weights: placed };
  });
  const refused = each.find(({ refused: reason }) => reason !== null)?.refused ?? null;
  const measured = stackedSample(
    tableFor(refused),
    judge.column,
    many.map(({ human, used }) => ({ human: human.column, used })),
    options,
  );
  return [...single, { rater: averageName, n: all.length, sample, measured, parts, warnings: [], refused }];
}

/** With what a jackknife needs know only once where every item is a cluster. */
const withAlike = (sample: Sample): Sample =>
  sample.clusters.length === sample.n ? { ...sample, alike: distinctRows(sample) } : sample;

/** The statistic of the judge against the subject: with several raters the unweighted mean over them. */
export function against({ sample, parts }: Subject, statistic: PairStatistic): Statistic {
  return meanOf(
    parts.map(({ column, weights }) => {
      const pair = statistic(sample, 0, column);
      return weights ? reweighted(pair, weights) : pair;
    }),
  );
}

/** The subject that a sentence speaks of: the average, else the rater with most items. */
export function leading(subjects: readonly Subject[]): Subject | null {
  const average = subjects.find(({ rater, parts }) => rater === averageName && parts.length > 1);
  if (average) return average;
  return subjects.reduce<Subject | null>(
    (most, each) => (most === null || each.n > most.n ? each : most),
    null,
  );
}
