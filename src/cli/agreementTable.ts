import { basename } from 'node:path';
import { compareRatings } from '../core/agreement/orderedTable';
import type { Rating, RatingTable } from '../core/agreement/ratingTable';
import { byCodeUnits } from '../core/agreement/sample';
import type { Csv } from '../core/csv/parseCsv';
import { averageOverUnits } from './averageOverUnits';
import { columnPlace, readCsv } from './csv';
import { inputFailure, usageFailure } from './failure';

export interface TableOptions {
  readonly judge: readonly string[];
  readonly human: readonly string[];
  readonly scale: { readonly min: number; readonly max: number } | null;
  readonly cluster?: string | undefined;
  readonly weight?: string | undefined;
  readonly unit?: string | undefined;
}

/** One CSV row's use: its ratings in the order judges, humans. */
export interface RatedRow {
  readonly row: number;
  readonly unit: string;
  readonly cluster: string;
  readonly weight: number;
  readonly ratings: readonly Rating[];
}

/** Ratings of a CSV file, one row a unit (or `unit`'s rows averaged). Rows are ordered by content, not by place. */
export async function readRatingTable(file: string, options: TableOptions): Promise<RatingTable> {
  return ratingTableOf(await readCsv(file), file, options);
}

export function ratingTableOf(csv: Csv, file: string, options: TableOptions): RatingTable {
  const judges = namesOf(options.judge, csv);
  const humans = namesOf(options.human, csv);
  const names = [...judges, ...humans];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw usageFailure(`the column "${twice}" is asked for twice`);
  if (names.length < 2)
    throw usageFailure('one column of ratings has nothing to agree with: name a second one');
  const { rows, notes } = ratedRows(csv, names, file, options);
  const sorted = [...rows].sort(compareRows);
  const made =
    options.unit === undefined ? { rows: sorted, notes: [] } : averageOverUnits(sorted, options, file, names);
  const digits = String(made.rows.length).length;
  const idOf = (row: RatedRow, place: number) =>
    row.unit || `sorted-${String(place + 1).padStart(digits, '0')}`;
  return {
    units: made.rows.map((row, place) => ({
      id: idOf(row, place),
      cluster: options.cluster === undefined ? idOf(row, place) : row.cluster,
      weight: row.weight,
    })),
    clusterBy: options.cluster ?? options.unit ?? 'row',
    columns: names.map((name, index) => ({
      name,
      role: index < judges.length ? 'judge' : 'human',
      values: made.rows.map(({ ratings }) => ratings[index] ?? null),
    })),
    scale: options.scale,
    ...(options.unit === undefined ? {} : { averaged: true }),
    source: {
      table: basename(file),
      rows: rows.length,
      ...(options.cluster === undefined ? {} : { cluster: options.cluster }),
      ...(options.weight === undefined ? {} : { weight: options.weight }),
      ...(options.unit === undefined ? {} : { unit: options.unit }),
    },
    notes: [...csv.notes, ...notes, ...made.notes],
  };
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
  const texts = csv.rows.map(({ row, cells }) => ({
    row,
    unit: unit == null ? '' : needed(cells, unit, row),
    cluster: cluster == null ? '' : needed(cells, cluster, row),
    weight: weight == null ? 1 : weightOf(needed(cells, weight, row), csv.header[weight] ?? '', row, file),
    cells: places.map(place => cells[place] ?? ''),
  }));
  const label = texts.find(({ cells }) => cells.some(cell => !isMissing(cell) && !isNumber(cell)));
  const asText = label !== undefined && options.scale === null;
  const rating = (cell: string): Rating => {
    if (isMissing(cell)) return null;
    return isNumber(cell) && !asText ? Number(cell) : cell;
  };
  const rows: RatedRow[] = texts.map(({ cells, ...rest }) => ({ ...rest, ratings: cells.map(rating) }));
  const shown = label?.cells.find(cell => !isMissing(cell) && !isNumber(cell)) ?? '';
  const notes = asText
    ? [`Ratings are read as text, since not all are numbers (for one, "${shortened(shown)}").`]
    : [];
  return { rows, notes };
}

function weightOf(cell: string, column: string, row: number, file: string): number {
  const weight = isNumber(cell) ? Number(cell) : NaN;
  if (weight > 0 && Number.isFinite(weight)) return weight;
  throw inputFailure(`${file}: row ${row}: "${cell}" in "${column}" is no positive weight`);
}

const missing = new Set(['', '.', 'na', 'nan', 'null']);

function isMissing(cell: string): boolean {
  return missing.has(cell.toLowerCase());
}

function isNumber(cell: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell) && Number.isFinite(Number(cell));
}

function shortened(text: string): string {
  return text.length > 30 ? `${text.slice(0, 29)}…` : text;
}

/** Order by what the rows hold, so that a shuffled file gives the same bytes. */
function compareRows(left: RatedRow, right: RatedRow): number {
  const bySide = byCodeUnits(left.unit, right.unit) || byCodeUnits(left.cluster, right.cluster);
  if (bySide !== 0) return bySide;
  if (left.weight !== right.weight) return left.weight - right.weight;
  for (let index = 0; index < left.ratings.length; index++) {
    const byRating = compareRatings(left.ratings[index] ?? null, right.ratings[index] ?? null);
    if (byRating !== 0) return byRating;
  }
  return 0;
}
