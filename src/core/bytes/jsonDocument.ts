import type { ByteSource } from './byteSource';
import { byte, eachField, peek, skipString, skipValue } from './jsonScan';
import type { JsonCursor } from './jsonScan';
import { stringText } from './jsonValue';

/** A file that is one JSON document: where in its bytes the records stand. */
export type JsonDocument =
  /** `start` is the list's opening bracket, or the brace of the object keyed by id. */
  | { readonly kind: 'list' | 'keyed'; readonly bytes: Uint8Array; readonly start: number }
  /** One record over many lines. */
  | { readonly kind: 'record'; readonly bytes: Uint8Array; readonly start: number; readonly end: number }
  | { readonly kind: 'too-large'; readonly maxBytes: number };

/** Documents are read whole: lines are not. */
export const maxDocumentBytes = 256 * 1024 * 1024;

export interface DocumentOptions {
  readonly maxDocumentBytes?: number;
  /** Bytes of the first look at the file. */
  readonly firstLook?: number;
}

/** An object with one of these keys is a record itself, however many lists of objects it has. */
export type RecordKeys = ReadonlySet<string>;

/**
 * What one JSON document of records the file is; `null` where it is to be read line by line. The first line tells most
 * files: a whole value and more after it are JSON Lines. Only what goes on over lines, or is the file's one value, is read whole.
 */
export async function findDocument(
  source: ByteSource,
  recordKeys: RecordKeys,
  { maxDocumentBytes: maxBytes = maxDocumentBytes, firstLook = 64 * 1024 }: DocumentOptions = {},
): Promise<JsonDocument | null> {
  const most = Math.min(source.size, maxBytes);
  // Not less than a byte order mark and one byte more.
  for (let wanted = Math.min(Math.max(firstLook, 4), most); ;) {
    const bytes = await source.read(0, wanted);
    // Fewer than asked for: the file has become shorter.
    const isWhole = wanted === source.size || bytes.length < wanted;
    const cursor: JsonCursor = { bytes, at: byteOrderMarkLength(bytes), bareWords: true };
    const first = peek(cursor);
    const start = cursor.at;
    if (Number.isNaN(first) && wanted < most && !isWhole) {
      wanted = Math.min(wanted * 4, most);
      continue;
    }
    if (first !== byte.openBrace && first !== byte.openBracket) return null;
    const isComplete = skipValue(cursor);
    const end = cursor.at;
    const goesOn = isComplete ? Number.isNaN(peek(cursor)) : isCutShort(cursor);
    if (isWhole) {
      if (isComplete) return goesOn ? documentOf(bytes, start, end, recordKeys) : null;
      return isListOfObjects(bytes, start) ? { kind: 'list', bytes, start } : null;
    }
    if (!goesOn && (isComplete || !isListOfObjects(bytes, start))) return null;
    const isOverLines = first === byte.openBracket || bytes.indexOf(lineFeed, start) >= 0;
    if (wanted === most) return isOverLines ? { kind: 'too-large', maxBytes } : null;
    // A first line longer than the look is nothing special, and the rest of the file is not wanted for it.
    wanted = isOverLines ? most : Math.min(wanted * 4, most);
  }
}

const lineFeed = 10;

const byteOrderMarkLength = (bytes: Uint8Array): number =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;

/** Whether a walk failed because the bytes end, not because of what stands in them. */
function isCutShort(cursor: JsonCursor): boolean {
  const { bytes } = cursor;
  const next = peek(cursor);
  // In the middle of a number or a word the cursor still stands before it.
  if (Number.isNaN(next) || bytes.length - cursor.at < longestScalar) return true;
  return next === byte.quote && !skipString({ bytes, at: cursor.at });
}

const longestScalar = 32;

function isListOfObjects(bytes: Uint8Array, start: number): boolean {
  const cursor: JsonCursor = { bytes, at: start + 1 };
  return bytes[start] === byte.openBracket && peek(cursor) === byte.openBrace;
}

/** Names under which tools put a file's records beside what describes the run. */
const listKeys = new Set([
  'rollouts',
  'records',
  'samples',
  'results',
  'rows',
  'items',
  'data',
  'examples',
  'simulations',
]);

/** What the one value [start, end) of a file is. */
function documentOf(
  bytes: Uint8Array,
  start: number,
  end: number,
  recordKeys: RecordKeys,
): JsonDocument | null {
  if (bytes[start] === byte.openBracket) return { kind: 'list', bytes, start };
  const fields = fieldsOf(bytes, start);
  if (fields === null) return null;
  if (!fields.some(({ key }) => recordKeys.has(key))) {
    const lists = fields.filter(({ at }) => isListOfObjects(bytes, at));
    const named = fields.find(({ key, at }) => listKeys.has(key) && bytes[at] === byte.openBracket);
    const list = named ?? (lists.length === 1 ? lists[0] : undefined);
    if (list) return { kind: 'list', bytes, start: list.at };
    const objects = fields.filter(({ at }) => bytes[at] === byte.openBrace);
    const isKeyed =
      objects.length > 0 &&
      fields.every(({ at }) => bytes[at] === byte.openBrace || bytes[at] === letterN) &&
      // One object of that name is a wrapper around a record.
      !(fields.length === 1 && fields[0]?.key === 'data');
    if (isKeyed) return { kind: 'keyed', bytes, start };
  }
  const feed = bytes.indexOf(lineFeed, start);
  // On one line it is JSON Lines of one record.
  return feed >= 0 && feed < end ? { kind: 'record', bytes, start, end } : null;
}

/** The `n` of null. */
const letterN = 110;

/** The keys of an object and where their values begin; `null` where a key is no JSON. */
function fieldsOf(bytes: Uint8Array, start: number): { key: string; at: number }[] | null {
  const fields: { key: string; at: number }[] = [];
  const cursor: JsonCursor = { bytes, at: start, bareWords: true };
  try {
    eachField(cursor, (_, from, to) => {
      const key = stringText(bytes, from, to);
      peek(cursor);
      fields.push({ key, at: cursor.at });
      return skipValue(cursor);
    });
  } catch {
    // Escapes that JSON does not have.
    return null;
  }
  return fields;
}
