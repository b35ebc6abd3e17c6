import type { Rubric } from '../../labels/rubric';
import type { RolloutSummary } from '../../rollout/runScan';
import type { Subset } from '../../subset/manifest';
import { populationOf, type Population, type PopulationItem } from '../../subset/population';
import { byCodeUnits } from '../sample';
import { clusterIn } from '../clusterIn';
import { labelledItemsOf, type LabelledItem } from './labelledItems';
import type { Ratings } from './ratings';

/** A run and the labels inside it, by cluster. */
export interface RunLabels {
  /** Items of the run with a judge score, by rollout id and turn. */
  readonly items: readonly PopulationItem[];
  /** Cluster of each, as an index into `clusters`. */
  readonly clusterOf: Int32Array;
  /** Ids in UTF-16 order. */
  readonly clusters: readonly string[];
  readonly labels: readonly LabelledItem[];
  /** Of each label. */
  readonly labelCluster: Int32Array;
  readonly notes: readonly string[];
}

/** The run that the subset was drawn from with its labels, or a sentence that says why they can't be put together. */
export function runLabelsOf(
  ratings: Ratings,
  rollouts: readonly RolloutSummary[],
  rubric: Rubric,
  subset?: Subset,
): RunLabels | { readonly refused: string } {
  const { judge, table } = ratings;
  if (!judge) return { refused: 'There is no judge to correct.' };
  if (!subset)
    return {
      refused:
        'The labels outside a subset are no probability sample of the run: nothing of it can be corrected by them.',
    };
  const { items: labels, warnings, refused } = labelledItemsOf(ratings, rollouts);
  if (refused !== null) return { refused };
  const drawnFrom = populationOfSubset(rollouts, rubric, subset, judge.name);
  if ('refused' in drawnFrom) return drawnFrom;
  if (labels.length === 0) return { refused: 'No item has a usable score from both the judge and a human.' };
  const { items: all, offScale } = drawnFrom.population;
  const items = all.filter(({ score }) => score !== null);
  const ids = items.map(({ rollout }) => clusterIn(table, rollout));
  const clusters = [...new Set(ids)].sort(byCodeUnits);
  const place = new Map(clusters.map((id, index) => [id, index]));
  const unscored = all.length - items.length;
  return {
    items,
    clusterOf: Int32Array.from(ids, id => place.get(id) ?? 0),
    clusters,
    labels,
    labelCluster: Int32Array.from(labels, ({ cluster }) => place.get(cluster) ?? 0),
    notes: [
      ...drawnFrom.notes,
      ...warnings,
      ...(unscored > 0
        ? [
            `Items without a judge score are left out: ${String(unscored)} of ${String(all.length)}${offScale > 0 ? `, ${String(offScale)} of them off the scale` : ''}.`,
          ]
        : []),
    ],
  };
}

/** The population that the subset was drawn from: all of the file, or what it held then. */
function populationOfSubset(
  rollouts: readonly RolloutSummary[],
  rubric: Rubric,
  { manifest }: Subset,
  judge: string,
): { population: Population; notes: string[] } | { refused: string } {
  const wanted = manifest.strata.reduce((sum, { population }) => sum + population, 0);
  const now = populationOf({ rollouts, rubric }, judge);
  if (now.items.length === wanted) return { population: now, notes: [] };
  const held = rollouts.filter(({ span }) => span.offset < manifest.source.bytes);
  const then = populationOf({ rollouts: held, rubric }, judge);
  const count = String(now.items.length);
  if (then.items.length === wanted)
    return {
      population: then,
      notes: [
        `The file has grown since the subset was drawn: of its ${count} items the first ${String(wanted)} are meant.`,
      ],
    };
  return {
    refused: `The file holds ${count} items, and the subset was drawn from ${String(wanted)}: nothing of the run can be corrected by its labels.`,
  };
}
