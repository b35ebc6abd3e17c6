import { readFile } from 'node:fs/promises';
import { findColumn, parseCsv } from '../core/csv/parseCsv';
import type { Csv } from '../core/csv/parseCsv';
import { ioReason } from '../disk/ioReason';
import { inputFailure } from './failure';

/** Reads a CSV file in UTF-8; what doesn't fit is refused by file and row. */
export async function readCsv(file: string): Promise<Csv> {
  const csv = parseCsv(await readCsvText(file));
  if ('reason' in csv) throw inputFailure(`${file}: ${csv.reason}`);
  return csv;
}

/** The text of a CSV file. */
export async function readCsvText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw inputFailure(`${file}: cannot be read: ${ioReason(error)}`);
  });
  return new TextDecoder().decode(bytes);
}

/** Place of a column; refuses a name that is not there or stands twice. */
export function columnPlace(csv: Csv, name: string, file: string): number {
  const place = findColumn(csv.header, name);
  if (typeof place !== 'number') throw inputFailure(`${file}: ${place.reason}`);
  return place;
}
