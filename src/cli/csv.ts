import { readFile } from 'node:fs/promises';
import { parse } from 'papaparse';
import { inputFailure } from './failure';

/** A CSV file: its header and the rows under it, each as long as the header; `row` counts data rows from 1. */
export interface Csv {
  readonly header: readonly string[];
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[];
  readonly notes: readonly string[];
}

/** Reads comma, semicolon or tab separated text in UTF-8. Blank lines are skipped; what doesn't fit is refused by row. */
export async function readCsv(file: string): Promise<Csv> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw inputFailure(`${file}: cannot be read (${error.code ?? error.message})`);
  });
  if (bytes.includes(0)) throw inputFailure(`${file}: not UTF-8 text (it holds zero bytes)`);
  return parseCsv(new TextDecoder().decode(bytes), file);
}

/** The same from text; `file` names it in errors. */
export function parseCsv(text: string, file: string): Csv {
  const plain = text.replace(/^\uFEFF/, '');
  const parsed = parse<string[]>(plain, { delimiter: delimiterOf(plain) });
  const error = parsed.errors.find(({ type }) => type === 'Quotes');
  if (error)
    throw inputFailure(
      `${file}: row ${error.row ?? 0}: a quoted field is not closed or goes on after its end`,
    );
  const lines = parsed.data.map((cells, row) => ({ row, cells }));
  const [head, ...body] = lines.filter(
    ({ cells }) => cells.some(cell => cell.trim() !== '') || cells.length > 1,
  );
  if (!head) throw inputFailure(`${file}: the file is empty`);
  const header = head.cells.map(name => name.trim());
  let short = 0;
  const rows = body.map(({ row, cells }) => {
    if (cells.slice(header.length).some(cell => cell.trim() !== '')) {
      throw inputFailure(
        `${file}: row ${row - head.row} has ${cells.length} fields, the header ${header.length}: is a comma unquoted?`,
      );
    }
    if (cells.length < header.length) short++;
    return { row: row - head.row, cells: header.map((_, index) => (cells[index] ?? '').trim()) };
  });
  const notes =
    short > 0 ? [`${short} rows have fewer fields than the header; the rest counts as missing.`] : [];
  return { header, rows, notes };
}

/** The delimiter that the first line has most of outside its quotes. (papaparse's own guess fails on short tables.) */
function delimiterOf(text: string): ',' | ';' | '\t' {
  const line = /^\s*(.*)/.exec(text.replace(/"[^"]*"/g, ''))?.[1] ?? '';
  const count = (delimiter: string) => line.split(delimiter).length;
  const [best] = ([',', ';', '\t'] as const).toSorted((left, right) => count(right) - count(left));
  return best ?? ',';
}

/** Place of a column; refuses a name that is not there or stands twice. */
export function columnPlace(csv: Csv, name: string, file: string): number {
  const place = csv.header.indexOf(name);
  if (place < 0) throw inputFailure(`${file}: no column "${name}"; the columns are ${csv.header.join(', ')}`);
  if (csv.header.indexOf(name, place + 1) >= 0)
    throw inputFailure(`${file}: the column "${name}" stands twice`);
  return place;
}
