import { unparse } from 'papaparse';

export type Cell = string | number | boolean | null;

/** A line of a CSV table, with its line feed. Cells that a spreadsheet would take for a formula stand behind an apostrophe. */
export function csvLine(cells: readonly Cell[]): string {
  return `${unparse([cells.map(safeCell)], { newline: '\n' })}\n`;
}

/** Numbers stay what they are, also below 0 and where they are text. UTF-8 has no lone surrogates, and readers stop at a zero. */
function safeCell(cell: Cell): Cell {
  if (typeof cell !== 'string') return cell;
  const text = cell.toWellFormed().replaceAll('\0', '\ufffd');
  const isNumber = text.trim() !== '' && Number.isFinite(Number(text));
  return !isNumber && /^\s*[=+\-@]|^[\t\r]/.test(text) ? `'${text}` : text;
}
