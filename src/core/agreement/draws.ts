import { binomial } from './binomial';
import { drawBelow, replicateStream, type ReplicateStream } from './replicateStream';

/** How often each group of items is drawn in each replicate. */
export interface Draws {
  readonly groups: number;
  readonly resamples: number;
  /** Groups that a replicate draws, each as often as it is drawn; `null` where that differs between replicates. */
  readonly drawn: number | null;
  readonly counts: Uint16Array | Int32Array;
  /** Where in `counts` the replicate's begin, group after group, until the next call. */
  readonly at: (replicate: number) => number;
  /** The counts of two groups at a time; `null` where counts are not kept, or one is too great. */
  readonly paired: PairedCounts | null;
}

/** How often each two groups next to each other are drawn, replicate after replicate: the first's count + 16 × the second's. */
export interface PairedCounts {
  /** Every bit that some count has: no count is above it. */
  readonly bits: number;
  readonly keys: Uint8Array;
}

/** Counts up to this many are kept for all measures of a pair; more are drawn again for each. */
const mostKept = 4e7;

/** G of G clusters with replacement; within each stratum, where strata (lists of clusters) are given. */
export function clusterDraws(strata: readonly (readonly number[])[], resamples: number, seed: number): Draws {
  const groups = strata.reduce((sum, { length }) => sum + length, 0);
  const made = (size: number): Counts => new Uint16Array(size);
  return keptDraws(groups, groups, resamples, made, (counts, offset, replicate) => {
    const stream = replicateStream(seed, replicate);
    for (const clusters of strata)
      drawBelow(stream, clusters.length, clusters.length, drawn => {
        const place = offset + (clusters[drawn] ?? 0);
        counts[place] = (counts[place] ?? 0) + 1;
      });
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
  return keptDraws(sizes.length, n, resamples, made, (counts, offset, replicate) => {
    const stream = replicateStream(seed, replicate);
    if (!oneByOne) return multinomial(stream, sizes, n, counts, offset);
    drawBelow(stream, n, n, drawn => {
      const place = offset + (cellOf[drawn] ?? 0);
      counts[place] = (counts[place] ?? 0) + 1;
    });
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
    counts[offset + cell] = drawn;
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
  return keptDraws(count, null, draws.resamples, made, (counts, offset, replicate) => {
    const from = draws.at(replicate);
    const drawn = draws.counts;
    for (let group = 0; group < parts.length; group++) {
      const often = drawn[from + group] ?? 0;
      if (often === 0) continue;
      const end = starts[group + 1] ?? 0;
      for (let at = starts[group] ?? 0; at < end; at++) {
        const to = offset + (cells[at] ?? 0);
        counts[to] = (counts[to] ?? 0) + often * (times[at] ?? 0);
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

/** Counted at the first call, then kept; `count` writes what one replicate draws, whichever it is. */
function keptDraws(
  groups: number,
  drawn: number | null,
  resamples: number,
  make: (size: number) => Counts,
  count: (counts: Counts, offset: number, replicate: number) => void,
): Draws {
  const kept = groups * resamples <= mostKept;
  let counts: Counts | null = null;
  let paired: PairedCounts | null | undefined;
  const all = (): Counts => {
    if (counts) return counts;
    const made = make(kept ? groups * resamples : groups);
    for (let replicate = 0; kept && replicate < resamples; replicate++)
      count(made, replicate * groups, replicate);
    counts = made;
    return made;
  };
  return {
    groups,
    drawn,
    resamples,
    get counts() {
      return all();
    },
    get paired() {
      return (paired ??= kept ? pairedCounts(all(), groups) : null);
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

/** Two counts in a byte; `null` where one is too great for that. */
function pairedCounts(counts: Counts, groups: number): PairedCounts | null {
  const keys = new Uint8Array(Math.ceil(groups / 2) * (counts.length / groups));
  let bits = 0;
  let key = 0;
  for (let at = 0; at < counts.length;) {
    const last = at + groups - 1;
    for (; at < last; at += 2) {
      const often = counts[at] ?? 0;
      const otherOften = counts[at + 1] ?? 0;
      bits |= often | otherOften;
      keys[key++] = often | (otherOften << 4);
    }
    if (at > last) continue;
    // The last of an odd number of groups stands alone.
    const often = counts[at++] ?? 0;
    bits |= often;
    keys[key++] = often;
  }
  return bits < 16 ? { bits, keys } : null;
}
