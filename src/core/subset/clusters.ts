import { fieldOf } from '../rollout/fieldOf';
import type { RolloutSummary } from '../rollout/runScan';

/** The field that intervals cluster by: a prompt's or question's id where some two rollouts share one, else "rollout". */
export function clusterFieldOf(rollouts: readonly RolloutSummary[]): string {
  for (const name of ['prompt_id', 'question_id', 'questionId']) {
    const values = rollouts.map(rollout => fieldOf(rollout, name)).filter(value => value !== undefined);
    if (new Set(values).size < values.length) return name;
  }
  return 'rollout';
}

/** A rollout's cluster as a text; one without the field is a cluster of its own. */
export function clusterOf(rollout: RolloutSummary, field: string): string {
  const value = field === 'rollout' ? undefined : fieldOf(rollout, field);
  return value === undefined ? JSON.stringify([rollout.id]) : String(value);
}
