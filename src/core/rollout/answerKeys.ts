import type { Json } from './recordFormat';

/** Keys that tools give the parts of one question and its answer; of each list the first that a record has counts. */
export const questionKeys = ['question', 'problem', 'query', 'prompt', 'question_text'];

export const reasoningKeys = [
  'reasoning',
  'reasoning_content',
  'reasoning_text',
  'reasoning_details',
  'thinking',
  'chain_of_thought',
  'cot',
  'gcot',
  'rationale',
];

/** "answer" is last: beside one of the others it is the right answer, not the model's. */
export const answerKeys = [
  'response',
  'model_answer',
  'model_output',
  'model_response',
  'output',
  'completion',
  'answer',
];

export const questionIdKeys = ['question_id', 'questionId', 'qid'];
export const sampleKeys = ['sample_index', 'sample_idx', 'sample', 'sample_id', 'attempt'];

/** The messages of a question and its answer; a `null` key stands for what the record does not have. */
export function answerMessages(
  place: Json,
  keys: {
    readonly question: string | null;
    readonly reasoning: string | null;
    readonly answer: string | null;
  },
): Json[] {
  const question = keys.question === null ? null : place[keys.question];
  const system = place['system_prompt'];
  const hasSystem = typeof system === 'string' && system !== '';
  const reasoning = keys.reasoning === null ? undefined : place[keys.reasoning];
  const isDetails = keys.reasoning === 'reasoning_details';
  return [
    ...(hasSystem ? [{ role: 'system', content: system }] : []),
    ...(question === null || question === undefined ? [] : [{ role: 'user', content: contentOf(question) }]),
    {
      role: 'assistant',
      content: keys.answer === null ? null : contentOf(place[keys.answer]),
      [isDetails ? 'reasoning_details' : 'reasoning']: reasoning,
    },
  ];
}

/** Numbers and booleans are answers too; lists are parts of content. */
function contentOf(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value ?? null;
}
