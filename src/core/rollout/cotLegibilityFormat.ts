import {
  answerKeys,
  answerMessages,
  questionKeys,
  reasoningKeys,
  questionIdKeys,
  sampleKeys,
} from './answerKeys';
import { asMessages } from './asMessages';
import { namedScoreKeys, namedScores } from './namedScores';
import { firstKey, isObject, namedKeys } from './recordFormat';
import type { Json, RecordFormat } from './recordFormat';
import { idOfAnswer } from './singleAnswerFormat';

/** Where a row may keep what belongs to its answer, and what its judge said: how they are nested is not known for sure. */
const innerKeys = ['inference', 'result', 'evaluation', 'evaluations', 'grades', 'scores'];
const correctnessKeys = ['correctness', 'correctness_grade', 'grade', 'is_correct', 'correct'];
const wordKeys = [...correctnessKeys, 'label', 'verdict'];
const chunkKey = 'legibility_chunks';

/**
 * A row of a run folder of cot_legibility (`inference.json`, `evaluation.json`): a question's id, the number of the sample, a
 * chain of thought, an answer, who served it, and in evaluations the legibility score, 9 = illegible.
 */
export const cotLegibilityFormat: RecordFormat = {
  reads: ['cot-legibility'],
  keys: [
    { keys: questionIdKeys, becomes: 'a field; with the sample the rollout’s id, without "id"' },
    { keys: sampleKeys, becomes: 'a field' },
    { keys: questionKeys, becomes: 'a user message' },
    { keys: reasoningKeys, becomes: 'the answer’s reasoning' },
    { keys: answerKeys, becomes: 'the answer' },
    {
      keys: namedScoreKeys.filter(key => key.includes('legibility')),
      becomes: 'a judge score of legibility',
    },
    { keys: [chunkKey], becomes: 'a field' },
    { keys: correctnessKeys, becomes: 'the field correctness' },
    {
      keys: ['metadata'],
      becomes: 'a field; its openrouter_provider and provider_model: provider and model',
    },
    { keys: innerKeys, becomes: 'looked into for the keys above' },
  ],
  read(record, text) {
    const inner = innerKeys.filter(key => isObject(record[key]));
    const places = [record, ...inner.map(key => record[key] as Json)];
    const score = places
      .map(place => ({ place, ...namedScores(place) }))
      .find(({ scores }) => scores.some(({ criterion }) => criterion === 'legibility'));
    const isSample = firstKey(record, questionIdKeys) !== null && firstKey(record, sampleKeys) !== null;
    const isScored = score !== undefined || Object.hasOwn(record, chunkKey);
    if (!isScored && !isSample) return null;
    // Also null: a row whose request failed.
    const place = places.find(each => firstKey(each, reasoningKeys) !== null);
    if (!place)
      return isScored ? { reason: `has a legibility score, but no ${namedKeys(reasoningKeys)}` } : null;
    const question = [place, record].find(each => firstKey(each, questionKeys) !== null) ?? place;
    const keys = {
      question: firstKey(question, questionKeys),
      reasoning: firstKey(place, reasoningKeys),
      answer: firstKey(place, answerKeys),
    };
    const texts: Json = {
      ...place,
      ...(keys.question === null ? {} : { [keys.question]: question[keys.question] }),
    };
    const usedHere = Object.values(keys).filter(key => key !== null);
    return asMessages(record, text, {
      format: 'cot-legibility',
      messages: answerMessages(texts, keys),
      used: [
        ...(place === record ? usedHere : []),
        ...(question === record && keys.question !== null ? [keys.question] : []),
        ...(score?.place === record ? score.keys : []),
        'system_prompt',
      ],
      scores: score?.scores ?? [],
      fields: { ...innerFields(record, inner, usedHere), ...servedBy(places), ...correctnessOf(places) },
      id: idOfAnswer(record),
    });
  },
};

/** Inner objects without the texts that became messages. */
function innerFields(record: Json, inner: readonly string[], used: readonly string[]): Json {
  return Object.fromEntries(
    inner.map(key => [
      key,
      Object.fromEntries(Object.entries(record[key] as Json).filter(([name]) => !used.includes(name))),
    ]),
  );
}

/** Provider and model as fields, where the record has none of its own. */
function servedBy(places: readonly Json[]): Json {
  const metadata = places.map(place => place['metadata']).find(isObject) ?? {};
  const text = (key: string, ...others: readonly unknown[]): Json => {
    const said = [...places.map(place => place[key]), ...others].find(
      value => typeof value === 'string' && value !== '',
    );
    return said === undefined ? {} : { [key]: said };
  };
  return {
    ...text('provider', metadata['openrouter_provider'], metadata['provider']),
    ...text('model', metadata['provider_model'], metadata['model']),
  };
}

/** What the judge of correctness said, as a word; its words stay in a field of their own. */
function correctnessOf(places: readonly Json[]): Json {
  const said = places.flatMap(place =>
    correctnessKeys.filter(key => Object.hasOwn(place, key)).map(key => place[key]),
  );
  for (const value of said) {
    const record = isObject(value) ? value : { correctness: value };
    const word = wordKeys.map(name => record[name]).find(isWord);
    if (word === undefined) continue;
    const explanation = record['explanation'] ?? record['reasoning'];
    return {
      correctness: typeof word === 'boolean' ? (word ? 'correct' : 'incorrect') : word,
      ...(typeof explanation === 'string' ? { correctness_explanation: explanation } : {}),
    };
  }
  return {};
}

const isWord = (value: unknown): boolean =>
  typeof value === 'boolean' || (typeof value === 'string' && value !== '');
