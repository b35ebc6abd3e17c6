import { analysisWeights } from './analysisWeights';
import type { AgreementReport, OverallReport, PairReport } from './agreementReport';
import type { IntervalKind } from './bootstrap';
import type { GroupedTable } from './grouping';
import { overallPairedMeasures, overallRatedMeasures } from './measureLists';
import { sixDigits } from './numberText';
import { orderedTable } from './orderedTable';
import { measuresOf, onScale, pairReport, sampleOf, type PairOptions } from './pairReport';
import { questionsOf, type QuestionInput } from './questions/questionsOf';
import type { RatingColumn, RatingTable } from './ratingTable';

export interface AgreementOptions {
  /** Cuts T of "score ≥ T". */
  readonly thresholds: readonly number[];
  readonly categories: 'scale' | 'observed';
  readonly seed: number;
  readonly resamples: number;
  /** How intervals are made: the cluster jackknife unless told. */
  readonly ci?: IntervalKind;
  /** Of the program, for the methods paragraph. */
  readonly version?: string;
  /** Answers the seven questions too, with what is known of the run: nothing of a table of ratings. */
  readonly run?: RunFacts;
}

export type RunFacts = Omit<QuestionInput, 'table' | 'judges' | 'thresholds' | 'seed'>;

/**
 * Every judge against every human, every pair of humans, and all humans together; the same for each group where the
 * table has groups. Pure: the same table, the same report.
 */
export function reportAgreement(table: GroupedTable, options: AgreementOptions): AgreementReport {
  const ordered = orderedTable(table);
  const text =
    !table.scale && ordered.columns.some(({ values }) => values.some(value => typeof value === 'string'));
  const observed = table.scale || text ? null : observedRange(ordered.columns);
  const { ci = 'jackknife', resamples, seed, version } = options;
  const pairOptions: PairOptions = {
    mode: options.categories,
    scale: table.scale ?? observed,
    averaged: table.averaged ?? false,
    declared: table.scale,
    thresholds: options.thresholds,
    text,
    seed,
    ci,
    resamples,
  };
  const whole = comparisonsOf(ordered, pairOptions);
  const groups = (table.groups ?? []).map(group => ({
    group,
    made: comparisonsOf(orderedTable(group.table), { ...pairOptions, part: true }, whole),
  }));
  return {
    source: table.source,
    scale: table.scale ?? observed,
    seed,
    resamples,
    ci,
    ...(version === undefined ? {} : { version }),
    clusterBy: table.clusterBy,
    pairs: whole.pairs,
    ...(whole.overall ? { overall: whole.overall.report } : {}),
    ...(table.groups
      ? {
          groups: groups.map(({ group: { by, value }, made: { pairs, overall } }) => ({
            by,
            value,
            // The points of all groups are those of the whole.
            pairs: pairs.map(({ points: _, ...pair }) => pair),
            ...(overall ? { overall: overall.report } : {}),
          })),
        }
      : {}),
    ...(options.run
      ? {
          questions: questionsOf({
            ...options.run,
            table: ordered,
            judges: ordered.columns.filter(({ role }) => role === 'judge').map(({ name }) => name),
            thresholds: options.thresholds,
            seed,
          }),
        }
      : {}),
    ...(table.subset ? { subset: table.subset } : {}),
    notes: [
      ...table.notes,
      ...(whole.overall?.warnings ?? []).map(warning => `All raters together: ${warning}`),
      ...groups.flatMap(({ group: { by, value }, made: { overall } }) =>
        (overall?.warnings ?? []).map(
          warning => `All raters together, ${by} ${value ?? '(none)'}: ${warning}`,
        ),
      ),
      ...notesOf(observed, text, options),
      ...scaleNotes(ordered, text),
    ],
  };
}

interface Comparisons {
  readonly pairs: readonly PairReport[];
  readonly overall: Overall | null;
}

interface Overall {
  readonly report: OverallReport;
  readonly warnings: readonly string[];
  readonly categories: readonly (number | string)[] | null;
}

/** All comparisons of a table; those of a part of it in the categories of the whole. */
function comparisonsOf(table: RatingTable, options: PairOptions, whole?: Comparisons): Comparisons {
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
    pairs: sides.map(([a, b], index) =>
      pairReport(table, a, b, inCategories(options, whole?.pairs[index]?.confusion?.categories)),
    ),
    overall:
      new Set(raters.map(raterOf)).size < 2
        ? null
        : overallReport(table, raters, inCategories(options, whole?.overall?.categories)),
  };
}

const inCategories = (
  options: PairOptions,
  categories: readonly (number | string)[] | null | undefined,
): PairOptions => (categories ? { ...options, categories } : options);

const raterOf = ({ name, rater }: RatingColumn): string => rater ?? name;

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

function observedRange(columns: readonly RatingColumn[]) {
  let min = Infinity;
  let max = -Infinity;
  for (const { values } of columns) {
    for (const value of values) {
      if (typeof value !== 'number') continue;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }
  return min <= max ? { min, max, observed: true } : null;
}

function notesOf(
  observed: { readonly min: number; readonly max: number } | null,
  text: boolean,
  options: AgreementOptions,
): string[] {
  const notes: string[] = [];
  if (observed)
    notes.push(
      `No scale was declared: ${sixDigits(observed.min)} to ${sixDigits(observed.max)} is the observed range.`,
    );
  if (options.categories === 'observed')
    notes.push('Categories are the distinct ratings observed, equally spaced.');
  if (text) notes.push('The ratings are text labels: only measures for unordered categories are given.');
  if (text && options.thresholds.length > 0)
    notes.push('Thresholds are left out: text labels have no order.');
  return notes;
}

/** Ranges this many times apart look like two scales. */
const apart = 4;

/** Where no scale is declared and one column's scores go much further than another's: they are compared as they stand. */
function scaleNotes({ scale, columns }: RatingTable, text: boolean): string[] {
  if (scale || text) return [];
  const ranges = columns.flatMap(column => {
    const range = observedRange([column]);
    return range
      ? [{ ...range, name: column.name, size: Math.max(Math.abs(range.min), Math.abs(range.max)) }]
      : [];
  });
  const sorted = ranges.toSorted((left, right) => left.size - right.size);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (!least || !most || least.size === 0 || most.size < apart * least.size) return [];
  return [
    `The scores of ${least.name} go from ${sixDigits(least.min)} to ${sixDigits(least.max)}, those of ${most.name} from ${sixDigits(most.min)} to ${sixDigits(most.max)}: if these are two scales, the numbers compare them as they stand; --scale leaves out what is off one.`,
  ];
}
