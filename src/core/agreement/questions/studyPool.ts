import erfc from '@stdlib/math-base-special-erfc';
import type { Scale } from '../../labels/rubric';
import type { Design } from '../../subset/manifest';
import type { PopulationItem } from '../../subset/population';
import { oneStratum, stratify } from '../../subset/strata';
import type { LabelledItem } from './labelledItems';
import { randomStream, type RandomStream } from './randomStream';

/** What simulated studies draw their runs from: items by rollout, rollouts by cluster, with a human score for each. */
export interface StudyPool {
  /** Clusters of a run; each study draws as many of the pool's. */
  readonly runClusters: number;
  /** Rollouts of each cluster. */
  readonly clusters: readonly (readonly number[])[];
  readonly strata: number;
  /** Items of rollout r in stratum h: from `starts[r · strata + h]` to the next entry. */
  readonly starts: Int32Array;
  /** The judge's scores. */
  readonly judge: Float64Array;
  /** The scores that one go of the humans gives the item. */
  readonly humans: (item: number, random: RandomStream) => readonly number[];
}

/** Items, in any order, with their cluster. */
export interface PoolItem {
  readonly item: PopulationItem;
  readonly cluster: number;
}

export const assumedShares = { rollout: 0.3, sharedError: 0.25 };
const fewestClusters = 400;

/** The run as it is; an item's human scores are those of a labelled item with the nearest judge score, by weight. */
export function poolInHand(
  items: readonly PoolItem[],
  labels: readonly LabelledItem[],
  design: Design,
  scale: Scale,
): StudyPool {
  const ordered = arranged(items, design, scale);
  const scores = [...new Set(labels.map(({ judge }) => judge))].sort((a, b) => a - b);
  const donorsOf = new Map<number, Donors>();
  for (const score of new Set(ordered.judge)) {
    const nearest = scores.reduce((least, each) => Math.min(least, Math.abs(each - score)), Infinity);
    const own = labels.filter(({ judge }) => Math.abs(judge - score) === nearest);
    let sum = 0;
    donorsOf.set(score, { labels: own, ends: own.map(({ weight }) => (sum += weight)), sum });
  }
  return {
    ...ordered,
    runClusters: ordered.clusters.length,
    humans(item, random) {
      const donors = donorsOf.get(ordered.judge[item] ?? NaN);
      if (!donors) return [];
      const at = random.uniform() * donors.sum;
      const place = donors.ends.findIndex(end => at < end);
      return donors.labels.at(place)?.humans ?? [];
    },
  };
}

interface Donors {
  readonly labels: readonly LabelledItem[];
  /** Running sums of their weights. */
  readonly ends: readonly number[];
  readonly sum: number;
}

/**
 * The run's rollouts with made-up scores: the human's latent z has 30% of its variance between rollouts, the judge's is z
 * plus noise of which 25% is shared by the rollout, as large as makes their correlation r. Both take the distribution of
 * the run's judge scores.
 */
export function assumedPool(
  items: readonly PoolItem[],
  correlation: number,
  design: Design,
  scale: Scale,
  seed: number,
): StudyPool {
  const random = randomStream(seed, 'assumed-scores');
  const known = items.map(({ item }) => item.score ?? 0).sort((a, b) => a - b);
  const scoreAt = (z: number): number => {
    const below = erfc(-z / Math.SQRT2) / 2;
    return known[Math.min(known.length - 1, Math.floor(below * known.length))] ?? 0;
  };
  const clusters = new Set(items.map(({ cluster }) => cluster)).size;
  const copies = Math.max(1, Math.ceil(fewestClusters / clusters));
  const noise = Math.sqrt(1 / (correlation * correlation) - 1);
  const { rollout: between, sharedError } = assumedShares;
  const human: number[] = [];
  const made: PoolItem[] = [];
  for (let copy = 0; copy < copies; copy++) {
    const shared = new Map<string, { level: number; error: number }>();
    for (const { item, cluster } of items) {
      const own = shared.get(item.rollout.id) ?? { level: random.normal(), error: random.normal() };
      shared.set(item.rollout.id, own);
      const z = Math.sqrt(between) * own.level + Math.sqrt(1 - between) * random.normal();
      const error = Math.sqrt(sharedError) * own.error + Math.sqrt(1 - sharedError) * random.normal();
      human.push(scoreAt(z));
      made.push({
        item: { ...item, score: scoreAt((z + noise * error) * correlation), place: made.length },
        cluster: copy * clusters + cluster,
      });
    }
  }
  const ordered = arranged(made, design, scale);
  return { ...ordered, runClusters: clusters, humans: item => [human[ordered.places[item] ?? 0] ?? 0] };
}

/** Items by cluster, rollout and stratum of the design. */
function arranged(items: readonly PoolItem[], design: Design, scale: Scale) {
  const stratumOf = new Map<PopulationItem, number>();
  const all = items.map(({ item }) => item);
  const by = design.kind === 'balanced' ? ['judge'] : design.kind === 'stratified' ? (design.by ?? []) : [];
  const strata = by.length === 0 ? [oneStratum(all)] : stratify(all, by, design.bins ?? [], scale);
  strata.forEach((stratum, index) => {
    for (const item of stratum.items) stratumOf.set(item, index);
  });
  const rollouts = new Map<string, { cluster: number; places: number[][] }>();
  items.forEach(({ item, cluster }, place) => {
    const key = `${String(cluster)} ${item.rollout.id}`;
    const own = rollouts.get(key) ?? { cluster, places: strata.map(() => []) };
    rollouts.set(key, own);
    own.places[stratumOf.get(item) ?? 0]?.push(place);
  });
  const clusters: number[][] = [];
  const places: number[] = [];
  const starts: number[] = [];
  [...rollouts.values()].forEach(({ cluster, places: own }, rollout) => {
    (clusters[cluster] ??= []).push(rollout);
    for (const each of own) {
      starts.push(places.length);
      for (const place of each) places.push(place);
    }
  });
  starts.push(places.length);
  return {
    clusters,
    strata: strata.length,
    starts: Int32Array.from(starts),
    places,
    judge: Float64Array.from(places, place => items[place]?.item.score ?? 0),
  };
}
