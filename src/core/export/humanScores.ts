import { onScale } from '../agreement/usableUnits';
import type { RatingTable } from '../agreement/ratingTable';

/** What the humans say of an item: the mean over its raters, of the labels that agreement uses. */
export interface HumanScore {
  readonly rollout: string;
  readonly turn: number;
  readonly score: number;
  readonly raters: number;
}

/** One for each unit that any human has a usable label of, in the table's order. */
export function humanScores(table: RatingTable): HumanScore[] {
  const humans = table.columns.filter(({ role }) => role === 'human');
  return table.units.flatMap(({ id }, unit) => {
    const scores = humans.flatMap(({ values }) => {
      const score = onScale(values[unit] ?? null, table.scale);
      return typeof score === 'number' ? [score] : [];
    });
    if (scores.length === 0) return [];
    const [rollout, turn] = JSON.parse(id) as [string, number];
    const score = scores.reduce((sum, each) => sum + each, 0) / scores.length;
    return [{ rollout, turn, score, raters: scores.length }];
  });
}
