import type { ScoredItem } from './scoredItems';
import type { Scale } from '../labels/rubric';
import { compareCodeUnits } from '../bytes/text';

/** How many are listed. */
export const mostWorst = 20;

/** The items nearest to the scale's worst end, worst first; equal ones by rollout id and turn. */
export function worstItems(items: readonly ScoredItem[], { worst }: Scale): ScoredItem[] {
  const sign = worst === 'max' ? -1 : 1;
  return [...items]
    .sort(
      (left, right) =>
        sign * (left.score - right.score) ||
        compareCodeUnits(left.rollout.id, right.rollout.id) ||
        left.turn - right.turn,
    )
    .slice(0, mostWorst);
}
