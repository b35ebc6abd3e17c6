import type { Design } from '../../subset/manifest';
import { allocate } from '../../subset/allocate';
import type { RandomStream } from './randomStream';
import type { StudyPool } from './studyPool';

/** A simulated study: the clusters of its run, and the items drawn from it with their design weights. */
export interface StudyDraw {
  /** Pool clusters, drawn with replacement: the run. */
  readonly run: Int32Array;
  /** By drawn item: its place in `run`, the pool's item and 1/π. */
  readonly labels: readonly { readonly cluster: number; readonly item: number; readonly weight: number }[];
}

/** Draws a run of whole clusters, then n of its items by the design; `null` where the design can't be met by so few. */
export function drawStudy(
  pool: StudyPool,
  design: Design,
  n: number,
  random: RandomStream,
): StudyDraw | null {
  const run = Int32Array.from({ length: pool.runClusters }, () => random.below(pool.clusters.length));
  const labels =
    design.kind === 'two-stage'
      ? twoStage(pool, design, n, run, random)
      : stratified(pool, design, n, run, random);
  return labels && { run, labels };
}

type Labels = StudyDraw['labels'][number][];

/** n_h of the items kept of each rollout × stratum: π = min(k, N_ch)/N_ch · n_h/K_h, as `drawStratified` draws. */
function stratified(
  { clusters, strata, starts }: StudyPool,
  { allocation = 'proportional', maxPerRollout = Infinity }: Design,
  n: number,
  run: Int32Array,
  random: RandomStream,
): Labels | null {
  const rollouts = [...run].flatMap((drawn, cluster) =>
    (clusters[drawn] ?? []).map(rollout => ({ rollout, cluster })),
  );
  const cells = Array.from({ length: strata }, (_, stratum) => {
    const ends = new Int32Array(rollouts.length);
    let size = 0;
    let kept = 0;
    rollouts.forEach(({ rollout }, index) => {
      const at = rollout * strata + stratum;
      const held = (starts[at + 1] ?? 0) - (starts[at] ?? 0);
      size += held;
      kept += Math.min(maxPerRollout, held);
      ends[index] = kept;
    });
    return { stratum, ends, size, kept };
  }).filter(({ size }) => size > 0);
  const all = cells.reduce((sum, { size }) => sum + size, 0);
  const most = cells.map(({ kept }) => kept);
  const wanted = Math.min(
    n,
    most.reduce((sum, kept) => sum + kept, 0),
  );
  if (wanted < cells.length) return null;
  const two = most.map(kept => Math.min(2, kept));
  const least = two.reduce((sum, each) => sum + each, 0) <= wanted ? two : most.map(() => 1);
  const shares = cells.map(({ size }) =>
    allocation === 'equal' ? 1 : allocation === 'proportional' ? size : size * cells.length + all,
  );
  const counts = allocate(wanted, shares, least, most);
  return cells.flatMap(({ stratum, ends, kept }, index) => {
    const count = counts[index] ?? 0;
    const taken = new Set<number>();
    return [...distinctBelow(kept, count, random)].map(position => {
      const place = firstAbove(ends, position);
      const { rollout, cluster } = rollouts[place] ?? { rollout: 0, cluster: 0 };
      const at = rollout * strata + stratum;
      const first = starts[at] ?? 0;
      const held = (starts[at + 1] ?? 0) - first;
      const inside = position - (place === 0 ? 0 : (ends[place - 1] ?? 0));
      // Which of the rollout's items were kept is chance; none of them twice.
      let item = first + inside;
      if (held > maxPerRollout) {
        do item = first + random.below(held);
        while (taken.has(place * held * 2 + item - first));
        taken.add(place * held * 2 + item - first);
      }
      return { cluster, item, weight: (held / Math.min(maxPerRollout, held)) * (kept / count) };
    });
  });
}

/** m = n/k of the M clusters (or rollouts), min(k, T) items of each: π = (m/M) · min(k, T)/T. */
function twoStage(
  { clusters, strata, starts }: StudyPool,
  { maxPerRollout: k = 2, cluster: by = 'rollout' }: Design,
  n: number,
  run: Int32Array,
  random: RandomStream,
): Labels {
  const units = [...run].flatMap((drawn, cluster) => {
    const ranges = (clusters[drawn] ?? []).map(rollout => ({
      from: starts[rollout * strata] ?? 0,
      to: starts[(rollout + 1) * strata] ?? 0,
    }));
    return by === 'rollout' ? ranges.map(range => ({ cluster, ranges: [range] })) : [{ cluster, ranges }];
  });
  const count = Math.min(units.length, Math.max(1, Math.round(n / k)));
  return [...distinctBelow(units.length, count, random)].flatMap(unit => {
    const { cluster, ranges } = units[unit] ?? { cluster: 0, ranges: [] };
    const items = ranges.flatMap(({ from, to }) =>
      Array.from({ length: to - from }, (_, step) => from + step),
    );
    const taken = Math.min(k, items.length);
    const weight = (units.length / count) * (items.length / taken);
    return [...distinctBelow(items.length, taken, random)].map(place => ({
      cluster,
      item: items[place] ?? 0,
      weight,
    }));
  });
}

/** `count` different integers under `size`, each set equally likely (Floyd's method). */
function distinctBelow(size: number, count: number, random: RandomStream): Set<number> {
  const chosen = new Set<number>();
  for (let top = size - count; top < size; top++) {
    const each = random.below(top + 1);
    chosen.add(chosen.has(each) ? top : each);
  }
  return chosen;
}

/** The first place whose running sum lies above the position. */
function firstAbove(ends: Int32Array, position: number): number {
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > position) high = middle;
    else low = middle + 1;
  }
  return low;
}
