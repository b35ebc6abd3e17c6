import { askedOnce } from './labelSlots';
import type { Rubric } from '../labels/rubric';
import type { RolloutSummary } from '../rollout/runScan';
import { binOf, binText } from '../subset/judgeBins';
import type { Subset } from '../subset/manifest';
import { judgeScoresOf } from '../subset/population';

/**
 * A sentence where the judge run that a design went by scores items otherwise now: out of the bin that they were drawn
 * from. Their weights are still right, since π was fixed at the drawing; their strata explain less.
 */
export function movedScores(
  { manifest, ...subset }: Subset,
  byId: ReadonlyMap<string, RolloutSummary>,
  rubric: Rubric,
): string[] {
  const { bins, judge } = manifest.design;
  if (!bins || judge === undefined) return [];
  const binOfStratum = new Map(manifest.strata.map(({ id, where }) => [id, where['judge']]));
  const moved = askedOnce({ manifest, ...subset }).filter(({ item, stratum }) => {
    const then = binOfStratum.get(stratum);
    const rollout = byId.get(item.rollout);
    if (then === undefined || !rollout) return false;
    const { min, max } = rubric.scale;
    const score = judgeScoresOf(rollout, rubric).find(({ turn, run }) => turn === item.turn && run === judge);
    const bin = score && score.value >= min && score.value <= max ? binOf(score.value, bins) : null;
    return (bin === null ? null : binText(bins, bin, rubric.scale)) !== then;
  }).length;
  if (moved === 0) return [];
  return [
    `${moved === 1 ? 'One item has' : `${String(moved)} items have`} another score of ${judge} than when the subset was drawn, in another bin; strata and weights are those of the drawing.`,
  ];
}
