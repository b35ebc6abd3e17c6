import { InvalidArgumentError } from 'commander';
import type { PlannerOptions } from '../core/agreement/questions/enoughQuestion';
import { usageFailure } from './failure';

/** What `--plan-for` may name. */
export const plannedMeasures = ['kappa', 'mean', 'share'] as const;
export type PlannedMeasure = (typeof plannedMeasures)[number];

const idOf: Readonly<Record<PlannedMeasure, PlannerOptions['of']>> = {
  kappa: 'cohenKappaQuadratic',
  mean: 'correctedMean',
  share: 'correctedShare',
};

/** The argument of `--plan`. */
export function halfWidthOf(text: string): number {
  const width = text.trim() === '' ? NaN : Number(text);
  if (!Number.isFinite(width) || width <= 0) throw new InvalidArgumentError('It is a number above 0: 0.05.');
  return width;
}

/** A planner for the half-width; of the share at the first cut unless another measure is named, of the mean without cuts. */
export function plannerOf(
  wantedHalfWidth: number,
  thresholds: readonly number[],
  measure: PlannedMeasure = thresholds.length > 0 ? 'share' : 'mean',
): PlannerOptions {
  if (measure !== 'mean' && wantedHalfWidth >= 1)
    throw usageFailure(
      `--plan ${String(wantedHalfWidth)}: the half-width of a ${measure} is under 1; --plan-for mean plans in scale points`,
    );
  const [cut] = thresholds;
  return {
    of: idOf[measure],
    wantedHalfWidth,
    ...(cut === undefined ? {} : { cut }),
    ...(process.stderr.isTTY ? { progress: tellSize } : {}),
  };
}

const tellSize: PlannerOptions['progress'] = ({ n, enough, from }) =>
  void process.stderr.write(
    `planning by ${from === 'data' ? 'the data in hand' : 'assumptions'}: ${String(n)} labels are ${enough ? 'enough' : 'too few'}\n`,
  );
