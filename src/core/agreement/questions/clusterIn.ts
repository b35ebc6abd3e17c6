import type { RolloutSummary } from '../../rollout/runScan';
import type { RatingTable } from '../ratingTable';

/** A rollout's cluster, named as the table's units name it. */
export function clusterIn({ clusterBy }: RatingTable, { id, fields }: RolloutSummary): string {
  return clusterBy === 'rollout' ? id : String(fields[clusterBy] ?? id);
}
