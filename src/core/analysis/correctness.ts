import { fieldOf } from '../rollout/fieldOf';
import type { RolloutSummary } from '../rollout/runScan';
import type { Correctness } from './analysisReport';

const words: Readonly<Record<string, Correctness>> = {
  correct: 'correct',
  true: 'correct',
  partial: 'partial',
  'partially correct': 'partial',
  'partly correct': 'partial',
  incorrect: 'incorrect',
  wrong: 'incorrect',
  false: 'incorrect',
};

/** What the record's `correctness` says; `null` where it says none of the three. */
export function correctnessOf(rollout: RolloutSummary): Correctness | null {
  const said = fieldOf(rollout, 'correctness');
  if (said === undefined) return null;
  const word = String(said)
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ');
  return Object.hasOwn(words, word) ? (words[word] ?? null) : null;
}
