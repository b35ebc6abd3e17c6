import { parse } from 'papaparse';

/** A CSV file: its header and the rows under it, each as long as the header; `row` counts data rows from 1. */
export interface Csv {
  readonly header: readonly string[];
  readonly rows: readonly CsvRow[];
  readonly notes: readonly string[];
}

export interface CsvRow {
  readonly row: number;
  /** Without the white space around them. */
  readonly cells: readonly string[];
}

/** Reads comma, semicolon or tab separated text. Blank lines are skipped; for what doesn't fit, a clause says why and in which row. */
export function parseCsv(text: string): Csv | { readonly reason: string } {
  const plain = text.replace(/^\uFEFF/, '');
  if (plain.includes('\0')) return { reason: 'not UTF-8 text (it holds zero bytes)' };
  const parsed = parse<string[]>(plain, { delimiter: delimiterOf(plain) });
  const error = parsed.errors.find(({ type }) => type === 'Quotes');
  if (error)
    return { reason: `row ${String(error.row ?? 0)}: a quoted field is not closed or goes on after its end` };
  const lines = parsed.data.map((cells, row) => ({ row, cells }));
  const [head, ...body] = lines.filter(
    ({ cells }) => cells.some(cell => cell.trim() !== '') || cells.length > 1,
  );
  if (!head) return { reason: 'the file is empty' };
  const header = head.cells.map(name => name.trim());
  const rows: CsvRow[] = [];
  let short = 0;
  for (const { row: line, cells } of body) {
    const row = line - head.row;
    if (cells.slice(header.length).some(cell => cell.trim() !== '')) {
      return {
        reason: `row ${String(row)} has ${String(cells.length)} fields, the header ${String(header.length)}: is a comma unquoted?`,
      };
    }
    if (cells.length < header.length) short++;
    rows.push({ row, cells: header.map((_, index) => (cells[index] ?? '').trim()) });
  }
  const notes =
    short > 0 ? [`${String(short)} rows have fewer fields than the header; the rest counts as missing.`] : [];
  return { header, rows, notes };
}

/** The delimiter that the first line has most of outside its quotes. (papaparse's own guess fails on short tables.) */
function delimiterOf(text: string): ',' | ';' | '\t' {
  const line = /^\s*(.*)/.exec(text.replace(/"[^"]*"/g, ''))?.[1] ?? '';
  const count = (delimiter: string): number => line.split(delimiter).length;
  const [best] = ([',', ';', '\t'] as const).toSorted((left, right) => count(right) - count(left));
  return best ?? ',';
}

/** Place of a column, or in a clause why there is no telling: it is not there, or stands twice. */
export function findColumn(header: readonly string[], name: string): number | { readonly reason: string } {
  const place = header.indexOf(name);
  if (place < 0) return { reason: `no column "${name}"; the columns are ${header.join(', ')}` };
  if (header.indexOf(name, place + 1) >= 0) return { reason: `the column "${name}" stands twice` };
  return place;
}
