import type { MeasureValue } from '../agreementReport';
import { coefficient } from '../coefficient';
import type { Sample } from '../sample';
import { clusterSample, jackknifeOfSums } from './clusterSums';
import { addLabel, addRunItems, correctedOf, correctedSize } from './correctedValue';
import type { StudyDraw } from './drawStudy';
import { numberInterval, shareInterval } from './intervals';
import { kappaOfMoments } from './pairStatistics';
import type { RandomStream } from './randomStream';
import type { StudyPool } from './studyPool';
import { humanValue, valueOf, type Target } from './target';

/** What a planned study is to pin down: a corrected value of the run, or κ with quadratic weights. */
export type PlannedTarget = Target | { readonly kind: 'kappa' };

/** Half the 95% interval that a study from the pool would report; infinite where it has none. */
export function halfWidthIn(
  pool: StudyPool,
  target: PlannedTarget,
  seed: number,
): (study: StudyDraw, random: RandomStream) => number {
  const half = ({ ci }: MeasureValue): number => (ci ? (ci[1] - ci[0]) / 2 : Infinity);
  if (target.kind === 'kappa') return (study, random) => half(kappaIn(pool, study, seed, random));
  const clusters = clusterSample(pool.runClusters, seed);
  const totals = clusterTotals(pool, target);
  return (study, random) => half(correctedIn(pool, study, target, totals, clusters, random));
}

/** What a cluster of the pool adds to a run. */
interface ClusterTotal {
  readonly items: number;
  readonly judge: number;
}

function clusterTotals({ clusters, starts, strata, judge }: StudyPool, target: Target): ClusterTotal[] {
  return clusters.map(rollouts => {
    let items = 0;
    let sum = 0;
    for (const rollout of rollouts) {
      const to = starts[(rollout + 1) * strata] ?? 0;
      for (let item = starts[rollout * strata] ?? 0; item < to; item++) {
        items++;
        sum += valueOf(target, judge[item] ?? 0);
      }
    }
    return { items, judge: sum };
  });
}

function correctedIn(
  pool: StudyPool,
  { run, labels }: StudyDraw,
  target: Target,
  totals: readonly ClusterTotal[],
  clusters: Sample,
  random: RandomStream,
): MeasureValue {
  const rows = new Float64Array(correctedSize * run.length);
  run.forEach((drawn, cluster) => {
    const { judge, items } = totals[drawn] ?? { judge: 0, items: 0 };
    addRunItems(rows, cluster * correctedSize, judge, items);
  });
  let sum = 0;
  let squares = 0;
  for (const { cluster, item, weight } of labels) {
    const y = humanValue(target, pool.humans(item, random));
    addLabel(rows, cluster * correctedSize, weight, y, valueOf(target, pool.judge[item] ?? 0));
    sum += weight;
    squares += weight * weight;
  }
  const labelled = new Set(labels.map(({ cluster }) => cluster)).size;
  const deleted = jackknifeOfSums(clusters, { size: correctedSize, rows }, correctedOf);
  return target.kind === 'mean'
    ? numberInterval(deleted, labelled)
    : shareInterval(deleted, labelled, () => (sum * sum) / squares);
}

function kappaIn(pool: StudyPool, { labels }: StudyDraw, seed: number, random: RandomStream): MeasureValue {
  const place = new Map<number, number>();
  for (const { cluster } of labels) if (!place.has(cluster)) place.set(cluster, place.size);
  const size = 5;
  const rows = new Float64Array(size * place.size);
  for (const { cluster, item, weight } of labels) {
    const at = (place.get(cluster) ?? 0) * size;
    const x = pool.judge[item] ?? 0;
    const y = humanValue({ kind: 'mean' }, pool.humans(item, random));
    [1, x, y, x * x + y * y, (x - y) * (x - y)].forEach(
      (term, index) => (rows[at + index] = (rows[at + index] ?? 0) + weight * term),
    );
  }
  return coefficient(clusterSample(place.size, seed), {
    size,
    add(sums, cluster, weight) {
      for (let index = 0; index < size; index++)
        sums[index] = (sums[index] ?? 0) + weight * (rows[cluster * size + index] ?? 0);
    },
    value: sums => kappaOfMoments(sums, 0),
  });
}
