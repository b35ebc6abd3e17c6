import type { RolloutSummary } from '../rollout/runScan';
import { fieldOf } from '../rollout/fieldOf';
import type { AlignedView, EventBands, TurnPoint, TurnSeries } from './analysisReport';
import type { Belongs, Estimate, Estimates, IntervalRules } from './estimates';
import { eventPoints, type EventTurnOf } from './eventRates';
import type { RolloutGroup } from './rolloutGroups';

/** What the turns of a conversation are counted by. */
export interface TurnRules {
  readonly estimates: Estimates;
  /** Whether a turn exists: none does after the event. */
  readonly exists: Belongs;
  readonly eventTurn: EventTurnOf;
  readonly eventBands: EventBands;
  readonly intervals: IntervalRules;
}

/** The groups' values turn by turn, with the event's rate beside. */
export function turnSeries(groups: readonly RolloutGroup[], rules: TurnRules): TurnSeries[] {
  const { estimates, exists, eventTurn, eventBands, intervals } = rules;
  return groups.map(({ rollouts }, group) => {
    const own = new Set(rollouts);
    const points = eventPoints(rollouts, eventTurn, eventBands, intervals).map(
      ({ turn, ...events }): TurnPoint => {
        const belongs: Belongs = (rollout, at) => at === turn && own.has(rollout) && exists(rollout, at);
        return { ...pointOf(turn, estimates(belongs, 'bands')), ...events };
      },
    );
    return { group, points };
  });
}

/** The same along the turns since the turn that a field names; `null` where no rollout has a turn number in it. */
export function alignedView(
  groups: readonly RolloutGroup[],
  field: string,
  { estimates, exists }: TurnRules,
): AlignedView | null {
  const starts = new Map<RolloutSummary, number>();
  for (const rollout of groups.flatMap(({ rollouts }) => rollouts)) {
    const start = fieldOf(rollout, field);
    const turn = typeof start === 'string' && /^\s*\d+\s*$/.test(start) ? Number(start) : start;
    if (typeof turn === 'number' && Number.isInteger(turn)) starts.set(rollout, turn);
  }
  if (starts.size === 0) return null;
  const total = groups.reduce((sum, { rollouts }) => sum + rollouts.length, 0);
  const series = groups.map(({ rollouts }, group): TurnSeries => {
    const own = new Set(rollouts.filter(rollout => starts.has(rollout)));
    const since = [...own].map(rollout => [1 - (starts.get(rollout) ?? 0), rollout.turns] as const);
    const first = since.reduce((least, [from]) => Math.min(least, from), Infinity);
    const last = since.reduce((most, [from, turns]) => Math.max(most, from + turns - 1), -Infinity);
    const points: TurnPoint[] = [];
    for (let turn = first; turn <= last; turn++) {
      const belongs: Belongs = (rollout, at) =>
        own.has(rollout) && at - (starts.get(rollout) ?? 0) === turn && exists(rollout, at);
      const estimate = estimates(belongs, 'bands');
      if (estimate.n > 0) points.push(pointOf(turn, estimate));
    }
    return { group, points };
  });
  return { field, without: total - starts.size, series };
}

function pointOf(turn: number, { n, clusters, labelled, mean, shares }: Estimate): TurnPoint {
  return { turn, n, clusters, ...(labelled === undefined ? {} : { labelled }), mean, shares };
}
