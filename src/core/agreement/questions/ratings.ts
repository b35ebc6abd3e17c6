import { analysisWeights } from '../analysisWeights';
import { categorySetOf, type CategoryRule } from '../categorySet';
import { columnCodes } from '../columnCodes';
import { observedRange } from '../observedRange';
import { orderedTable } from '../orderedTable';
import type { RatingColumn, RatingTable } from '../ratingTable';
import { clustersOf, scaledWeights, type Sample } from '../sample';
import { onScale } from '../usableUnits';

/** The ratings that all questions go by: units in order, what is off the scale taken out, text as codes. */
export interface Ratings {
  readonly table: RatingTable;
  readonly text: boolean;
  readonly scale: CategoryRule['scale'];
  readonly categories: CategoryRule['mode'];
  readonly judge: Scores | null;
  /** Every human column that is a rater's own. */
  readonly raters: readonly Scores[];
  /** What stands for the human against the judge: the raters, or the consensus where it alone was asked for. */
  readonly humans: readonly Scores[];
  readonly thresholds: readonly number[];
  readonly seed: number;
}

export interface Scores {
  readonly name: string;
  /** Whose scores: one rater's may stand in several columns, one a version of the rubric. */
  readonly rater: string;
  readonly column: RatingColumn;
  /** By unit; NaN where there is no usable score. */
  readonly scores: Float64Array;
}

export interface RatingsInput {
  readonly table: RatingTable;
  /** Names of judge columns; the first is the one that the questions are about. */
  readonly judges: readonly string[];
  readonly thresholds: readonly number[];
  readonly seed: number;
  /** Those of the scale unless told. */
  readonly categories?: CategoryRule['mode'];
}

/** Reads a table once for all questions. */
export function ratingsOf({
  table: given,
  judges,
  thresholds,
  seed,
  categories = 'scale',
}: RatingsInput): Ratings {
  const table = orderedTable(given);
  const text =
    !table.scale && table.columns.some(({ values }) => values.some(value => typeof value === 'string'));
  const values = table.columns.map(column => column.values.map(value => onScale(value, table.scale)));
  const codes = columnCodes(values, text);
  const columns = table.columns.map((column, index): Scores => ({
    name: column.name,
    rater: column.rater ?? column.name,
    column,
    scores: codes[index] ?? new Float64Array(),
  }));
  const judged = columns.filter(({ column }) => column.role === 'judge');
  const humans = columns.filter(({ column }) => column.role === 'human');
  const raters = humans.filter(({ column }) => !column.judgeOnly);
  return {
    table,
    text,
    categories,
    scale: table.scale ?? (text ? null : observedRange(codes)),
    judge: judged.find(({ name }) => name === judges[0]) ?? null,
    raters,
    humans: raters.length > 0 ? raters : humans,
    thresholds,
    seed,
  };
}

/** The units of which every one of the columns has a score. */
export function unitsWithAll({ table }: Ratings, columns: readonly Scores[]): number[] {
  return table.units
    .map((_, unit) => unit)
    .filter(unit => columns.every(({ scores }) => !Number.isNaN(scores[unit] ?? NaN)));
}

/** How many of the columns have a score of the unit. */
export function scoredBy(columns: readonly Scores[], unit: number): number {
  return columns.filter(({ scores }) => !Number.isNaN(scores[unit] ?? NaN)).length;
}

/** A sample of these units with these weights; a missing score is NaN. */
export function sampleOf(
  { table, text, scale, categories: mode, seed }: Ratings,
  columns: readonly Scores[],
  used: readonly number[],
  weights: readonly number[],
): Sample {
  const scores = columns.map(column => Float64Array.from(used, unit => column.scores[unit] ?? NaN));
  const scaled = scaledWeights(weights);
  const categories = categorySetOf(
    scores.map(column => Array.from(column, score => (Number.isNaN(score) ? null : score))),
    { mode: text ? 'observed' : mode, scale, averaged: table.averaged ?? false },
  );
  return {
    columns: scores,
    n: used.length,
    weights: scaled.weights,
    equalWeights: scaled.equal,
    clusters: clustersOf(used.map(unit => table.units[unit]?.cluster ?? '')),
    categories,
    seed,
  };
}

export interface RunWeights {
  /** Of the used units; all 1 where the run can't be spoken of. */
  readonly weights: readonly number[];
  readonly warnings: readonly string[];
  /** Why the numbers are not of the run, in a sentence. */
  readonly refused: string | null;
}

/** Weights that make the used units speak for the run, or the reason why they don't. */
export function runWeights(
  { table }: Ratings,
  columns: readonly Scores[],
  used: readonly number[],
): RunWeights {
  const even = used.map(() => 1);
  const refused = refuseRun(table);
  if (refused !== null) return { weights: even, warnings: [], refused };
  const { weights, warnings } = analysisWeights(
    table,
    columns.map(({ column }) => column),
    used,
  );
  const given = table.units.some(({ weight }) => weight !== 1);
  if (table.strata && given && used.length > 0 && weights.every(weight => weight === 1))
    return { weights, warnings: [], refused: warnings.join(' ') };
  return { weights, warnings, refused: null };
}

function refuseRun({ subset, units, strata }: RatingTable): string | null {
  if (subset?.unfit)
    return 'The subset’s design has no inclusion probabilities: the numbers describe the labelled items only.';
  if (subset?.design.kind === 'negative-audit')
    return 'The subset is of the items that the judge scored under the cut: no number is of the whole run.';
  if (!subset && !strata && units.every(({ weight }) => weight === units[0]?.weight))
    return 'The items are no probability sample of a run: the numbers describe them alone.';
  return null;
}
