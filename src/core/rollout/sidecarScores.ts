import { isObject } from './recordFormat';
import type { Json } from './recordFormat';

/**
 * The scores of a file beside a conversation, `{scores: {NAME: number}, evals: {NAME: {reasoning}}}`: they are of the whole
 * conversation, so of its last turn. All that is in it are fields as well: it has more to say than what a score takes in.
 */
export function sidecarScores(sidecar: unknown, turns: number): { scores: Json[]; fields: Json } {
  if (!isObject(sidecar)) return { scores: [], fields: {} };
  const { scores, evals } = sidecar;
  if (!isObject(scores) || turns === 0) return { scores: [], fields: sidecar };
  const entries = Object.entries(scores).flatMap(([criterion, score]): Json[] => {
    if (typeof score !== 'number' && score !== null) return [];
    const { reasoning, model } = wordsOf(isObject(evals) ? evals : {}, criterion);
    return [
      {
        turn: turns,
        criterion,
        score,
        ...(typeof reasoning === 'string' ? { explanation: reasoning } : {}),
        ...(typeof model === 'string' ? { model } : {}),
      },
    ];
  });
  return { scores: entries, fields: sidecar };
}

/** What was said of a score: under its name, or for NAME_VARIANT under the variant of another. */
function wordsOf(evals: Json, criterion: string): Json {
  const own = evals[criterion];
  if (isObject(own)) return own;
  for (const [name, said] of Object.entries(evals)) {
    if (!criterion.startsWith(`${name}_`) || !isObject(said) || !isObject(said['variants'])) continue;
    const variant = said['variants'][criterion.slice(name.length + 1)];
    if (isObject(variant)) return variant;
  }
  return {};
}
