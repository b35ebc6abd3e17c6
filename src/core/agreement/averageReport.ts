import type { AverageReport } from './agreementReport';
import { resamplingOf } from './bootstrap';
import { categorySetOf } from './categorySet';
import { columnCodes } from './columnCodes';
import { distinctRows } from './distinctRows';
import { withoutInterval } from './measure';
import { judgeCutMeasures, judgeMeasures } from './measureLists';
import {
  categoriesAsGiven,
  cutSample,
  defaultResamples,
  measuresOf,
  sampleOf,
  type PairOptions,
} from './pairReport';
import { raterOf, type RatingColumn, type RatingTable } from './ratingTable';
import { clustersOf, type Sample } from './sample';
import { onScale, usableUnits } from './usableUnits';

/** Raters with fewer usable items are no part of an average over raters. */
export const fewestForAverage = 30;

/** An average, and the categories that it was made in. */
export interface Average {
  readonly report: AverageReport;
  readonly categories: readonly (number | string)[] | null;
}

/**
 * The judge against the average rater: each measure is the unweighted mean of its values for the raters with 30 usable items
 * or more, with one interval for it, clusters left out of all raters at once. `null` with fewer than two such raters.
 */
export function averageReport(
  table: RatingTable,
  judge: RatingColumn,
  humans: readonly RatingColumn[],
  options: PairOptions,
): Average | null {
  const parts = humans
    .map(human => ({ human, used: usableUnits(table, [judge, human], options.declared).used }))
    .filter(({ used }) => used.length >= fewestForAverage);
  if (new Set(parts.map(({ human }) => raterOf(human))).size < 2) return null;
  const sample = stackedSample(table, judge, parts, options);
  const clusters = sample.clusters.length;
  const measured = (of: Sample, list: typeof judgeMeasures) =>
    withoutItemBootstrap(measuresOf(of, list, options.text), options);
  return {
    report: {
      judge: judge.name,
      raters: parts.map(({ human }) => human.name),
      n: new Set(parts.flatMap(({ used }) => used)).size,
      clusters,
      measures: measured(sample, judgeMeasures),
      thresholds: (options.text ? [] : options.thresholds).map(cut => ({
        cut,
        measures: measured(cutSample(sample, cut), judgeCutMeasures),
      })),
    },
    categories: sample.categories.kind === 'none' ? null : sample.categories.values,
  };
}

/** A rater, and the units that the rater and the judge rated. */
export interface RaterPart {
  readonly human: RatingColumn;
  readonly used: readonly number[];
}

/** The items of each rater with the judge, one rater's below another's, with that pair's own weights. */
export function stackedSample(
  table: RatingTable,
  judge: RatingColumn,
  parts: readonly RaterPart[],
  options: PairOptions,
): Sample {
  const units = parts.flatMap(({ used }) => used);
  const ratings = [
    units.map(unit => onScale(judge.values[unit] ?? null, options.declared)),
    parts.flatMap(({ human, used }) =>
      used.map(unit => onScale(human.values[unit] ?? null, options.declared)),
    ),
  ];
  const { ci = 'jackknife', resamples = defaultResamples, ...plain } = options;
  const weights = parts.flatMap(({ human, used }) => [
    ...sampleOf(table, [judge, human], used, { ...plain, ci: 'jackknife' }).weights,
  ]);
  const made = {
    columns: columnCodes(ratings, options.text),
    n: units.length,
    weights: Float64Array.from(weights),
    // No interval of one pair of raters with independent items is one of their average.
    equalWeights: false,
    clusters: clustersOf(units.map(unit => table.units[unit]?.cluster ?? '')),
    categories: options.categories
      ? categoriesAsGiven(ratings, options.categories)
      : categorySetOf(ratings, options),
    seed: options.seed,
    ...(options.target ? { target: { refused: noAverageOfFile } } : {}),
    raters: {
      names: parts.map(({ human }) => human.name),
      of: Int32Array.from(parts.flatMap(({ used }, place) => used.map(() => place))),
    },
  };
  // Rows of different raters go to different sums, however alike they are.
  const columns = [...made.columns, Float64Array.from(made.raters.of)];
  const sample: Sample = { ...made, alike: distinctRows({ ...made, columns }) };
  return ci === 'jackknife' || ci === 'item-bootstrap'
    ? sample
    : { ...sample, resampling: resamplingOf(sample, ci, resamples) };
}

const noAverageOfFile = '--target file gives no interval to an average over raters';

/** Items drawn singly are one rater's each: what raters share in an item would be lost. */
function withoutItemBootstrap(measures: AverageReport['measures'], { ci }: PairOptions) {
  if (ci !== 'item-bootstrap') return measures;
  return Object.fromEntries(
    Object.entries(measures).map(([id, measured]) => [
      id,
      measured.value === null
        ? measured
        : withoutInterval(measured.value, 'no interval: single items say nothing of an average over raters'),
    ]),
  );
}
