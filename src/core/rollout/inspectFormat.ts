import { asMessages } from './asMessages';
import { inspectMessage } from './inspectMessage';
import { inspectScores } from './inspectScores';
import { rolloutId } from './messagesFormat';
import { isObject } from './recordFormat';
import type { Json, RecordFormat } from './recordFormat';
import { textOfField } from './recordTree';
import { withAttachments } from './withAttachments';

/** Of a sample they are in the messages, or what was logged on the way to them: the record as it stands has them. */
const notFields = new Set([
  'messages',
  'output',
  'events',
  'events_data',
  'transcript',
  'attachments',
  'scores',
  'score',
]);

/** Inspect’s samples, alone or with what their log says of all of them: `{"sample": {…}, "inspect": {…}}`. */
export const inspectFormat: RecordFormat = {
  reads: ['inspect'],
  keys: [
    { keys: ['sample', 'messages'], becomes: 'messages (“messages” of the sample, else its “input”)' },
    { keys: ['sample', 'epoch'], becomes: 'the rollout’s id: “id” of the sample, # and its “epoch”' },
    { keys: ['sample', 'scores'], becomes: 'judge scores of the last turn, by scorer (“scores”)' },
    { keys: ['sample', 'attachments'], becomes: 'texts that messages refer to (“attachments”)' },
    { keys: ['inspect'], becomes: 'fields of the whole log: model, task, dataset, …' },
  ],
  read(record, text) {
    const isWrapped =
      isObject(record['sample']) && isObject(record['inspect']) && !Object.hasOwn(record, 'messages');
    const sample = isWrapped ? (record['sample'] as Json) : record;
    if (!isSample(sample, isWrapped))
      return isWrapped
        ? {
            reason:
              '"sample" is none of Inspect’s: "messages", "epoch", "input" and "target" were looked for',
          }
        : null;
    const log = isWrapped ? (record['inspect'] as Json) : {};
    const messages = messagesOf(sample);
    const turns = messages.filter(message => message['role'] === 'assistant').length;
    const { scores, problems } = inspectScores(scoresOf(sample), turns, log['scorers']);
    return asMessages({}, text, {
      format: 'inspect',
      messages,
      used: [],
      scores,
      problems,
      id: idOfSample(sample, text, isWrapped),
      fields: { ...fieldsOfLog(log), ...fieldsOfSample(sample) },
    });
  },
};

/** In a log without messages the input and the output are what is left of them. */
function isSample(record: Json, isOfLog: boolean): boolean {
  const { messages, epoch, scores } = record;
  const hasTask = Object.hasOwn(record, 'input') && Object.hasOwn(record, 'target');
  const hasMessages = Array.isArray(messages) || (isOfLog && messages === undefined);
  return hasMessages && typeof epoch === 'number' && hasTask && !Array.isArray(scores);
}

/** The oldest logs have one score without a name. */
const scoresOf = ({ scores, score }: Json): unknown => scores ?? (isObject(score) ? { score } : scores);

function idOfSample(sample: Json, text: string, isWrapped: boolean): string | null {
  const own = sample['id'];
  // Only digits that the parser rounded are looked for in the text: it may be long.
  const isRounded = typeof own === 'number' && Number.isInteger(own) && !Number.isSafeInteger(own);
  const id = rolloutId(own, isRounded && isWrapped ? textOfField(text, ['sample']) : text);
  return id === null ? null : `${id}#${String(sample['epoch'])}`;
}

function messagesOf(sample: Json): Json[] {
  const logged: unknown[] = Array.isArray(sample['messages']) ? sample['messages'] : [];
  const { input, output } = sample;
  // A sample that failed before its first step, or whose messages were not kept.
  const first: unknown[] = Array.isArray(input) ? (input as unknown[]) : [{ role: 'user', content: input }];
  const list = logged.length > 0 ? logged : [...(holdsText(input) ? first : []), ...answerOf(output)];
  const attachments = isObject(sample['attachments']) ? sample['attachments'] : {};
  return list.map(entry => inspectMessage(withAttachments(entry, attachments)) as Json);
}

function answerOf(output: unknown): unknown[] {
  const [choice] =
    isObject(output) && Array.isArray(output['choices']) ? (output['choices'] as unknown[]) : [];
  return isObject(choice) && isObject(choice['message']) ? [choice['message']] : [];
}

const holdsText = (input: unknown): boolean =>
  Array.isArray(input) || (typeof input === 'string' && input !== '');

function fieldsOfLog(log: Json): Json {
  return Object.fromEntries(
    Object.entries(log).flatMap(([key, value]) =>
      isObject(value)
        ? Object.entries(value).map(([name, inner]) => [`${key}.${name}`, inner])
        : [[key, value]],
    ),
  );
}

function fieldsOfSample(sample: Json): Json {
  const { output, error, limit, metadata } = sample;
  const scores = scoresOf(sample);
  const kept = Object.entries(sample).filter(
    ([key, value]) =>
      !notFields.has(key) &&
      key !== 'metadata' &&
      !(key === 'input' && Array.isArray(sample['messages']) && sample['messages'].length > 0) &&
      !(isObject(value) && Object.keys(value).length === 0),
  );
  return {
    ...Object.fromEntries(kept),
    ...Object.fromEntries(
      Object.entries(isObject(metadata) ? metadata : {}).map(([key, value]) => [`metadata.${key}`, value]),
    ),
    ...(isObject(output) ? stopReason(output) : {}),
    ...(isObject(error) && typeof error['message'] === 'string'
      ? { error: error['message'], error_traceback: error['traceback'] }
      : {}),
    ...(isObject(limit) && typeof limit['type'] === 'string' ? { limit: limit['type'] } : {}),
    // Letters, metadata and what a score was before it was edited.
    ...(isObject(scores) ? { scores } : {}),
  };
}

function stopReason({ choices, error }: Json): Json {
  const [first] = Array.isArray(choices) ? (choices as unknown[]) : [];
  return {
    ...(isObject(first) && typeof first['stop_reason'] === 'string'
      ? { stop_reason: first['stop_reason'] }
      : {}),
    ...(typeof error === 'string' && error !== '' ? { output_error: error } : {}),
  };
}
