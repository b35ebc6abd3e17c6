import type { Rating } from '../core/agreement/ratingTable';
import { inputFailure } from './failure';

/** The cells of the rating columns in one row of a table. */
export interface CellRow {
  readonly row: number;
  readonly cells: readonly string[];
}

/**
 * How the cells of a table's rating columns are read, and what has to be known of it: as numbers, or all as text where one is
 * no number and no scale is declared. Refuses numbers that can't be reckoned with.
 */
export function ratingReader(
  rows: readonly CellRow[],
  names: readonly string[],
  file: string,
  scaled: boolean,
) {
  refuseUnusable(rows, names, file);
  let count = 0;
  // The lowest, not the first: rows in another order have to give the same bytes.
  let lowest: string | null = null;
  for (const { cells } of rows) {
    for (const cell of cells) {
      if (isMissing(cell) || isNumber(cell)) continue;
      count++;
      if (lowest === null || cell < lowest) lowest = cell;
    }
  }
  const asText = lowest !== null && !scaled;
  const rating = (cell: string): Rating => {
    if (isMissing(cell)) return null;
    return isNumber(cell) && !asText ? Number(cell) : cell;
  };
  return {
    rating,
    notes: lowest === null ? [] : [cellNote(count, lowest, asText), ...commaNotes(rows, names)],
  };
}

function cellNote(count: number, cell: string, asText: boolean): string {
  const quoted = `"${shortened(cell)}"`;
  const cells =
    count === 1 ? `1 cell is no number, ${quoted}` : `${count} cells are no numbers, such as ${quoted}`;
  return asText
    ? `Ratings are read as text, since not all are numbers: ${cells}.`
    : `${cells}: off the scale.`;
}

/** A column of numbers in the manner of half the world. */
function commaNotes(rows: readonly CellRow[], names: readonly string[]): string[] {
  return names.flatMap((name, place) => {
    const cells = rows.flatMap(({ cells: all }) => all[place] ?? []).filter(cell => !isMissing(cell));
    if (cells.length === 0 || !cells.every(cell => /^[+-]?\d+,\d+$/.test(cell))) return [];
    const lowest = cells.reduce((low, cell) => (cell < low ? cell : low));
    return [`Every rating in "${name}" is like "${shortened(lowest)}": decimals are written with a point.`];
  });
}

/** Numbers that no score can be, or that would not be the ones in the file any more: a fault of whatever wrote the table. */
function refuseUnusable(rows: readonly CellRow[], names: readonly string[], file: string): void {
  for (const { row, cells } of rows) {
    cells.forEach((cell, place) => {
      const why = whyUnusable(cell);
      if (why !== null)
        throw inputFailure(`${file}: row ${row}: "${shortened(cell)}" in "${names[place] ?? ''}" ${why}`);
    });
  }
}

/** Sums of fourth powers of such numbers stay finite. */
const greatest = 1e70;

function whyUnusable(cell: string): string | null {
  if (isInfinite(cell)) return 'is no finite number';
  if (!isNumber(cell)) return null;
  const value = Number(cell);
  if (/^[+-]?\d+(\.0*)?$/.test(cell) && !Number.isSafeInteger(value))
    return 'is a whole number of more digits than can be kept';
  return Math.abs(value) > greatest ? 'is too great to be reckoned with' : null;
}

function isInfinite(cell: string): boolean {
  return /^[+-]?inf(inity)?$/i.test(cell) || (numeric.test(cell) && !Number.isFinite(Number(cell)));
}

const missing = new Set(['', '.', 'na', 'nan', '+nan', '-nan', 'null', '#n/a']);

export function isMissing(cell: string): boolean {
  return missing.has(cell.toLowerCase());
}

const numeric = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

export function isNumber(cell: string): boolean {
  return numeric.test(cell) && Number.isFinite(Number(cell));
}

function shortened(text: string): string {
  return text.length > 30 ? `${text.slice(0, 29)}…` : text;
}
