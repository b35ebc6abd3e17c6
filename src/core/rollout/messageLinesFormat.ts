import { asMessages } from './asMessages';
import { isObject } from './recordFormat';
import type { Json, RecordFormat } from './recordFormat';
import { sidecarScores } from './sidecarScores';

/** A file with a message on each line, put into one record: `{"container": "message-lines", "lines": […]}`. */
export const messageLinesFormat: RecordFormat = {
  reads: ['message-lines'],
  keys: [
    { keys: ['lines'], becomes: 'messages; lines of one role with one block each are one message' },
    { keys: ['sha256'], becomes: 'the rollout’s id: of all lines' },
    { keys: ['sidecar'], becomes: 'judge scores of the last turn, and fields' },
  ],
  read(record, text) {
    const { lines, sha256 } = record;
    if (record['container'] !== 'message-lines' || !Array.isArray(lines) || Object.hasOwn(record, 'messages'))
      return null;
    const { messages, problems } = messagesOf(lines);
    const turns = messages.filter(message => message['role'] === 'assistant').length;
    const { scores, fields } = sidecarScores(record['sidecar'], turns);
    return asMessages({}, text, {
      format: 'message-lines',
      messages,
      used: [],
      scores,
      problems,
      id: typeof sha256 === 'string' ? `sha256:${sha256.slice(0, 16)}` : null,
      fields: { ...fieldsOf(lines.filter(isObject)), ...fields },
    });
  },
};

function messagesOf(lines: readonly unknown[]): { messages: Json[]; problems: string[] } {
  const messages: Json[] = [];
  const problems: string[] = [];
  /** The role of the last message as far as it is made of single blocks. */
  let open: unknown = null;
  lines.forEach((line, index) => {
    if (!isObject(line)) {
      problems.push(`line ${String(index + 1)} is no JSON object`);
      messages.push({ role: 'broken', content: typeof line === 'string' ? line : [line] });
      open = null;
      return;
    }
    const { content, role } = line;
    const isBlock = isObject(content);
    const last = messages.at(-1);
    if (isBlock && role === open && last && Array.isArray(last['content']))
      messages[messages.length - 1] = { ...last, content: [...(last['content'] as unknown[]), content] };
    else messages.push(isBlock ? { ...line, content: [content] } : line);
    open = isBlock ? role : null;
  });
  return { messages, problems };
}

/** What a line says of the conversation and not of its message. */
function fieldsOf(lines: readonly Json[]): Json {
  return Object.fromEntries(
    ['model', 'cwd', 'session_id', 'sessionId'].flatMap(key => {
      const value = lines.map(line => line[key]).find(each => typeof each === 'string' && each !== '');
      return value === undefined ? [] : [[key, value]];
    }),
  );
}
