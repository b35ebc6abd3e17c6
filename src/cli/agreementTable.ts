import { basename } from 'node:path';
import { compareRatings } from '../core/agreement/orderedTable';
import type { AveragedRows } from '../core/agreement/agreementReport';
import type { ScoreSpread } from '../core/agreement/observedRange';
import { partsOf, type GroupValues, type GroupedTable } from '../core/agreement/grouping';
import type { Rating, RatingTable } from '../core/agreement/ratingTable';
import { byCodeUnits } from '../core/agreement/sample';
import type { Csv } from '../core/csv/parseCsv';
import { averageOverUnits } from './averageOverUnits';
import { columnPlace, readCsv } from './csv';
import { inputFailure, usageFailure } from './failure';
import { isMissing, isNumber, ratingReader } from './tableCells';

export interface TableOptions {
  readonly judge: readonly string[];
  readonly human: readonly string[];
  readonly scale: { readonly min: number; readonly max: number } | null;
  readonly cluster?: string | undefined;
  readonly weight?: string | undefined;
  readonly unit?: string | undefined;
  /** Each is one grouping, by one column or several. */
  readonly groupBy?: readonly (readonly string[])[] | undefined;
}

/** One CSV row's use: its ratings in the order judges, humans. */
export interface RatedRow {
  readonly row: number;
  readonly unit: string;
  readonly cluster: string;
  readonly weight: number;
  readonly ratings: readonly Rating[];
  /** Values of the columns of each grouping. */
  readonly groups: readonly GroupValues[];
}

/** Ratings of a CSV file, one row a unit (or `unit`'s rows averaged). Rows are ordered by content, not by place. */
export async function readRatingTable(file: string, options: TableOptions): Promise<GroupedTable> {
  return ratingTableOf(await readCsv(file), file, options);
}

export function ratingTableOf(csv: Csv, file: string, options: TableOptions): GroupedTable {
  const judges = namesOf(options.judge, csv);
  const humans = namesOf(options.human, csv);
  const names = [...judges, ...humans];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw usageFailure(`the column "${twice}" is asked for twice`);
  if (names.length < 2)
    throw usageFailure('one column of ratings has nothing to agree with: name a second one');
  if (csv.rows.length === 0) throw inputFailure(`${file}: no rows below the header`);
  const { rows, notes } = ratedRows(csv, names, file, options);
  const sorted = [...rows].sort(compareRows);
  const tableOf = (own: readonly RatedRow[]) => tableOfRows(own, options, file, names, judges.length);
  const { table, averagedRows, spread } = tableOf(sorted);
  const groupTable = (own: readonly RatedRow[]) => {
    const { table: part, averagedRows: averaged } = tableOf(own);
    return { table: part, ...(averaged ? { averagedRows: averaged } : {}) };
  };
  return {
    ...table,
    ...(averagedRows ? { averagedRows, spread } : {}),
    notes: [...csv.notes, ...notes, ...repeatedIds(csv, names, options)],
    ...(options.groupBy
      ? {
          groups: options.groupBy.flatMap((fields, index) =>
            partsOf(sorted.map(({ groups }) => groups[index] ?? [])).map(({ value, places }) => ({
              by: fields.join(', '),
              value,
              ...groupTable(places.flatMap(place => sorted[place] ?? [])),
            })),
          ),
        }
      : {}),
  };
}

/** The table of these rows, which are in order. */
function tableOfRows(
  sorted: readonly RatedRow[],
  options: TableOptions,
  file: string,
  names: readonly string[],
  judges: number,
): { table: RatingTable; averagedRows?: AveragedRows; spread: ScoreSpread | null } {
  const units = options.unit === undefined ? null : averageOverUnits(sorted, options, file, names);
  const rows = units?.rows ?? sorted;
  const digits = String(rows.length).length;
  const idOf = (row: RatedRow, place: number) =>
    row.unit || `sorted-${String(place + 1).padStart(digits, '0')}`;
  const table: RatingTable = {
    units: rows.map((row, place) => ({
      id: idOf(row, place),
      cluster: options.cluster === undefined ? idOf(row, place) : row.cluster,
      weight: row.weight,
    })),
    clusterBy: options.cluster ?? options.unit ?? 'row',
    columns: names.map((name, index) => ({
      name,
      role: index < judges ? 'judge' : 'human',
      values: rows.map(({ ratings }) => ratings[index] ?? null),
    })),
    scale: options.scale,
    ...(options.unit === undefined ? {} : { averaged: true }),
    source: {
      table: basename(file),
      rows: sorted.length,
      ...(options.cluster === undefined ? {} : { cluster: options.cluster }),
      ...(options.weight === undefined ? {} : { weight: options.weight }),
      ...(options.unit === undefined ? {} : { unit: options.unit }),
    },
    notes: [],
  };
  return { table, ...(units ? { averagedRows: units.averaged } : {}), spread: units?.spread ?? null };
}

const idNames = new Set(['id', 'item', 'item_id', 'itemid', 'unit', 'unit_id', 'example', 'example_id']);

/** A column that looks like the items' ids and names one several times, where rows are units all the same. */
function repeatedIds(csv: Csv, names: readonly string[], options: TableOptions): string[] {
  if (options.unit !== undefined) return [];
  const used = [...names, options.cluster, options.weight, ...(options.groupBy ?? []).flat()];
  return csv.header.flatMap((column, place) => {
    if (!idNames.has(column.toLowerCase()) || used.includes(column)) return [];
    const ids = csv.rows.flatMap(({ cells }) => cells[place] || []);
    const repeated = ids.length - new Set(ids).size;
    if (repeated === 0) return [];
    return [
      `${repeated} rows repeat an earlier row's "${column}": each row counts as an item of its own; --unit ${column} averages them, --cluster ${column} takes them as one cluster.`,
    ];
  });
}

/** Column names of an option: each as it stands if such a column exists, else split at commas. */
function namesOf(values: readonly string[], { header }: Csv): string[] {
  return values.flatMap(value =>
    header.includes(value) ? [value] : value.split(',').map(name => name.trim()),
  );
}

function ratedRows(csv: Csv, names: readonly string[], file: string, options: TableOptions) {
  const places = names.map(name => columnPlace(csv, name, file));
  const [unit, cluster, weight] = [options.unit, options.cluster, options.weight].map(name =>
    name === undefined ? null : columnPlace(csv, name, file),
  );
  const needed = (cells: readonly string[], place: number, row: number) => {
    const cell = cells[place] ?? '';
    if (cell === '') throw inputFailure(`${file}: row ${row}: "${csv.header[place] ?? ''}" is blank`);
    return cell;
  };
  const groupings = (options.groupBy ?? []).map(fields => fields.map(name => columnPlace(csv, name, file)));
  const texts = csv.rows.map(({ row, cells }) => ({
    row,
    groups: groupings.map(fields => fields.map(place => groupText(cells[place] ?? ''))),
    unit: unit == null ? '' : needed(cells, unit, row),
    cluster: cluster == null ? '' : needed(cells, cluster, row),
    weight: weight == null ? 1 : weightOf(needed(cells, weight, row), csv.header[weight] ?? '', row, file),
    cells: places.map(place => cells[place] ?? ''),
  }));
  const { rating, notes } = ratingReader(texts, names, file, options.scale !== null);
  const rows: RatedRow[] = texts.map(({ cells, ...rest }) => ({ ...rest, ratings: cells.map(rating) }));
  return { rows, notes };
}

function weightOf(cell: string, column: string, row: number, file: string): number {
  const weight = isNumber(cell) ? Number(cell) : NaN;
  if (weight > 0 && Number.isFinite(weight)) return weight;
  throw inputFailure(`${file}: row ${row}: "${cell}" in "${column}" is no positive weight`);
}

const groupText = (cell: string): string | null => (isMissing(cell) ? null : cell);

/** Order by what the rows hold, so that a shuffled file gives the same bytes. */
function compareRows(left: RatedRow, right: RatedRow): number {
  const bySide = byCodeUnits(left.unit, right.unit) || byCodeUnits(left.cluster, right.cluster);
  if (bySide !== 0) return bySide;
  if (left.weight !== right.weight) return left.weight - right.weight;
  for (let index = 0; index < left.ratings.length; index++) {
    const byRating = compareRatings(left.ratings[index] ?? null, right.ratings[index] ?? null);
    if (byRating !== 0) return byRating;
  }
  return left.groups.length === 0
    ? 0
    : byCodeUnits(JSON.stringify(left.groups), JSON.stringify(right.groups));
}
