import type { ByteTools } from '../bytes/byteTools';
import { byte, eachField, isAscii, peek, skipString, skipValue } from '../bytes/jsonScan';
import type { JsonCursor } from '../bytes/jsonScan';
import { parsedValue, readValue, stringText, unreadable } from '../bytes/jsonValue';
import { holdsAny } from './holdsAny';
import { messageParts } from './messageParts';

/** What a summary needs of a message. */
export interface ProjectedMessage {
  readonly isTurn: boolean;
  /** Its response, its reasoning, holds more than white space: it is an item. */
  readonly hasResponse: boolean;
  readonly hasReasoning: boolean;
  /** `undefined` where there is none. Its long texts are ''. */
  readonly judge: unknown;
}

/** Long texts of a judge: no summary holds them. */
export const judgeTexts: ReadonlySet<string> = new Set([
  'explanation',
  'reasoning',
  'justification',
  'evidence',
  'quote',
]);

const noTurn: ProjectedMessage = {
  isTurn: false,
  hasResponse: false,
  hasReasoning: false,
  judge: undefined,
};

/** What the fields of a message say so far, the last of each name. */
interface Plain {
  role: Span | null;
  /** `null`: it is none, or null. */
  content: Span | null;
  hasContent: boolean;
  hasReasoning: boolean;
  hasReasoningContent: boolean;
  judge: unknown;
  /** Something in it is not of the plain shape. */
  isOther: boolean;
}

/** The bytes between a string's quotes. */
type Span = readonly [start: number, end: number];

/**
 * The message here, without decoding its text where it is of the plain shape: strings for content and reasoning, no
 * `<think>`. The cursor goes past it. `null` where something about it has to be told.
 */
export function projectMessage(cursor: JsonCursor, tools: ByteTools): ProjectedMessage | null {
  const { bytes } = cursor;
  peek(cursor);
  const start = cursor.at;
  const plain: Plain = {
    role: null,
    content: null,
    hasContent: false,
    hasReasoning: false,
    hasReasoningContent: false,
    judge: undefined,
    isOther: false,
  };
  if (!eachField(cursor, (from, to) => takeField(cursor, plain, from, to))) return null;
  const { role, content, judge } = plain;
  if (plain.isOther || role === null || !plain.hasContent)
    return wholeMessage(parsedValue(bytes, start, cursor.at));
  if (!isAscii(bytes, ...role, 'assistant'))
    return holdsAny(judge) || isAscii(bytes, ...role, 'unknown') ? null : noTurn;
  if (content && mayHoldThink(bytes, ...content, tools))
    return wholeMessage(parsedValue(bytes, start, cursor.at));
  return {
    isTurn: true,
    hasResponse: content !== null && holdsMoreThanSpace(bytes, ...content),
    hasReasoning: plain.hasReasoning || plain.hasReasoningContent,
    judge,
  };
}

/** Takes in one field of a message. `false` where it is no JSON. */
function takeField(cursor: JsonCursor, plain: Plain, start: number, end: number): boolean {
  const { bytes } = cursor;
  const is = (name: string): boolean => isAscii(bytes, start, end, name);
  // By length: most keys are told by a comparison of numbers.
  switch (end - start) {
    case 4:
      if (!is('role')) break;
      plain.role = null;
      if (peek(cursor) !== byte.quote) return skipValue(cursor);
      plain.role = stringSpan(cursor);
      // Escapes may write any role.
      if (plain.role && bytes.subarray(...plain.role).includes(byte.backslash)) plain.isOther = true;
      return plain.role !== null;
    case 5:
      if (!is('judge')) break;
      plain.judge = readValue(cursor, judgeTexts);
      return plain.judge !== unreadable;
    case 7:
      if (is('refusal')) return skipNull(cursor, plain);
      if (!is('content')) break;
      plain.hasContent = true;
      plain.content = null;
      if (peek(cursor) !== byte.quote) return skipNull(cursor, plain);
      plain.content = stringSpan(cursor);
      return plain.content !== null;
    case 9:
    case 17: {
      if (is('reasoning_details')) return skipNull(cursor, plain);
      const name = is('reasoning') ? 'hasReasoning' : is('reasoning_content') ? 'hasReasoningContent' : null;
      if (name === null) break;
      plain[name] = false;
      if (peek(cursor) !== byte.quote) return skipNull(cursor, plain);
      const text = stringSpan(cursor);
      plain[name] = text !== null && holdsMoreThanSpace(bytes, ...text);
      return text !== null;
    }
    default:
  }
  // A key written with escapes may be any of them.
  if (bytes.subarray(start, end).includes(byte.backslash)) plain.isOther = true;
  return skipValue(cursor);
}

/** Past the string here; `null` where it never closes. */
function stringSpan(cursor: JsonCursor): Span | null {
  const start = cursor.at + 1;
  return skipString(cursor) ? [start, cursor.at - 1] : null;
}

/** Past a value that says nothing here where it is null; anything else is not plain. */
function skipNull(cursor: JsonCursor, plain: Plain): boolean {
  if (peek(cursor) !== letterN) plain.isOther = true;
  return skipValue(cursor);
}

const letterN = 110;

/** A message read whole: the same from its parts. */
function wholeMessage(entry: unknown): ProjectedMessage | null {
  const message = entry as Record<string, unknown>;
  if (typeof message['role'] !== 'string' || message['role'] === 'unknown') return null;
  const parts = messageParts(message);
  if (parts.length === 0 && message['content'] === undefined) return null;
  if (message['role'] !== 'assistant') return holdsAny(message['judge']) ? null : noTurn;
  const holds = (kind: string): boolean => parts.some(part => part.kind === kind && /\S/.test(part.text));
  return {
    isTurn: true,
    hasResponse: holds('text'),
    hasReasoning: holds('reasoning'),
    judge: message['judge'],
  };
}

/** Ends of `<`, `</` and of their escapes, \u003c and \u002f. */
const beforeThink = new Set([...'</cCfF'].map(character => character.charCodeAt(0)));

/** Whether `<think` or `</think` may stand in these bytes, its characters written with escapes or not. */
function mayHoldThink(bytes: Uint8Array, start: number, end: number, tools: ByteTools): boolean {
  const holds = (text: string): boolean => tools.find(bytes, text, start, end) >= 0;
  // Escapes of lower-case letters: nobody has to write them, but may.
  if (holds('\\u00') && (holds('\\u006') || holds('\\u007'))) return true;
  for (let at = start; ; at += 1) {
    at = tools.find(bytes, 'think', at, end);
    if (at < 0) return false;
    if (beforeThink.has(bytes[at - 1] ?? 0)) return true;
  }
}

/** Whether a string holds a character that is no white space of JavaScript's; decoded only where ASCII does not tell. */
function holdsMoreThanSpace(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = bytes[at] ?? 0;
    if (code === byte.backslash) {
      const escape = bytes[at + 1];
      // \n, \r, \t
      if (escape !== 110 && escape !== 114 && escape !== 116) break;
      at += 1;
    } else if (code >= 128) break;
    else if (code > 32) return true;
  }
  return /\S/.test(stringText(bytes, start, end));
}
