import { analysisWeights } from './analysisWeights';
import type { Measures, PairPoint, PairReport } from './agreementReport';
import { binaryTable } from './binaryTable';
import { resamplingOf, type IntervalKind } from './bootstrap';
import { categorySetOf, type CategoryRule, type CategorySet } from './categorySet';
import { cautiousClusters, fewestClusters, withoutValue, type Measure } from './measure';
import {
  humanPairCutMeasures,
  humanPairMeasures,
  judgeCutMeasures,
  judgeMeasures,
  mainHumanPairMeasures,
  mainJudgeMeasures,
} from './measureLists';
import { distinctRows } from './distinctRows';
import { fileTargetOf } from './fileTarget';
import { unweightedTable, type Rating, type RatingColumn, type RatingTable } from './ratingTable';
import { counted } from './questions/estimateText';
import { clustersOf, scaledWeights, type Sample } from './sample';
import { unseenWarning } from './unseenSide';
import { columnCodes } from './columnCodes';
import type { SampleStrata } from './stratifiedVariance';
import { onScale, usableUnits, type LeftOut } from './usableUnits';

export interface PairOptions extends CategoryRule {
  /** Declared scale that ratings have to lie on, else null. */
  readonly declared: { readonly min: number; readonly max: number } | null;
  readonly thresholds: readonly number[];
  readonly text: boolean;
  readonly seed: number;
  /** The cluster jackknife where absent. */
  readonly ci?: IntervalKind;
  /** Of bootstrap intervals. */
  readonly resamples?: number;
  /** The units are a part of those drawn: how many of a stratum fall into it was left to chance. */
  readonly part?: true;
  /** What intervals are about: the items of the file, or new rollouts where absent. */
  readonly target?: 'file';
  /** The categories that were found on all the data, for a part of it. */
  readonly categories?: readonly (number | string)[];
}

/** Resamples of a bootstrap where nobody says how many. */
export const defaultResamples = 2000;

/** Rows from which on a report leaves the scatter's points out, and the list of what is not among them. */
const mostPoints = 10_000;

/** Agreement of a with b, the reference, on the items that both rated. The table's units are in order. */
export function pairReport(
  table: RatingTable,
  a: RatingColumn,
  b: RatingColumn,
  options: PairOptions,
): PairReport {
  const { used, excluded, leftOut } = usableUnits(table, [a, b], options.declared);
  const isListed = table.units.length <= mostPoints;
  const sample = sampleOf(table, [a, b], used, options);
  const judged = a.role === 'judge';
  const clusters = sample.clusters.length;
  const measures = measuresOf(sample, judged ? judgeMeasures : humanPairMeasures, options.text);
  const cuts = options.text ? [] : options.thresholds;
  const atCuts = cuts.map(cut => ({ cut, binary: cutSample(sample, cut) }));
  return {
    a: a.name,
    b: b.name,
    n: sample.n,
    clusters,
    ...(sample.equalWeights ? {} : { weighted: true }),
    excluded,
    measures,
    ...(sample.equalWeights ? {} : { unweighted: unweightedMeasures(table, [a, b], used, options) }),
    thresholds: atCuts.map(({ cut, binary }) => ({
      cut,
      table: binaryTable(binary),
      measures: measuresOf(binary, judged ? judgeCutMeasures : humanPairCutMeasures, false),
    })),
    ...confusionOf(sample),
    ...(options.text || !isListed ? {} : { points: pointsOf(table, a, b, used) }),
    ...(isListed && used.length < table.units.length ? { leftOut: idsOf(table, leftOut) } : {}),
    warnings: [
      ...analysisWeights(table, [a, b], used).warnings,
      ...warningsOf(sample, a, b),
      ...(options.text ? noCommonLabel(sample, a, b, used) : []),
      ...(judged ? atCuts.flatMap(({ cut, binary }) => unseenWarning(binary, cut)) : []),
    ],
  };
}

/** The units' ids, by cause. */
function idsOf({ units }: RatingTable, leftOut: LeftOut): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(leftOut).map(([cause, places]) => [cause, places.map(unit => units[unit]?.id ?? '')]),
  );
}

/** The main measures of the used items, each counting once. */
function unweightedMeasures(
  table: RatingTable,
  columns: readonly [RatingColumn, RatingColumn],
  used: readonly number[],
  options: PairOptions,
): Measures {
  const list = columns[0].role === 'judge' ? mainJudgeMeasures : mainHumanPairMeasures;
  return measuresOf(sampleOf(unweightedTable(table), columns, used, options), list, options.text);
}

/** Every measure that the ratings allow, in the list's order. */
export function measuresOf(sample: Sample, list: readonly Measure[], text: boolean): Measures {
  return Object.fromEntries(
    list
      .filter(measure => !text || measure.ratings === 'any')
      .map(measure => [measure.id, sample.n === 0 ? withoutValue('no items') : measure.of(sample)]),
  );
}

/** The sample of these units and columns, with analysis weights; missing ratings (only with more than two columns) are NaN. */
export function sampleOf(
  table: RatingTable,
  columns: readonly RatingColumn[],
  used: readonly number[],
  options: PairOptions,
): Sample {
  const ratings = columns.map(column =>
    used.map(unit => onScale(column.values[unit] ?? null, options.declared)),
  );
  const analysis = analysisWeights(table, columns, used).weights;
  const { weights, equal } = scaledWeights(analysis);
  const made: Sample = {
    columns: columnCodes(ratings, options.text),
    n: used.length,
    weights,
    equalWeights: equal,
    clusters: clustersOf(used.map(unit => table.units[unit]?.cluster ?? '')),
    categories: options.categories
      ? categoriesAsGiven(ratings, options.categories)
      : categorySetOf(ratings, options),
    ...(table.strata && !options.part ? { strata: strataOf(table, used, analysis) } : {}),
    seed: options.seed,
    ...(options.target ? { target: fileTargetOf(table, used, analysis, options.part ?? false) } : {}),
  };
  const sample = made.clusters.length === made.n ? { ...made, alike: distinctRows(made) } : made;
  const { ci = 'jackknife', resamples = defaultResamples } = options;
  if (ci === 'jackknife' || used.length === 0) return sample;
  const strata = table.strata
    ? clusterStrata(
        sample,
        used.map(unit => table.units[unit]?.stratum ?? ''),
      )
    : null;
  return { ...sample, resampling: resamplingOf(sample, ci, resamples, strata) };
}

function strataOf(table: RatingTable, used: readonly number[], weights: readonly number[]): SampleStrata {
  const names = used.map(unit => table.units[unit]?.stratum ?? '');
  const places = new Map([...new Set(names)].map((name, place) => [name, place]));
  const items = new Float64Array(places.size);
  const sizes = new Float64Array(places.size);
  const of = Int32Array.from(names, (name, item) => {
    const place = places.get(name) ?? 0;
    items[place] = (items[place] ?? 0) + 1;
    sizes[place] = (sizes[place] ?? 0) + (weights[item] ?? 0);
    return place;
  });
  return { of, fractions: items.map((count, place) => count / (sizes[place] ?? count)) };
}

/** The stratum of each cluster where none lies in two and each stratum has two clusters or more; else nothing. */
function clusterStrata({ clusters }: Sample, strata: readonly string[]): string[] | null {
  const own = clusters.map(items => strata[items[0] ?? 0] ?? '');
  const within = clusters.every((items, cluster) => items.every(item => strata[item] === own[cluster]));
  const single = own.some(stratum => own.indexOf(stratum) === own.lastIndexOf(stratum));
  return within && !single ? own : null;
}

/** Codes of the ratings in these categories; −1 where there is none. */
export function categoriesAsGiven(
  ratings: readonly (readonly Rating[])[],
  values: readonly (number | string)[],
): CategorySet {
  const place = new Map<Rating, number>(values.map((value, index) => [value, index]));
  const codes = ratings.map(column => Int32Array.from(column, rating => place.get(rating) ?? -1));
  return { kind: 'categories', values, codes };
}

/** The sample as 1 (score ≥ cut) and 0. */
export function cutSample(sample: Sample, cut: number): Sample {
  const columns = sample.columns.map(column => column.map(score => (score >= cut ? 1 : 0)));
  const codes = columns.map(column => Int32Array.from(column));
  return { ...sample, columns, categories: { kind: 'categories', values: [0, 1], codes } };
}

function confusionOf(sample: Sample): Pick<PairReport, 'confusion'> {
  if (sample.categories.kind === 'none') return {};
  const { values, codes } = sample.categories;
  const sums = (valueOf: (item: number) => number): number[][] => {
    const rows = values.map(() => values.map(() => 0));
    for (let item = 0; item < sample.n; item++) {
      const row = rows[codes[0]?.[item] ?? -1];
      const column = codes[1]?.[item] ?? -1;
      if (row) row[column] = (row[column] ?? 0) + valueOf(item);
    }
    return rows;
  };
  const weighted = sample.equalWeights ? {} : { weighted: sums(item => sample.weights[item] ?? 0) };
  return { confusion: { categories: values, counts: sums(() => 1), ...weighted } };
}

function pointsOf(
  table: RatingTable,
  a: RatingColumn,
  b: RatingColumn,
  used: readonly number[],
): PairPoint[] {
  return used.map(unit => ({
    unit: table.units[unit]?.id ?? '',
    a: Number(a.values[unit]),
    b: Number(b.values[unit]),
  }));
}

function warningsOf(sample: Sample, a: RatingColumn, b: RatingColumn): string[] {
  const warnings: string[] = [];
  const clusters = sample.clusters.length;
  if (sample.n === 0) return [`No item has a usable rating from both ${a.name} and ${b.name}.`];
  if (sample.target) {
    if (sample.target.refused !== null) warnings.push(`No interval: ${sample.target.refused}.`);
  } else if (clusters < fewestClusters) {
    warnings.push(`Only ${counted(clusters, 'cluster')}: no interval is given under ${fewestClusters}.`);
  } else if (clusters < cautiousClusters) {
    warnings.push(`Only ${counted(clusters, 'cluster')}: the intervals are rough under ${cautiousClusters}.`);
  }
  [a, b].forEach((column, index) => {
    const ratings = sample.columns[index];
    if (ratings?.every(rating => rating === ratings[0])) {
      warnings.push(`${column.name} gave every item the same rating.`);
    }
  });
  return warnings;
}

/** Labels that differ in case or spelling alone never agree: a pair without any label in common is told. */
function noCommonLabel(
  { columns }: Sample,
  a: RatingColumn,
  b: RatingColumn,
  used: readonly number[],
): string[] {
  const [first] = used;
  if (first === undefined) return [];
  const labels = new Set(columns[0]);
  if (columns[1]?.some(label => labels.has(label))) return [];
  const quoted = [a, b].map(({ name, values }) => `${name} “${String(values[first])}”`).join(', ');
  return [`${a.name} and ${b.name} have no label in common (for one item: ${quoted}): are they spelt alike?`];
}
