import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
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

/** The statistic of all items, and the clusters that hold an item counted by `matters`. */
export function estimateOf(
  sample: Sample,
  statistic: Statistic,
  matters?: (item: number) => boolean,
): { estimate: Value; clusters: number } {
  const clusters = matters ? sample.clusters.filter(items => items.some(matters)) : sample.clusters;
  return { estimate: statistic.value(totalOf(sample, statistic)), clusters: clusters.length };
}

/** Deletes each cluster once. Clusters that hold no item counted by `matters` are no part of the design. */
export function jackknife(
  sample: Sample,
  statistic: Statistic,
  matters?: (item: number) => boolean,
): Jackknife {
  const clusters = matters ? sample.clusters.filter(items => items.some(matters)) : sample.clusters;
  const total = totalOf(sample, statistic);
  const estimate = statistic.value(total);
  if (!isDefined(estimate)) return { estimate, replicates: [], method: 'cluster jackknife' };
  const alike = sample.clusters.length === sample.n ? sample.alike : undefined;
  const different = Math.min(clusters.length, alike?.firsts.length ?? clusters.length);
  const grouped = clusters.length > groupCount && different * (statistic.work ?? statistic.size) > mostWork;
  const deleted = grouped ? randomGroups(clusters, sample.seed) : clusters;
  const rest = new Float64Array(statistic.size);
  const without = (items: Int32Array): Value => {
    rest.set(total);
    for (const item of items) statistic.add(rest, item, -(sample.weights[item] ?? 0));
    settle(rest, total);
    return statistic.value(rest);
  };
  const known: Value[] = [];
  const replicates = deleted.map(items => {
    if (grouped || !alike) return without(items);
    const code = alike.codes[items[0] ?? 0] ?? 0;
    return (known[code] ??= without(items));
  });
  const method = grouped
    ? `cluster jackknife, ${groupCount} random groups of clusters, seed ${sample.seed}`
    : 'cluster jackknife';
  return { estimate, replicates, method };
}

/** (G − 1)/G · Σ (z₍₋c₎ − z̄)². */
export function jackknifeVariance(replicates: readonly number[]): number {
  const count = replicates.length;
  const mean = replicates.reduce((sum, value) => sum + value, 0) / count;
  const squares = replicates.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return ((count - 1) / count) * squares;
}

function totalOf(sample: Sample, statistic: Statistic): Float64Array {
  const total = new Float64Array(statistic.size);
  for (const items of sample.clusters)
    for (const item of items) statistic.add(total, item, sample.weights[item] ?? 0);
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
