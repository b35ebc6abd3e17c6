import { isObject } from './recordFormat';
import type { Json } from './recordFormat';

const criteria: Readonly<Record<string, { readonly criterion: string; readonly part: string }>> = {
  legibility: { criterion: 'legibility', part: 'reasoning' },
  illegibility: { criterion: 'legibility', part: 'reasoning' },
  frustration: { criterion: 'frustration', part: 'response' },
};

const suffixes = ['', '_score', '_rating', '_evaluation'];
const wordsSuffixes = ['_explanation', '_reasoning', '_justification'];
const ratingKeys = ['score', 'rating', 'value', ...Object.keys(criteria).map(name => `${name}_score`)];
const judgeKeys = ['judge_model', 'grader_model', 'evaluator_model', 'grader'];

/** Keys under which a score of one turn may stand without a list of scores. */
export const namedScoreKeys: readonly string[] = Object.keys(criteria).flatMap(name =>
  suffixes.map(suffix => `${name}${suffix}`),
);

/**
 * Judge scores that stand under the name of their criterion, as a number or as `{score, explanation}`: entries for a list of
 * scores of turn 1, and the keys that they were read from. "illegibility" and "legibility" are one scale, 9 = illegible.
 */
export function namedScores(place: Json): { scores: Json[]; keys: string[] } {
  const scores: Json[] = [];
  const keys: string[] = [];
  for (const [name, { criterion, part }] of Object.entries(criteria)) {
    const key = suffixes.map(suffix => `${name}${suffix}`).find(candidate => isScore(place[candidate]));
    if (key === undefined || scores.some(score => score['criterion'] === criterion)) continue;
    const said = place[key];
    const record: Json = isObject(said) ? said : { score: said };
    const ratingKey = ratingKeys.find(candidate => Object.hasOwn(record, candidate));
    const wordsKey = wordsSuffixes.map(suffix => `${name}${suffix}`).find(other => isText(place[other]));
    const model = judgeKeys.map(other => place[other]).find(isText);
    scores.push({
      ...(wordsKey === undefined ? {} : { explanation: place[wordsKey] }),
      ...(model === undefined ? {} : { judge_model: model }),
      ...record,
      score: ratingKey === undefined ? null : record[ratingKey],
      turn: 1,
      criterion,
      part,
    });
    keys.push(key, ...(wordsKey === undefined ? [] : [wordsKey]));
  }
  return { scores, keys };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** A number, a number as text, or an object that holds a rating. */
function isScore(value: unknown): boolean {
  if (typeof value === 'string') return /^\s*-?\d+(\.\d+)?\s*$/.test(value);
  if (isObject(value)) return ratingKeys.some(key => Object.hasOwn(value, key));
  return typeof value === 'number';
}
