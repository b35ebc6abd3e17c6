/** A JSON line as an object, or why it is none. Reasons name a cause and a place and never quote the line. */
export type ParsedRecord = { readonly record: Record<string, unknown>; readonly note?: string } | { readonly reason: string };

// Strings first, so that a NaN inside one is passed over; unrolled, so that a string of megabytes needs no backtracking.
const stringOrBareWord = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\bInfinity\b|\bNaN\b/gs;

/** Parses one line. Bare NaN and Infinity, as Python writes them, are read as null and noted. */
export function parseRecord(text: string): ParsedRecord {
  let value: unknown;
  let note: string | undefined;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const repaired = text.replace(stringOrBareWord, token => (token.startsWith('"') ? token : 'null'));
    if (repaired === text) return { reason: syntaxReason(error) };
    try {
      value = JSON.parse(repaired);
      note = 'bare NaN or Infinity, which JSON does not have, is read as null';
    } catch {
      return { reason: syntaxReason(error) };
    }
  }
  if (Array.isArray(value)) return { reason: 'not an object: an array' };
  if (typeof value !== 'object' || value === null) return { reason: `not an object: ${value === null ? 'null' : `a ${typeof value}`}` };
  return note === undefined ? { record: value as Record<string, unknown> } : { record: value as Record<string, unknown>, note };
}

/** V8's messages quote the text around the error; only their kind and position may leave this function. */
function syntaxReason(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (/Unexpected end|Unterminated string/.test(message)) return 'not valid JSON: the line ends in the middle of a value (cut short?)';
  const position = /at position (\d+)/.exec(message)?.[1];
  return position === undefined ? 'not valid JSON' : `not valid JSON at column ${String(Number(position) + 1)}`;
}
