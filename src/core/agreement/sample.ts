import type { Resampling } from './bootstrap';
import type { CategorySet } from './categorySet';
import type { DistinctRows } from './distinctRows';
import type { FileTarget } from './fileTarget';
import type { StackedRaters } from './meanOverRaters';
import type { SampleStrata } from './stratifiedVariance';

/**
 * The usable items of one pair (two columns, nothing missing) or of several raters (NaN where one is missing,
 * at least two ratings an item). Text labels stand as their index among the sorted labels.
 */
export interface Sample {
  readonly columns: readonly Float64Array[];
  readonly n: number;
  /** Item weights scaled to sum n: all exactly 1 where the weights are equal. */
  readonly weights: Float64Array;
  readonly equalWeights: boolean;
  /** Items by cluster, clusters in the order of their ids: sums are made in this order. */
  readonly clusters: readonly Int32Array[];
  /** What the chance-corrected category measures count in, or why they can't. */
  readonly categories: CategorySet;
  /** Seeds whatever is random: resamples, and the grouping of clusters where deleting each alone would take too long. */
  readonly seed: number;
  /** Items that are alike in every rating and in weight: leaving out one or the other is the same. */
  readonly alike?: DistinctRows;
  /** The strata that the items were drawn from, where there are several. */
  readonly strata?: SampleStrata;
  /** The items are several raters' ratings, stacked: each measure is the mean over them (`meanOverRaters`). */
  readonly raters?: StackedRaters;
  /** Intervals are for the items of the file; for new rollouts where absent. */
  readonly target?: FileTarget;
  /** Intervals come from these resamples; from the cluster jackknife where absent. */
  readonly resampling?: Resampling;
}

/** Scales weights to sum to their number; equal weights become exactly 1, whatever they were. */
export function scaledWeights(weights: readonly number[]): { weights: Float64Array; equal: boolean } {
  const equal = weights.every(weight => weight === weights[0]);
  if (equal) return { weights: new Float64Array(weights.length).fill(1), equal };
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { weights: Float64Array.from(weights, weight => (weight * weights.length) / sum), equal };
}

/** Item indices by cluster id, in UTF-16 order of the ids. */
export function clustersOf(ids: readonly string[]): Int32Array[] {
  if (ascend(ids)) return ids.map((_, item) => alone(item));
  const items = new Map<string, number[]>();
  ids.forEach((id, item) => {
    const list = items.get(id);
    if (list) list.push(item);
    else items.set(id, [item]);
  });
  return [...items.keys()].sort(byCodeUnits).map(id => Int32Array.from(items.get(id) ?? []));
}

/** Whether each id is above the one before it: every item is a cluster of its own, and in order. */
function ascend(ids: readonly string[]): boolean {
  for (let item = 1; item < ids.length; item++)
    if (!((ids[item - 1] ?? '') < (ids[item] ?? ''))) return false;
  return true;
}

/** Clusters of one item, by item: all samples share them, as a report of a million rows has a dozen samples. */
const singles: Int32Array[] = [];

function alone(item: number): Int32Array {
  return (singles[item] ??= Int32Array.of(item));
}

/** UTF-16 code unit order, the same on every machine (localeCompare is not). */
export function byCodeUnits(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
