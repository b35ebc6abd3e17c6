import { asMessages } from './asMessages';
import { isObject } from './recordFormat';
import type { Json, RecordFormat } from './recordFormat';

const roles: Readonly<Record<string, string>> = {
  human: 'user',
  user: 'user',
  gpt: 'assistant',
  chatgpt: 'assistant',
  assistant: 'assistant',
  model: 'assistant',
  bot: 'assistant',
  function_call: 'assistant',
  system: 'system',
  tool: 'tool',
  observation: 'tool',
  function_response: 'tool',
};

/** ShareGPT: `{conversations: [{from, value}]}`; entries with `role` and `content` are read too. */
export const shareGptFormat: RecordFormat = {
  reads: ['sharegpt'],
  keys: [
    { keys: ['conversations', 'conversation'], becomes: 'messages, by "from" and "value"' },
    { keys: ['system'], becomes: 'a system message in front' },
  ],
  read(record, text) {
    const key = record['conversations'] === undefined ? 'conversation' : 'conversations';
    const list = record[key];
    if (list === undefined) return null;
    if (!Array.isArray(list)) return { reason: `"${key}" is not a list` };
    const problems: string[] = [];
    const messages = list.map((entry: unknown, index): Json => {
      const say = (what: string): void => void problems.push(`${key}[${String(index)}] ${what}`);
      return messageOf(entry, say);
    });
    const hasSystem = typeof record['system'] === 'string' && record['system'] !== '';
    return asMessages(record, text, {
      format: 'sharegpt',
      messages: hasSystem ? [{ role: 'system', content: record['system'] }, ...messages] : messages,
      used: [key, ...(hasSystem ? ['system'] : [])],
      problems,
    });
  },
};

function messageOf(entry: unknown, say: (what: string) => void): Json {
  if (!isObject(entry)) {
    say('is not an object');
    return { role: 'unknown', content: [entry] };
  }
  const from = entry['from'] ?? entry['role'];
  if (typeof from !== 'string') say('has no "from"');
  const name = typeof from === 'string' ? from : 'unknown';
  const role = Object.hasOwn(roles, name.toLowerCase()) ? (roles[name.toLowerCase()] ?? name) : name;
  if (role === name && !Object.values(roles).includes(name) && typeof from === 'string')
    say('has a "from" that is none of human, gpt, system or tool');
  const value = entry['value'] ?? entry['content'];
  if (value === undefined) say('has no "value"');
  const others = Object.fromEntries(
    Object.entries(entry).filter(([key]) => key !== 'from' && key !== 'value'),
  );
  return name === 'function_call'
    ? { ...others, role, content: null, tool_calls: [callOf(value)] }
    : { ...others, role, content: value ?? null };
}

/** A tool call written as JSON in a text; any other text is the call as it stands. */
function callOf(value: unknown): Json {
  try {
    const call: unknown = typeof value === 'string' ? JSON.parse(value) : value;
    if (isObject(call) && typeof call['name'] === 'string') return call;
  } catch {
    // No JSON.
  }
  return { name: '', arguments: value ?? '' };
}
