import type { ByteSource } from './byteSource';
import type { JsonDocument } from './jsonDocument';
import { byte, peek, skipString, skipValue, take } from './jsonScan';
import type { JsonCursor } from './jsonScan';
import { stringText } from './jsonValue';
import { defaultMaxLineBytes } from './lineIndex';
import type { Line, LineOptions } from './lineIndex';

const lineFeed = 10;

/**
 * The records of a document, in order, in batches: each as a line of its own whose number is that of the line where it
 * begins. A record of an object keyed by id has its key in front (see `splitKey`).
 */
export async function* readDocument(
  source: ByteSource,
  document: Exclude<JsonDocument, { kind: 'too-large' }>,
  options: LineOptions = {},
): AsyncGenerator<Line[]> {
  const { maxLineBytes = defaultMaxLineBytes, firstChunk = 64 * 1024, chunk = 1024 * 1024 } = options;
  const { bytes } = document;
  let lines: Line[] = [];
  let line = 1;
  // Kept from record to record: on one line, each would look through all that follows.
  let nextFeed = bytes.indexOf(lineFeed);
  let batchEnd = firstChunk;
  for (const { start, end } of recordSpans(document)) {
    for (; nextFeed >= 0 && nextFeed < start; nextFeed = bytes.indexOf(lineFeed, nextFeed + 1)) line += 1;
    const length = end - start;
    lines.push({
      line,
      offset: start,
      length,
      bytes: length > maxLineBytes ? null : bytes.subarray(start, end),
    });
    if (end < batchEnd) continue;
    yield lines;
    lines = [];
    batchEnd = end + chunk;
    // The bytes are here already: the read gives the program a turn for what else waits.
    await source.read(end, 1);
  }
  if (lines.length > 0) yield lines;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function* recordSpans(document: Exclude<JsonDocument, { kind: 'too-large' }>): Generator<Span> {
  const { kind, bytes, start } = document;
  if (kind === 'record') {
    yield { start, end: document.end };
    return;
  }
  const close = kind === 'list' ? byte.closeBracket : byte.closeBrace;
  const cursor: JsonCursor = { bytes, at: start + 1, bareWords: true };
  for (let next = peek(cursor); next !== close && !Number.isNaN(next); next = peek(cursor)) {
    const from = cursor.at;
    if (kind === 'keyed' && skipString(cursor)) take(cursor, byte.colon);
    peek(cursor);
    const valueStart = cursor.at;
    // A record that is no JSON ends where its brackets say; the others are read all the same.
    if (!skipValue(cursor)) cursor.at = looseEnd(bytes, valueStart);
    yield { start: from, end: cursor.at };
    take(cursor, byte.comma);
  }
}

/** Where a value ends by its brackets and quotes alone, at least one byte on; the end of the bytes where it never does. */
function looseEnd(bytes: Uint8Array, start: number): number {
  const cursor: JsonCursor = { bytes, at: start };
  let depth = 0;
  while (cursor.at < bytes.length) {
    const code = bytes[cursor.at];
    if (code === byte.quote) {
      if (!skipString(cursor)) return bytes.length;
      continue;
    }
    const closes = code === byte.closeBrace || code === byte.closeBracket;
    // The comma or the bracket of the list around it.
    if (depth === 0 && (closes || code === byte.comma)) return Math.max(cursor.at, start + 1);
    cursor.at += 1;
    if (code === byte.openBrace || code === byte.openBracket) depth += 1;
    if (closes && --depth === 0) return cursor.at;
  }
  return bytes.length;
}

/** A record's bytes without the key in front of it, and that key: `"id": {…}`; `null` where there is none. */
export function splitKey(bytes: Uint8Array): { key: string | null; bytes: Uint8Array } {
  const cursor: JsonCursor = { bytes, at: 0 };
  if (bytes[0] !== byte.quote || !skipString(cursor)) return { key: null, bytes };
  const end = cursor.at - 1;
  if (!take(cursor, byte.colon)) return { key: null, bytes };
  peek(cursor);
  try {
    return { key: stringText(bytes, 1, end), bytes: bytes.subarray(cursor.at) };
  } catch {
    // Escapes that JSON does not have.
    return { key: null, bytes };
  }
}
