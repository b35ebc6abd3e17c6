import type { ByteTools } from '../bytes/byteTools';
import { byte, eachElement, eachField, isAscii, peek, skipValue } from '../bytes/jsonScan';
import type { JsonCursor } from '../bytes/jsonScan';
import { parsedValue, readValue, stringText, unreadable } from '../bytes/jsonValue';
import { holdsAny } from './holdsAny';
import { judgeOfMessage, judgeOfRecord } from './judgeScores';
import { longestField } from './summaryFields';
import type { FieldValue } from './summaryFields';
import { judgeTexts, projectMessage } from './projectMessage';
import type { MessagesFormat } from './messagesFormat';
import type { JudgeScore } from './rollout';

/** What is kept of a record, read from its bytes. */
export interface ProjectedRecord {
  /** The record's own id, `null` where it has none. */
  readonly id: string | null;
  readonly format: MessagesFormat;
  readonly turns: number;
  readonly responseTurns: number[];
  readonly reasoningTurns: number[];
  readonly judgeScores: JudgeScore[];
  readonly fields: Record<string, FieldValue>;
}

/**
 * A record's summary without decoding the text of its messages: the same that reading it whole gives. `null` where the
 * record is not of the plain shape, or anything about it has to be told: then it has to be read whole.
 */
export function projectRecord(bytes: Uint8Array, tools: ByteTools): ProjectedRecord | null {
  try {
    return project({ bytes, at: 0 }, tools);
  } catch {
    // Escapes that JSON does not have.
    return null;
  }
}

function project(cursor: JsonCursor, tools: ByteTools): ProjectedRecord | null {
  const { bytes } = cursor;
  let id: unknown;
  let messages: MessagesSummary | null = null;
  let scores: unknown = null;
  const fields = new Map<string, FieldValue>();
  const isRead = eachField(cursor, (start, end) => {
    if (isAscii(bytes, start, end, 'messages')) {
      messages = readMessages(cursor, tools);
      return messages !== null;
    }
    if (isAscii(bytes, start, end, 'scores')) {
      scores = readValue(cursor, judgeTexts);
      return scores !== unreadable;
    }
    const key = stringText(bytes, start, end);
    // Written with escapes: read whole.
    if (key === 'messages' || key === 'scores') return false;
    peek(cursor);
    const from = cursor.at;
    if (!skipValue(cursor)) return false;
    const value = scalarField(bytes, from, cursor.at);
    if (key === 'id') id = bytes[from] === byte.quote ? stringText(bytes, from + 1, cursor.at - 1) : value;
    if (value === undefined) fields.delete(key);
    else fields.set(key, value);
    return true;
  });
  peek(cursor);
  if (!isRead || cursor.at < bytes.length || messages === null) return null;
  return finish(messages, id, scores, fields);
}

function finish(
  { turns, responseTurns, reasoningTurns, judgeScores }: MessagesSummary,
  id: unknown,
  scores: unknown,
  fields: ReadonlyMap<string, FieldValue>,
): ProjectedRecord | null {
  // Its digits are in the line alone.
  if (typeof id === 'number' && Number.isInteger(id) && !Number.isSafeInteger(id)) return null;
  const ofRecord = judgeOfRecord(scores, turns);
  if (ofRecord.problems.length > 0) return null;
  const ofMessages = judgeScores.length > 0;
  return {
    id: typeof id === 'string' && id !== '' ? id : typeof id === 'number' ? String(id) : null,
    format: ofMessages ? 'native' : ofRecord.scores.length > 0 ? 'messages+scores' : 'openai-messages',
    turns,
    responseTurns,
    reasoningTurns,
    judgeScores: judgeScores.concat(ofRecord.scores),
    fields: Object.fromEntries(fields),
  };
}

/** A value that a summary keeps: a number, a boolean, a short string; `undefined` for all others. */
function scalarField(bytes: Uint8Array, start: number, end: number): FieldValue | undefined {
  const first = bytes[start];
  if (first === byte.quote) {
    // No character takes more than the six bytes of an escape.
    if (end - start > 6 * longestField + 2) return undefined;
    const text = stringText(bytes, start + 1, end - 1);
    return text.length <= longestField ? text : undefined;
  }
  if (first === byte.openBrace || first === byte.openBracket || first === 110) return undefined;
  return parsedValue(bytes, start, end) as FieldValue;
}

interface MessagesSummary {
  readonly turns: number;
  readonly responseTurns: number[];
  readonly reasoningTurns: number[];
  readonly judgeScores: JudgeScore[];
}

function readMessages(cursor: JsonCursor, tools: ByteTools): MessagesSummary | null {
  let messages = 0;
  let turns = 0;
  const responseTurns: number[] = [];
  const reasoningTurns: number[] = [];
  const judgeScores: JudgeScore[] = [];
  const isRead = eachElement(cursor, () => {
    const message = projectMessage(cursor, tools);
    if (message === null) return false;
    messages += 1;
    if (!message.isTurn) return true;
    turns += 1;
    if (message.hasResponse) responseTurns.push(turns);
    if (message.hasReasoning) reasoningTurns.push(turns);
    const scores = judgeOfMessage(message.judge, turns);
    // It says something, and no score: a problem.
    if (scores.length === 0 && holdsAny(message.judge)) return false;
    for (const score of scores) judgeScores.push(score);
    return true;
  });
  // An empty list is a problem.
  return isRead && messages > 0 ? { turns, responseTurns, reasoningTurns, judgeScores } : null;
}
