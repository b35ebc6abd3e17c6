import { analysisWeights } from './analysisWeights';
import type { AgreementReport, OverallReport, PairReport } from './agreementReport';
import { averagedSentences } from './averagedText';
import { averageReport, type Average } from './averageReport';
import type { IntervalKind } from './bootstrap';
import { withBounds } from './cannotAssessBounds';
import type { GroupedTable } from './grouping';
import { overallPairedMeasures, overallRatedMeasures } from './measureLists';
import { spreadOf } from './observedRange';
import { orderedTable } from './orderedTable';
import { measuresOf, pairReport, sampleOf, type PairOptions } from './pairReport';
import { listText } from './questions/estimateText';
import { inSentences, sentencesOf } from './questions/question';
import { questionsOf, type QuestionInput, type Questions } from './questions/questionsOf';
import { ratingNotes } from './ratingNotes';
import { raterOf, type RatingColumn, type RatingTable } from './ratingTable';
import { populationOf } from '../subset/population';
import { onScale } from './usableUnits';

export interface AgreementOptions {
  /** Cuts T of "score ≥ T". */
  readonly thresholds: readonly number[];
  readonly categories: 'scale' | 'observed';
  readonly seed: number;
  readonly resamples: number;
  /** How intervals are made: the cluster jackknife unless told. */
  readonly ci?: IntervalKind;
  /** What they are about: the items of the file (means and shares alone), or new rollouts where absent. */
  readonly target?: 'file';
  /** Of the program, for the methods paragraph. */
  readonly version?: string;
  /** Answers the seven questions too, with what is known of the run: nothing of a table of ratings. */
  readonly run?: RunFacts;
  /** Called after each pair of the whole table, and after each question. */
  readonly onStep?: (stage: 'comparisons' | 'questions', done: number, total: number) => void;
}

export type RunFacts = Omit<QuestionInput, 'table' | 'judges' | 'thresholds' | 'categories' | 'seed'>;

/**
 * Every judge against every human, every pair of humans, and all humans together; the same for each group where the
 * table has groups. Pure: the same table, the same report.
 */
export function reportAgreement(table: GroupedTable, options: AgreementOptions): AgreementReport {
  const ordered = orderedTable(table);
  const text =
    !table.scale && ordered.columns.some(({ values }) => values.some(value => typeof value === 'string'));
  const observed =
    table.scale || text ? null : (table.spread ?? spreadOf(ordered.columns.map(({ values }) => values)));
  const observedScale = observed && { min: observed.min, max: observed.max, observed: true };
  const { ci = 'jackknife', resamples, seed, version, target } = options;
  const pairOptions: PairOptions = {
    mode: options.categories,
    scale: table.scale ?? observedScale,
    averaged: table.averaged ?? false,
    declared: table.scale,
    thresholds: options.thresholds,
    text,
    seed,
    ci,
    resamples,
    ...(target ? { target } : {}),
  };
  const { onStep } = options;
  const judges = ordered.columns.filter(({ role }) => role === 'judge').map(({ name }) => name);
  const whole = comparisonsOf(ordered, pairOptions, undefined, (done, total) =>
    onStep?.('comparisons', done, total),
  );
  const groups = (table.groups ?? []).map(group => ({
    group,
    made: comparisonsOf(orderedTable(group.table), { ...pairOptions, part: true }, whole),
  }));
  return {
    source: table.source,
    scale: table.scale ?? observedScale,
    seed,
    resamples,
    ci,
    ...(target ? { target } : {}),
    ...(version === undefined ? {} : { version }),
    clusterBy: table.clusterBy,
    ...(table.averagedRows ? { averaged: table.averagedRows } : {}),
    pairs: whole.pairs,
    ...averagesOf(whole),
    ...(whole.overall ? { overall: whole.overall.report } : {}),
    ...(table.groups
      ? {
          groups: groups.map(({ group: { by, value, averagedRows }, made }) => ({
            by,
            value,
            ...(averagedRows ? { averaged: averagedRows } : {}),
            // The items of all groups are those of the whole.
            pairs: made.pairs.map(({ points: _, leftOut: __, ...pair }) => pair),
            ...averagesOf(made),
            ...(made.overall ? { overall: made.overall.report } : {}),
          })),
        }
      : {}),
    ...runScoresOf(options.run, judges[0]),
    ...(options.run
      ? {
          questions: aboutOneJudge(
            judges,
            questionsOf(
              {
                ...options.run,
                table: ordered,
                judges,
                thresholds: options.thresholds,
                categories: options.categories,
                seed,
              },
              (done, total) => onStep?.('questions', done, total),
            ),
          ),
        }
      : {}),
    ...(table.subset ? { subset: table.subset } : {}),
    notes: [
      ...table.notes,
      ...(table.averagedRows ? averagedSentences(table.averagedRows) : []),
      ...(whole.overall?.warnings ?? []).map(warning => `All raters together: ${warning}`),
      ...groups.flatMap(({ group: { by, value }, made: { overall } }) =>
        (overall?.warnings ?? []).map(
          warning => `All raters together, ${by} ${value ?? '(none)'}: ${warning}`,
        ),
      ),
      ...ratingNotes(ordered, observed, text, options),
    ],
  };
}

/** How often the first judge gave each score in the run. */
function runScoresOf(
  { rollouts, rubric }: RunFacts = {},
  judge?: string,
): Pick<AgreementReport, 'runScores'> {
  if (!rollouts || !rubric || judge === undefined) return {};
  const counts = new Map<number, number>();
  for (const { score } of populationOf({ rollouts, rubric }, judge).items) {
    if (score !== null) counts.set(score, (counts.get(score) ?? 0) + 1);
  }
  const scores = [...counts].map(([score, items]) => ({ score, items })).sort((a, b) => a.score - b.score);
  return { runScores: { judge, scores } };
}

/** The questions are answered for the first judge alone: with several, the first answer says so. */
function aboutOneJudge([judge, ...others]: readonly string[], questions: Questions): Questions {
  if (judge === undefined || others.length === 0) return questions;
  const { headline } = questions;
  const about = `All answers are about ${judge}, the first judge named, not about ${listText(others)}.`;
  return {
    ...questions,
    headline: { ...headline, ...inSentences([about, ...sentencesOf(headline)]) },
  };
}

interface Comparisons {
  readonly pairs: readonly PairReport[];
  /** By judge; `null` where too few raters have enough items. */
  readonly averages: readonly (Average | null)[];
  readonly overall: Overall | null;
}

interface Overall {
  readonly report: OverallReport;
  readonly warnings: readonly string[];
  readonly categories: readonly (number | string)[] | null;
}

/** All comparisons of a table; those of a part of it in the categories of the whole. */
function comparisonsOf(
  table: RatingTable,
  options: PairOptions,
  whole?: Comparisons,
  onPair?: (done: number, total: number) => void,
): Comparisons {
  const judges = table.columns.filter(column => column.role === 'judge');
  const humans = table.columns.filter(column => column.role === 'human');
  const raters = humans.filter(human => !human.judgeOnly);
  const sides = [
    ...judges.flatMap(judge => humans.map(human => [judge, human] as const)),
    ...raters.flatMap((first, index) =>
      raters
        .slice(index + 1)
        .filter(second => raterOf(second) !== raterOf(first))
        .map(second => [first, second] as const),
    ),
  ];
  return {
    pairs: sides.map(([a, b], index) => {
      const own = inCategories(options, whole?.pairs[index]?.confusion?.categories);
      const pair = withBounds(pairReport(table, a, b, own), table, a, b, own);
      onPair?.(index + 1, sides.length);
      return pair;
    }),
    averages: judges.map((judge, index) =>
      averageReport(table, judge, raters, inCategories(options, whole?.averages[index]?.categories)),
    ),
    overall:
      new Set(raters.map(raterOf)).size < 2
        ? null
        : overallReport(table, raters, inCategories(options, whole?.overall?.categories)),
  };
}

function averagesOf({ averages }: Comparisons): Pick<AgreementReport, 'average'> {
  const average = averages.flatMap(each => each?.report ?? []);
  return average.length > 0 ? { average } : {};
}

const inCategories = (
  options: PairOptions,
  categories: readonly (number | string)[] | null | undefined,
): PairOptions => (categories ? { ...options, categories } : options);

function overallReport(table: RatingTable, humans: readonly RatingColumn[], options: PairOptions): Overall {
  const withRatings = (least: number): number[] =>
    table.units
      .map((_, unit) => unit)
      .filter(
        unit =>
          humans.filter(({ values }) => onScale(values[unit] ?? null, options.declared) !== null).length >=
          least,
      );
  const used = withRatings(2);
  const paired = sampleOf(table, humans, used, options);
  const rated = sampleOf(table, humans, withRatings(1), options);
  return {
    report: {
      raters: humans.map(human => human.name),
      n: paired.n,
      measures: {
        ...measuresOf(rated, overallRatedMeasures, options.text),
        ...measuresOf(paired, overallPairedMeasures, options.text),
      },
    },
    warnings: analysisWeights(table, humans, used).warnings,
    categories: rated.categories.kind === 'none' ? null : rated.categories.values,
  };
}
