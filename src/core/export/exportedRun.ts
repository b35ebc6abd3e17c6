import { ratedRun } from '../agreement/ratedRun';
import type { RatingTable } from '../agreement/ratingTable';
import type { ByteSource } from '../bytes/byteSource';
import type { LabelIndex } from '../labels/labelIndex';
import type { Rubric } from '../labels/rubric';
import type { RolloutSummary } from '../rollout/runScan';
import type { Subset } from '../subset/manifest';

/** A rollout file with its labels, as exports read it. */
export interface ExportedRun {
  readonly source: ByteSource;
  readonly rollouts: readonly RolloutSummary[];
  readonly labels: LabelIndex;
  readonly rubrics: readonly Rubric[];
  readonly subsets: readonly Subset[];
}

/** Whose labels and scores are exported: by what agreement would take where nothing is named. */
export interface LabelChoice {
  readonly raters?: readonly string[];
  readonly judges?: readonly string[];
  readonly includeImported?: boolean;
}

/** The labels of one criterion, in a subset or outside any. */
export interface LabelList extends LabelChoice {
  readonly rubric: Rubric;
  readonly subset?: Subset;
}

/** The ratings that the agreement report of the list counts. */
export async function ratingsOf(run: ExportedRun, list: LabelList): Promise<RatingTable> {
  const { source, rollouts, labels } = run;
  return (await ratedRun(source, { rollouts, labels, source: {}, ...list })).table;
}
