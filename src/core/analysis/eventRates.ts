import type { MeasureValue } from '../agreement/agreementReport';
import { jackknife, jackknifeVariance } from '../agreement/jackknife';
import { fewestClusters, tooFewClusters, withoutInterval } from '../agreement/measure';
import { proportion } from '../agreement/proportion';
import { normal975, t975 } from '../agreement/quantiles';
import type { Sample } from '../agreement/sample';
import { isDefined, ratio } from '../agreement/statistic';
import { wilson } from '../agreement/wilson';
import type { RolloutSummary } from '../rollout/runScan';
import type { EventBands } from './analysisReport';
import { clopperPearson } from './clopperPearson';
import { sampleOf, type IntervalRules } from './estimates';

/** One turn of a group: who still goes, whose event it is, and the share with an event so far. */
export interface EventPoint {
  readonly turn: number;
  readonly atRisk: number;
  readonly events: readonly string[];
  readonly cumulative: MeasureValue;
}

/** The event's first turn of a rollout; `undefined` where it has none. */
export type EventTurnOf = (rollout: RolloutSummary) => number | undefined;

/**
 * Turns 1 to the longest rollout's. The share is of all rollouts: one that ends early without an event stays without one.
 * Where no rollout has had its event yet, or every one has, nothing tells how alike those of a cluster are: it is taken
 * from the nearest turn where some have and some have not.
 */
export function eventPoints(
  rollouts: readonly RolloutSummary[],
  eventTurn: EventTurnOf,
  bands: EventBands,
  rules: IntervalRules,
): EventPoint[] {
  const longest = rollouts.reduce((most, { turns }) => Math.max(most, turns), 0);
  const points = Array.from({ length: longest }, (_, before) => {
    const turn = before + 1;
    const holds = (rollout: RolloutSummary): boolean => (eventTurn(rollout) ?? Infinity) <= turn;
    return {
      turn,
      atRisk: rollouts.filter(rollout => rollout.turns >= turn && (eventTurn(rollout) ?? turn) >= turn)
        .length,
      events: rollouts.filter(rollout => eventTurn(rollout) === turn).map(({ id }) => id),
      cumulative: rolloutShare(rollouts, holds, bands, rules),
      size: effectiveSize(shareSample(rollouts, holds, rules)),
    };
  });
  const mixed = points.filter(({ size }) => size !== null);
  return points.map(({ size, ...point }) => {
    const { cumulative } = point;
    const nearest = cumulative.value === 0 ? mixed.at(0) : mixed.at(-1);
    const borrowed = size === null && nearest?.size ? nearest : null;
    if (borrowed?.size == null || bands === 'exact' || !cumulative.ci || cumulative.value === null)
      return point;
    const clusters = new Set(rollouts.map(rules.clusterOf)).size;
    if (clusters === rollouts.length) return point;
    return {
      ...point,
      cumulative: {
        ...cumulative,
        ci: wilson(cumulative.value, Math.min(borrowed.size, rollouts.length), t975(clusters - 1)),
        method: `Wilson, effective n of turn ${String(borrowed.turn)}`,
      },
    };
  });
}

/** p(1 − p)/v, v from the cluster jackknife; `null` at 0 and 1, and with too few clusters. */
function effectiveSize(sample: Sample): number | null {
  const mean = ratio(
    item => sample.columns[0]?.[item] ?? 0,
    () => 1,
    'no rollouts',
  );
  const { estimate, replicates } = jackknife(sample, mean);
  if (!isDefined(estimate) || estimate === 0 || estimate === 1) return null;
  const values = replicates.filter(isDefined);
  if (values.length < Math.max(fewestClusters, sample.clusters.length)) return null;
  const variance = jackknifeVariance(values);
  return variance < 1e-20 ? null : (estimate * (1 - estimate)) / variance;
}

/** Rollouts as items, 1 where something is true of them. */
function shareSample(
  rollouts: readonly RolloutSummary[],
  holds: (rollout: RolloutSummary) => boolean,
  rules: IntervalRules,
): Sample {
  return sampleOf(
    rollouts.map(rollout => (holds(rollout) ? 1 : 0)),
    rollouts.map(rules.clusterOf),
    rules,
  );
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
