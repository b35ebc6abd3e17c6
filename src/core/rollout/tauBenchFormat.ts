import { asMessages } from './asMessages';
import type { Json, RecordFormat } from './recordFormat';

/** tau-bench: a run’s `traj` of messages, or a conversation as one text in `messages_display`. */
export const tauBenchFormat: RecordFormat = {
  reads: ['tau-bench'],
  keys: [
    { keys: ['traj'], becomes: 'messages' },
    {
      keys: ['messages_display'],
      becomes: 'messages, each from a line that begins with its role and a colon',
    },
    { keys: ['task_id'], becomes: 'the rollout’s id, with # and "trial" behind it' },
  ],
  read(record, text) {
    const { traj, messages_display: display } = record;
    if (Array.isArray(traj)) {
      return asMessages(record, text, {
        format: 'tau-bench',
        messages: traj as Json[],
        used: ['traj'],
        id: idOfTask(record),
      });
    }
    if (typeof display !== 'string') {
      if (display !== undefined) return { reason: '"messages_display" is not text' };
      return traj === undefined ? null : { reason: '"traj" is not a list' };
    }
    const messages = displayedMessages(display);
    const isLoose = messages[0]?.['role'] === 'display';
    return asMessages(record, text, {
      format: 'tau-bench',
      messages,
      used: ['messages_display'],
      id: idOfTask(record),
      problems: isLoose ? ['"messages_display" begins with text that names no role'] : [],
    });
  },
};

function idOfTask(record: Json): string | null {
  const task = record['task_id'];
  const trial = record['trial'];
  if (typeof task !== 'string' && typeof task !== 'number') return null;
  return typeof trial === 'number' ? `${String(task)}#${String(trial)}` : String(task);
}

const roleAtStart = /^(system|user|assistant|tool|function): ?/gm;

/** Also a line of a message that begins with a role’s name begins a new one: the text has no other mark. */
function displayedMessages(display: string): Json[] {
  const marks = [...display.matchAll(roleAtStart)];
  const before = display.slice(0, marks[0]?.index ?? display.length);
  const messages = marks.map((mark, index): Json => {
    const start = mark.index + mark[0].length;
    const next = marks[index + 1]?.index;
    // The line break before the next role is the display’s.
    const content = display.slice(start, next === undefined ? display.length : next - 1);
    const role = mark[1] ?? 'display';
    // Python’s word for a message without text: what it called is not in the display.
    if (role === 'assistant' && content === 'None')
      return { role, content: null, tool_calls: [{ name: '', arguments: content }] };
    return { role, content };
  });
  return before.trim() === '' ? messages : [{ role: 'display', content: before }, ...messages];
}
