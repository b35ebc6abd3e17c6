import type { MeasureValue } from '../agreement/agreementReport';
import { fewestClusters, tooFewClusters, withoutInterval } from '../agreement/measure';
import { proportion } from '../agreement/proportion';
import { normal975 } from '../agreement/quantiles';
import { wilson } from '../agreement/wilson';
import type { RolloutSummary } from '../rollout/runScan';
import type { EventBands } from './analysisReport';
import { clopperPearson } from './clopperPearson';
import { sampleOf, type IntervalRules } from './estimates';

/** One turn of a group: who still goes, whose event it is, and the share with an event so far. */
export interface EventPoint {
  readonly turn: number;
  readonly atRisk: number;
  readonly events: number;
  readonly cumulative: MeasureValue;
}

/** The event's first turn of a rollout; `undefined` where it has none. */
export type EventTurnOf = (rollout: RolloutSummary) => number | undefined;

/** Turns 1 to the longest rollout's. The share is of all rollouts: one that ends early without an event stays without one. */
export function eventPoints(
  rollouts: readonly RolloutSummary[],
  eventTurn: EventTurnOf,
  bands: EventBands,
  rules: IntervalRules,
): EventPoint[] {
  const longest = rollouts.reduce((most, { turns }) => Math.max(most, turns), 0);
  return Array.from({ length: longest }, (_, before) => {
    const turn = before + 1;
    return {
      turn,
      atRisk: rollouts.filter(rollout => rollout.turns >= turn && (eventTurn(rollout) ?? turn) >= turn)
        .length,
      events: rollouts.filter(rollout => eventTurn(rollout) === turn).length,
      cumulative: rolloutShare(rollouts, rollout => (eventTurn(rollout) ?? Infinity) <= turn, bands, rules),
    };
  });
}

/**
 * The share of rollouts that something is true of. Wilson takes the rollouts as they are where each is a cluster of its own,
 * else the effective size that the clusters leave; the exact interval takes rollouts as independent.
 */
export function rolloutShare(
  rollouts: readonly RolloutSummary[],
  holds: (rollout: RolloutSummary) => boolean,
  bands: EventBands,
  rules: IntervalRules,
): MeasureValue {
  const values = rollouts.map(rollout => (holds(rollout) ? 1 : 0));
  const sample = sampleOf(values, rollouts.map(rules.clusterOf), rules);
  const clustered = proportion(sample, item => values[item] ?? 0);
  const n = values.length;
  if (n === 0 || clustered.value === null) return clustered;
  const value = clustered.value;
  const plain = wilson(value, n, normal975);
  const alone = sample.clusters.length === n;
  if (bands === 'exact') {
    const events = values.reduce<number>((sum, one) => sum + one, 0);
    const method = `Clopper–Pearson, n = ${String(n)} rollouts${alone ? '' : ' (taken as independent)'}`;
    return { value, ci: clopperPearson(events, n), method, analyticCi: plain };
  }
  if (!alone) return clustered;
  return n < fewestClusters
    ? { ...withoutInterval(value, tooFewClusters(n)), analyticCi: plain }
    : { value, ci: plain, method: `Wilson, n = ${String(n)} rollouts`, analyticCi: plain };
}
