import type { Effect } from '../../analysis/analysisReport';
import type { Tone } from '../figure';
import { withMinus } from './axes';
import { numberWords, type ValueKind } from './valueWords';

/** Whether its numbers are shares. */
export function isShare({ measure }: Pick<Effect, 'measure'>): boolean {
  return measure === 'share' || measure === 'event';
}

export function effectKind(effect: Pick<Effect, 'measure'>): ValueKind {
  return isShare(effect) ? 'share' : 'score';
}

export function differenceKind(effect: Pick<Effect, 'measure'>): ValueKind {
  return isShare(effect) ? 'share difference' : 'score difference';
}

/** "conversation’s mean", "turns ≥ 5", "rollouts with the event". */
export function effectName({ measure, cut }: Pick<Effect, 'measure' | 'cut'>): string {
  switch (measure) {
    case 'auc':
      return 'conversation’s mean';
    case 'mean':
      return 'mean over turns';
    case 'share':
      return `turns ≥ ${withMinus(cut ?? 0)}`;
    case 'event':
      return 'with the event';
  }
}

/** "math", "" where all rollouts are taken together. */
export function withinName({ within }: Pick<Effect, 'within'>): string {
  return within.map(({ value }) => value ?? '(none)').join(' · ');
}

/** "−1.21 better", "+3.2 pp unclear": colour never says it alone. */
export function deltaWords(effect: Effect): string {
  const { value } = effect.difference;
  return value === null ? 'undefined' : `${numberWords(value, differenceKind(effect))} ${effect.reading}`;
}

/** The colour of a reading. */
export const readingTone: Readonly<Record<Effect['reading'], Tone>> = {
  better: 1,
  worse: 'judge',
  unclear: 'quiet',
};
