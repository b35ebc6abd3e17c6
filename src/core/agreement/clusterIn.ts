import { clusterOf } from '../subset/clusters';
import type { RolloutSummary } from '../rollout/runScan';
import type { RatingTable } from './ratingTable';

/** A rollout's cluster, named as the table's units name it. */
export function clusterIn({ clusterBy }: Pick<RatingTable, 'clusterBy'>, rollout: RolloutSummary): string {
  return clusterBy === 'rollout' ? rollout.id : clusterOf(rollout, clusterBy);
}
