import { compareCodeUnits } from '../bytes/text';
import type { RolloutSummary } from '../rollout/runScan';
import type { Auc, AucPoint } from './analysisReport';
import { meanOf, sampleOf, type Belongs, type IntervalRules } from './estimates';
import type { RolloutGroup } from './rolloutGroups';
import type { ScoredItem } from './scoredItems';

/** A conversation's mean score over the turns that exist and have one. */
export interface ConversationMean {
  readonly value: number;
  readonly turns: number;
}

/** By rollout; rollouts without a scored turn are absent. */
export function conversationMeans(
  items: readonly ScoredItem[],
  exists: Belongs,
): Map<RolloutSummary, ConversationMean> {
  const sums = new Map<RolloutSummary, { sum: number; turns: number }>();
  for (const { rollout, turn, score } of items) {
    if (!exists(rollout, turn)) continue;
    const own = sums.get(rollout);
    if (own) {
      own.sum += score;
      own.turns += 1;
    } else sums.set(rollout, { sum: score, turns: 1 });
  }
  return new Map([...sums].map(([rollout, { sum, turns }]) => [rollout, { value: sum / turns, turns }]));
}

/** The conversations' means with those of the groups. */
export function aucOf(
  groups: readonly RolloutGroup[],
  means: ReadonlyMap<RolloutSummary, ConversationMean>,
  rules: IntervalRules,
): Auc {
  const held = groups.map(({ rollouts }) =>
    rollouts.filter(rollout => means.has(rollout)).sort((left, right) => compareCodeUnits(left.id, right.id)),
  );
  return {
    points: held.flatMap((rollouts, group) =>
      rollouts.map((rollout): AucPoint => {
        const { value, turns } = means.get(rollout) ?? { value: NaN, turns: 0 };
        return { rollout: rollout.id, group, value, turns };
      }),
    ),
    means: held.map((rollouts, group) => {
      const values = rollouts.map(rollout => means.get(rollout)?.value ?? NaN);
      const sample = sampleOf(values, rollouts.map(rules.clusterOf), rules);
      return { group, n: rollouts.length, mean: meanOf(sample) };
    }),
  };
}
