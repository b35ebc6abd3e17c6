import type { RolloutSummary } from '../../rollout/runScan';
import { runWeights, scoredBy, type Ratings } from './ratings';

/** An item with the judge's score and at least one human's, found again in its rollout. */
export interface LabelledItem {
  /** The unit's id, and its place in the ratings' table. */
  readonly id: string;
  readonly unit: number;
  readonly rollout: RolloutSummary;
  readonly turn: number;
  readonly stratum: string;
  readonly cluster: string;
  readonly judge: number;
  /** One for each human that scored it. */
  readonly humans: readonly number[];
  /** Analysis weight: 1 each where the items don't speak for the run. */
  readonly weight: number;
}

export interface LabelledItems {
  /** In the order of their ids. */
  readonly items: readonly LabelledItem[];
  readonly warnings: readonly string[];
  /** Why they don't speak for the run, in a sentence. */
  readonly refused: string | null;
}

/** All items that judge and humans scored, whose rollout is there. */
export function labelledItemsOf(ratings: Ratings, rollouts: readonly RolloutSummary[]): LabelledItems {
  const { judge, humans, table } = ratings;
  if (!judge) return { items: [], warnings: [], refused: 'There is no judge.' };
  const byId = new Map(rollouts.map(rollout => [rollout.id, rollout]));
  const found = table.units.map(({ id }) => {
    const key = keyOf(id);
    const rollout = key && byId.get(key.rollout);
    return key && rollout ? { rollout, turn: key.turn } : null;
  });
  const used = table.units
    .map((_, unit) => unit)
    .filter(
      unit => found[unit] !== null && !Number.isNaN(judge.scores[unit] ?? NaN) && scoredBy(humans, unit) > 0,
    );
  const { weights, warnings, refused } = runWeights(ratings, [judge, ...humans], used);
  const items = used.flatMap((unit, index): LabelledItem[] => {
    const place = found[unit];
    const of = table.units[unit];
    if (!place || !of) return [];
    return [
      {
        id: of.id,
        unit,
        ...place,
        stratum: of.stratum ?? '',
        cluster: of.cluster,
        judge: judge.scores[unit] ?? NaN,
        humans: humans.map(({ scores }) => scores[unit] ?? NaN).filter(score => !Number.isNaN(score)),
        weight: weights[index] ?? 1,
      },
    ];
  });
  return { items, warnings, refused };
}

/** The inverse of `unitId`; `null` where the unit is no item of a rollout. */
function keyOf(id: string): { rollout: string; turn: number } | null {
  try {
    const parsed: unknown = JSON.parse(id);
    if (!Array.isArray(parsed)) return null;
    const [rollout, turn] = parsed as unknown[];
    return typeof rollout === 'string' && typeof turn === 'number' ? { rollout, turn } : null;
  } catch {
    return null;
  }
}
