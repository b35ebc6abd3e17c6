import { formatNumber } from '../numberText';

/** What is estimated of a run: the mean score, or the share of items at or above a cut. */
export type Target = { readonly kind: 'mean' } | { readonly kind: 'share'; readonly cut: number };

/** The mean, then the share at each cut. */
export function targetsOf(thresholds: readonly number[]): Target[] {
  return [{ kind: 'mean' }, ...thresholds.map((cut): Target => ({ kind: 'share', cut }))];
}

/** What one score counts towards it. */
export function valueOf(target: Target, score: number): number {
  return target.kind === 'mean' ? score : score >= target.cut ? 1 : 0;
}

/** y of an item: the mean over its raters, of the score or of its being at or above the cut. */
export function humanValue(target: Target, scores: readonly number[]): number {
  return scores.reduce((sum, score) => sum + valueOf(target, score), 0) / scores.length;
}

/** "mean score", "share at or above 5". */
export function targetText(target: Target): string {
  if (target.kind === 'mean') return 'mean score';
  return `share at or above ${formatNumber(target.cut, Number.isInteger(target.cut) ? 0 : 3)}`;
}
