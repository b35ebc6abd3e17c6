import { parseRecord } from '../rollout/parseRecord';
import { isObject } from '../rollout/recordFormat';
import type { Json } from '../rollout/recordFormat';

/** A file that is one conversation, by what its lines are. */
export type ConversationKind = 'claude-code' | 'message-lines';

/** One of them at least is in every conversation; others have names of their own. */
const roles = new Set(['system', 'developer', 'user', 'human', 'assistant', 'model', 'tool', 'function']);

/** Keys of records that are a rollout each; the second ones also stand on lines of a session. */
const listKeys = ['messages', 'conversations', 'conversation'];
const textKeys = ['prompt', 'completion', 'question', 'response'];

const anyOf = (line: Json, keys: readonly string[]): boolean => keys.some(key => Object.hasOwn(line, key));

/** What a file is whose first lines, whole ones, are these: `null` where each line is to be read by itself. */
export function conversationKind(firstLines: readonly string[]): ConversationKind | null {
  const lines = firstLines.flatMap(text => {
    const parsed = text.trim() === '' ? null : parseRecord(text);
    return parsed && 'record' in parsed ? [parsed.record] : [];
  });
  if (lines.length === 0 || lines.some(line => anyOf(line, listKeys))) return null;
  if (lines.every(isSessionLine) && lines.some(isSessionMessage)) return 'claude-code';
  const areMessages = lines.every(line => isMessage(line) && !anyOf(line, textKeys));
  return areMessages && lines.some(({ role }) => roles.has(String(role))) ? 'message-lines' : null;
}

const isMessage = (line: Json): boolean =>
  typeof line['role'] === 'string' &&
  anyOf(line, ['content', 'tool_calls', 'reasoning', 'reasoning_content']);

/** Every line of a session says what it is. */
const isSessionLine = (line: Json): boolean => typeof line['type'] === 'string' && !isMessage(line);

const isSessionMessage = (line: Json): boolean =>
  isObject(line['message']) &&
  typeof line['message']['role'] === 'string' &&
  Object.hasOwn(line['message'], 'content') &&
  anyOf(line, ['uuid', 'parentUuid', 'sessionId', 'session_id']);
