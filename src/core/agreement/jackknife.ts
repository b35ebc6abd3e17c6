import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { clusterOrder, clustersHolding } from './clusterOrder';
import type { Sample } from './sample';
import { isDefined, type Statistic, type Value } from './statistic';

export interface Jackknife {
  readonly estimate: Value;
  /** The statistic without each cluster, in cluster order. */
  readonly replicates: readonly Value[];
  /** "cluster jackknife", or the grouped one with its seed. */
  readonly method: string;
}

/** Above this many sums to go through, clusters are deleted in random groups (Kott 2001) instead of one by one. */
const mostWork = 2e8;
const groupCount = 200;

/** The statistic of all items with its sums, and the clusters that hold an item counted by `matters`. */
export function estimateOf(
  sample: Sample,
  statistic: Statistic,
  matters?: (item: number) => boolean,
): { estimate: Value; clusters: number; total: Float64Array } {
  const total = totalOf(sample, statistic);
  const clusters = matters
    ? clustersHolding(clusterOrder(sample.clusters), matters).length
    : sample.clusters.length;
  return { estimate: statistic.value(total), clusters, total };
}

/**
 * Deletes each cluster once. Clusters that hold no item counted by `matters` are no part of the design. `total` are the sums of
 * all items, where they are at hand.
 */
export function jackknife(
  sample: Sample,
  statistic: Statistic,
  matters?: (item: number) => boolean,
  total: Float64Array = totalOf(sample, statistic),
): Jackknife {
  const { clusters: all, weights } = sample;
  const estimate = statistic.value(total);
  if (!isDefined(estimate)) return { estimate, replicates: [], method: 'cluster jackknife' };
  const order = clusterOrder(all);
  const holding = matters ? clustersHolding(order, matters) : null;
  const count = holding ? holding.length : all.length;
  const alike = all.length === sample.n ? sample.alike : undefined;
  const different = Math.min(count, alike?.firsts.length ?? count);
  const rest = new Float64Array(statistic.size);
  const without = (items: Int32Array, from: number, end: number): Value => {
    rest.set(total);
    for (let at = from; at < end; at++) {
      const item = items[at] ?? 0;
      statistic.add(rest, item, -(weights[item] ?? 0));
    }
    settle(rest, total);
    return statistic.value(rest);
  };
  if (count > groupCount && different * (statistic.work ?? statistic.size) > mostWork) {
    const clusters = holding ? Array.from(holding, cluster => all[cluster] ?? new Int32Array()) : all;
    return {
      estimate,
      replicates: randomGroups(clusters, sample.seed).map(items => without(items, 0, items.length)),
      method: `cluster jackknife, ${groupCount} random groups of clusters, seed ${sample.seed}`,
    };
  }
  const { items, starts } = order;
  const known: Value[] = [];
  const replicates: Value[] = [];
  for (let place = 0; place < count; place++) {
    const cluster = holding ? (holding[place] ?? 0) : place;
    const from = starts[cluster] ?? 0;
    const end = starts[cluster + 1] ?? 0;
    const code = alike?.codes[items[from] ?? 0];
    const value = (code === undefined ? undefined : known[code]) ?? without(items, from, end);
    if (code !== undefined) known[code] = value;
    replicates.push(value);
  }
  return { estimate, replicates, method: 'cluster jackknife' };
}

/** (G − 1)/G · Σ (z₍₋c₎ − z̄)². */
export function jackknifeVariance(replicates: readonly number[]): number {
  const count = replicates.length;
  let sum = 0;
  for (const value of replicates) sum += value;
  const mean = sum / count;
  let squares = 0;
  for (const value of replicates) squares += (value - mean) * (value - mean);
  return ((count - 1) / count) * squares;
}

function totalOf({ clusters, weights }: Sample, statistic: Statistic): Float64Array {
  const total = new Float64Array(statistic.size);
  const { items } = clusterOrder(clusters);
  for (let at = 0; at < items.length; at++) {
    const item = items[at] ?? 0;
    statistic.add(total, item, weights[item] ?? 0);
  }
  return total;
}

/** A sum that was taken out whole is 0, not what rounding of fractional weights leaves of it. */
function settle(rest: Float64Array, total: Float64Array): void {
  for (let index = 0; index < rest.length; index++) {
    const left = rest[index] ?? 0;
    if (left !== 0 && Math.abs(left) <= 1e-12 * Math.abs(total[index] ?? 0)) rest[index] = 0;
  }
}

function randomGroups(clusters: readonly Int32Array[], seed: number): Int32Array[] {
  const random = xoroshiro128plus(seed);
  const order = clusters.map((_, index) => index);
  for (let index = order.length - 1; index > 0; index--) {
    const other = uniformInt(random, 0, index);
    const kept = order[index] ?? 0;
    order[index] = order[other] ?? 0;
    order[other] = kept;
  }
  const groups: number[][] = Array.from({ length: groupCount }, () => []);
  order.forEach((cluster, rank) => groups[rank % groupCount]?.push(...(clusters[cluster] ?? [])));
  return groups.map(items => Int32Array.from(items));
}
