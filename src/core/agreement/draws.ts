import { binomial } from './binomial';
import { replicateStream, uniformBelow, type ReplicateStream } from './replicateStream';

/** Replicates that are worked on at a time, side by side in memory; a multiple of 4. */
export const lanes = 64;

/** How often each group of items is drawn in each replicate. */
export interface Draws {
  readonly groups: number;
  readonly resamples: number;
  readonly counts: Uint16Array | Int32Array;
  /**
   * Where in `counts` those of the replicates from `lanes · block` on begin, until the next call: the count of a group in the
   * replicate `lanes · block + lane` stands `lanes · group + lane` further on.
   */
  readonly at: (block: number) => number;
}

/** Counts up to this many are kept for all measures of a pair; more are drawn again for each. */
const mostKept = 4e7;

/** G of G clusters with replacement; within each stratum, where strata (lists of clusters) are given. */
export function clusterDraws(strata: readonly (readonly number[])[], resamples: number, seed: number): Draws {
  const groups = strata.reduce((sum, { length }) => sum + length, 0);
  const made = (size: number): Counts => new Uint16Array(size);
  return drawsOf(groups, resamples, made, (counts, offset, replicate) => {
    const stream = replicateStream(seed, replicate);
    for (const clusters of strata) {
      for (let draw = 0; draw < clusters.length; draw++) {
        const place = offset + lanes * (clusters[uniformBelow(stream, clusters.length)] ?? 0);
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
  const oneByOne = sizes.length * 10 > n;
  const cellOf = Int32Array.from(
    oneByOne ? sizes.flatMap((size, cell) => Array<number>(size).fill(cell)) : [],
  );
  const made = (size: number): Counts => new Int32Array(size);
  return drawsOf(sizes.length, resamples, made, (counts, offset, replicate) => {
    const stream = replicateStream(seed, replicate);
    if (!oneByOne) return multinomial(stream, sizes, n, counts, offset);
    for (let draw = 0; draw < n; draw++) {
      const place = offset + lanes * (cellOf[uniformBelow(stream, n)] ?? 0);
      counts[place] = (counts[place] ?? 0) + 1;
    }
  });
}

function multinomial(
  stream: ReplicateStream,
  sizes: readonly number[],
  n: number,
  counts: Counts,
  offset: number,
): void {
  let left = n;
  let items = n;
  for (let cell = 0; cell < sizes.length && left > 0; cell++) {
    const size = sizes[cell] ?? 0;
    const drawn = binomial(stream, left, size / items);
    counts[offset + lanes * cell] = drawn;
    left -= drawn;
    items -= size;
  }
}

/**
 * The same draws, counted by parts that groups share: `parts[g]` has one for each item of group g. For measures that tell items
 * by nothing but their part, this is done once for all of them.
 */
export function countedByParts(draws: Draws, parts: readonly Int32Array[], count: number): Draws {
  const { starts, cells, times } = tallied(parts, count);
  const made = (size: number): Counts => new Int32Array(size);
  return keptDraws(count, draws.resamples, made, (counts, offset, block) => {
    const from = draws.at(block);
    const drawn = draws.counts;
    for (let group = 0; group < parts.length; group++) {
      const own = from + lanes * group;
      const end = starts[group + 1] ?? 0;
      for (let at = starts[group] ?? 0; at < end; at++) {
        const to = offset + lanes * (cells[at] ?? 0);
        const time = times[at] ?? 0;
        for (let lane = 0; lane < lanes; lane += 4) {
          const [i, j] = [to + lane, own + lane];
          counts[i] = (counts[i] ?? 0) + time * (drawn[j] ?? 0);
          counts[i + 1] = (counts[i + 1] ?? 0) + time * (drawn[j + 1] ?? 0);
          counts[i + 2] = (counts[i + 2] ?? 0) + time * (drawn[j + 2] ?? 0);
          counts[i + 3] = (counts[i + 3] ?? 0) + time * (drawn[j + 3] ?? 0);
        }
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

/** Each replicate by itself. */
function drawsOf(
  groups: number,
  resamples: number,
  make: (size: number) => Counts,
  draw: (counts: Counts, offset: number, replicate: number) => void,
): Draws {
  return keptDraws(groups, resamples, make, (counts, offset, block) => {
    for (let lane = 0; lane < lanes && block * lanes + lane < resamples; lane++)
      draw(counts, offset + lane, block * lanes + lane);
  });
}

/** Counted at the first call, then kept. */
function keptDraws(
  groups: number,
  resamples: number,
  make: (size: number) => Counts,
  count: (counts: Counts, offset: number, block: number) => void,
): Draws {
  const blocks = Math.ceil(resamples / lanes);
  const size = groups * lanes;
  const kept = size * blocks <= mostKept;
  let counts: Counts | null = null;
  const all = (): Counts => {
    if (counts) return counts;
    const made = make(kept ? size * blocks : size);
    for (let block = 0; kept && block < blocks; block++) count(made, block * size, block);
    counts = made;
    return made;
  };
  return {
    groups,
    resamples,
    get counts() {
      return all();
    },
    at(block) {
      if (kept) return block * size;
      const own = all();
      own.fill(0);
      count(own, 0, block);
      return 0;
    },
  };
}
