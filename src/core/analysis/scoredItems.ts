import type { Ratings } from '../agreement/questions/ratings';
import { runWeights, scoredBy } from '../agreement/questions/ratings';
import { humanValue } from '../agreement/questions/target';
import type { RolloutSummary } from '../rollout/runScan';
import type { Population } from '../subset/population';

/** A turn with a score: the judge's, or the mean over its raters. */
export interface ScoredItem {
  readonly rollout: RolloutSummary;
  readonly turn: number;
  readonly score: number;
  /** 1 or 0 for each cut, whether it is reached; of several raters the share of them. */
  readonly above: readonly number[];
  readonly weight: number;
}

/** The judge's scores, by rollout id and turn. */
export function judgedItems({ items }: Population, cuts: readonly number[]): ScoredItem[] {
  return items.flatMap(({ rollout, turn, score }) =>
    score === null
      ? []
      : [{ rollout, turn, score, above: cuts.map(cut => (score >= cut ? 1 : 0)), weight: 1 }],
  );
}

/** The raters' scores, by unit; weighted to speak for the run where the subset's design allows it. */
export function labelledTurns(
  ratings: Ratings,
  rollouts: readonly RolloutSummary[],
  cuts: readonly number[],
): { readonly items: ScoredItem[]; readonly notes: readonly string[] } {
  const byId = new Map(rollouts.map(rollout => [rollout.id, rollout]));
  const { humans, table } = ratings;
  const keys = table.units.map(({ id }) => JSON.parse(id) as [string, number]);
  const used = keys
    .map((_, unit) => unit)
    .filter(unit => byId.has(keys[unit]?.[0] ?? '') && scoredBy(humans, unit) > 0);
  const { weights, warnings, refused } = runWeights(ratings, humans, used);
  const items = used.flatMap((unit, place): ScoredItem[] => {
    const [id, turn] = keys[unit] ?? ['', 0];
    const rollout = byId.get(id);
    const scores = humans.flatMap(({ scores: own }) => {
      const score = own[unit] ?? NaN;
      return Number.isNaN(score) ? [] : [score];
    });
    if (!rollout) return [];
    return [
      {
        rollout,
        turn,
        score: humanValue({ kind: 'mean' }, scores),
        above: cuts.map(cut => humanValue({ kind: 'share', cut }, scores)),
        weight: weights[place] ?? 1,
      },
    ];
  });
  return { items, notes: [...warnings, ...(refused === null ? [] : [refused])] };
}
