import type { RolloutSummary } from '../core/rollout/runScan';
import { fieldNames } from '../core/subset/population';
import { inputFailure } from './failure';

/** Throws, naming those there are, where no rollout of the file has the field. */
export function knownField(
  rollouts: readonly RolloutSummary[],
  field: string,
  what: 'cluster' | 'group' | 'align' | 'compare' | 'join',
  file: string,
): void {
  if (rollouts.some(rollout => rollout.fields[field] !== undefined)) return;
  const fields = fieldNames(rollouts).join(', ');
  throw inputFailure(
    `${file}: no rollout has a field "${field}" to ${what} by: there are ${fields || 'none'}`,
  );
}
