import { binomial } from './binomial';
import { replicateStream, uniformBelow, type ReplicateStream } from './replicateStream';

/** How often each group of items is drawn in each replicate. */
export interface Draws {
  readonly groups: number;
  readonly resamples: number;
  readonly counts: Uint16Array | Int32Array;
  /** Where in `counts` those of the replicate begin; they stand until the next call. */
  readonly at: (replicate: number) => number;
}

/** Counts up to this many are kept for all measures of a pair; more are drawn again for each. */
const mostKept = 4e7;

/** G of G clusters with replacement; within each stratum, where strata (lists of clusters) are given. */
export function clusterDraws(
  strata: readonly (readonly number[])[],
  resamples: number,
  seed: number,
): Draws {
  const groups = strata.reduce((sum, { length }) => sum + length, 0);
  return drawsOf(groups, resamples, seed, size => new Uint16Array(size), (stream, counts, offset) => {
    for (const clusters of strata) {
      for (let draw = 0; draw < clusters.length; draw++) {
        const place = offset + (clusters[uniformBelow(stream, clusters.length)] ?? 0);
        counts[place] = (counts[place] ?? 0) + 1;
      }
    }
  });
}

/**
 * n of n items with replacement, counted by cell: `sizes` are the cells' numbers of items. One multinomial draw, as
 * binomials of what is left, so that the time depends on the cells and not on n; where cells are as many as items, one by one.
 */
export function itemDraws(sizes: readonly number[], resamples: number, seed: number): Draws {
  const n = sizes.reduce((sum, size) => sum + size, 0);
  const cellOf = sizes.length * 10 > n ? Int32Array.from(sizes.flatMap((size, cell) => Array<number>(size).fill(cell))) : null;
  return drawsOf(sizes.length, resamples, seed, size => new Int32Array(size), (stream, counts, offset) => {
    if (cellOf) {
      for (let draw = 0; draw < n; draw++) {
        const place = offset + (cellOf[uniformBelow(stream, n)] ?? 0);
        counts[place] = (counts[place] ?? 0) + 1;
      }
      return;
    }
    let left = n;
    let items = n;
    for (let cell = 0; cell < sizes.length && left > 0; cell++) {
      const size = sizes[cell] ?? 0;
      const drawn = binomial(stream, left, size / items);
      counts[offset + cell] = drawn;
      left -= drawn;
      items -= size;
    }
  });
}

/**
 * The same draws, counted by parts that groups share: `parts[g]` are those in group g, one for each of its items. For measures
 * that tell items by nothing but their part, this is done once for all of them.
 */
export function countedByParts(draws: Draws, parts: readonly Int32Array[], count: number): Draws {
  const { starts, cells, times } = tallied(parts, count);
  return keptDraws(count, draws.resamples, size => new Int32Array(size), (counts, offset, replicate) => {
    const from = draws.at(replicate);
    const drawn = draws.counts;
    for (let group = 0; group < parts.length; group++) {
      const copies = drawn[from + group] ?? 0;
      if (copies === 0) continue;
      const end = starts[group + 1] ?? 0;
      for (let at = starts[group] ?? 0; at < end; at++) {
        const place = offset + (cells[at] ?? 0);
        counts[place] = (counts[place] ?? 0) + copies * (times[at] ?? 0);
      }
    }
  });
}

/** Of each group, its parts once each and how often they stand in it. */
function tallied(parts: readonly Int32Array[], count: number) {
  const own = new Int32Array(count);
  const starts = new Int32Array(parts.length + 1);
  const cells: number[] = [];
  const times: number[] = [];
  parts.forEach((members, group) => {
    for (const part of members) own[part] = (own[part] ?? 0) + 1;
    for (const part of members) {
      if (own[part] === 0) continue;
      cells.push(part);
      times.push(own[part] ?? 0);
      own[part] = 0;
    }
    starts[group + 1] = cells.length;
  });
  return { starts, cells: Int32Array.from(cells), times: Int32Array.from(times) };
}

type Counts = Uint16Array | Int32Array;

/** Each replicate from its own stream. */
function drawsOf(
  groups: number,
  resamples: number,
  seed: number,
  make: (size: number) => Counts,
  draw: (stream: ReplicateStream, counts: Counts, offset: number) => void,
): Draws {
  return keptDraws(groups, resamples, make, (counts, offset, replicate) =>
    draw(replicateStream(seed, replicate), counts, offset),
  );
}

/** Counted at the first call, then kept. */
function keptDraws(
  groups: number,
  resamples: number,
  make: (size: number) => Counts,
  count: (counts: Counts, offset: number, replicate: number) => void,
): Draws {
  const kept = groups * resamples <= mostKept;
  let counts: Counts | null = null;
  const all = (): Counts => {
    if (counts) return counts;
    const made = make(kept ? groups * resamples : groups);
    if (kept)
      for (let replicate = 0; replicate < resamples; replicate++) count(made, replicate * groups, replicate);
    counts = made;
    return made;
  };
  return {
    groups,
    resamples,
    get counts() {
      return all();
    },
    at(replicate) {
      if (kept) return replicate * groups;
      const own = all();
      own.fill(0);
      count(own, 0, replicate);
      return 0;
    },
  };
}
