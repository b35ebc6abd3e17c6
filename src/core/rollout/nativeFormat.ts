import { readMessagesRecord } from './messagesFormat';
import type { RecordFormat } from './recordFormat';

/** Records with a list of messages: native, with scores beside it, or chat alone. */
export const nativeFormat: RecordFormat = {
  reads: ['native', 'messages+scores', 'openai-messages'],
  keys: [
    { keys: ['messages'], becomes: 'messages, with "judge" on assistant messages' },
    { keys: ['scores'], becomes: 'judge scores by turn' },
    { keys: ['id'], becomes: 'the rollout’s id' },
  ],
  read: (record, text) => (record['messages'] === undefined ? null : readMessagesRecord(record, text)),
};
