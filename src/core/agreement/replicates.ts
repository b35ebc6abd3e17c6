import type { Draws } from './draws';
import { packingOf, unpack } from './packedSums';
import { pairedSums } from './pairedSums';
import type { Statistic } from './statistic';

/** Items by group, as they are drawn together, with the items' weights. */
export interface Groups {
  readonly items: readonly Int32Array[];
  readonly weights: Float64Array;
}

export interface Replicates {
  /** Of the replicates in which the statistic is defined, in order of replicate. */
  readonly values: Float64Array;
  readonly undefined: number;
}

/** Over this many sums to look through, a group's own are not looked for: its items are added one by one. */
const mostLooked = 1e8;

/** Up to this many sums are kept of each group, side by side; of more only those that are not 0. */
const mostSideBySide = 32;

/**
 * The statistic of every replicate. Each group's sums are made once; a replicate's are those of the groups drawn, as often
 * as drawn, and with no object of their own.
 */
export function replicatesOf(statistic: Statistic, groups: Groups, draws: Draws): Replicates {
  const { size } = statistic;
  const fill =
    size <= mostSideBySide
      ? sideBySide(statistic, groups, draws)
      : groups.items.length * size > mostLooked
        ? itemByItem(statistic, groups, draws)
        : bySum(statistic, groups, draws);
  const sums = new Float64Array(size);
  const values = new Float64Array(draws.resamples);
  let defined = 0;
  for (let replicate = 0; replicate < draws.resamples; replicate++) {
    fill(sums, replicate);
    const value = statistic.value(sums);
    if (typeof value === 'number') values[defined++] = value;
  }
  return { values: values.subarray(0, defined), undefined: draws.resamples - defined };
}

/** Writes the sums of a replicate. */
type Fill = (sums: Float64Array, replicate: number) => void;

/** All sums of every group, packed where they are whole numbers, and two added at a time. */
function sideBySide({ add, size }: Statistic, { items, weights }: Groups, draws: Draws): Fill {
  const rows = new Float64Array(items.length * size);
  items.forEach((members, group) => {
    const own = rows.subarray(group * size, (group + 1) * size);
    for (const item of members) add(own, item, weights[item] ?? 0);
  });
  const packing = draws.drawn === null ? null : packingOf(rows, size, draws.drawn);
  const slots = packing ? packing.slots : size;
  const scaled = (at: number): number => (rows[at] ?? 0) * (packing ? (packing.scale[at % size] ?? 0) : 1);
  const slotOf = (sum: number): number => (packing ? (packing.slot[sum] ?? 0) : sum);
  const paired = packing && pays(draws, slots) ? draws.paired : null;
  if (packing && paired) {
    const values = new Float64Array(items.length * slots);
    for (let at = 0; at < rows.length; at++) {
      const place = Math.floor(at / size) * slots + slotOf(at % size);
      values[place] = (values[place] ?? 0) + scaled(at);
    }
    const all = pairedSums(values, slots, paired);
    return (sums, replicate) => unpack(all, packing, sums, replicate * slots);
  }
  const pairs = Math.ceil(slots / 2);
  // Pair after pair, in it group after group, two sums each.
  const twos = new Float64Array(pairs * items.length * 2);
  for (let at = 0; at < rows.length; at++) {
    const slot = slotOf(at % size);
    const place = 2 * ((slot >> 1) * items.length + Math.floor(at / size)) + (slot & 1);
    twos[place] = (twos[place] ?? 0) + scaled(at);
  }
  const made = new Float64Array(pairs * 2);
  return (sums, replicate) => {
    const offset = draws.at(replicate);
    for (let pair = 0; pair < pairs; pair++) addTwo(twos, pair, draws, offset, made);
    if (packing) unpack(made, packing, sums);
    else for (let sum = 0; sum < size; sum++) sums[sum] = made[sum] ?? 0;
  };
}

/** Whether replicates are many enough for looking sums up by pairs of groups, and few enough to keep all their sums. */
const pays = ({ resamples }: Draws, slots: number): boolean => resamples >= 500 && resamples * slots <= 4e6;

/** Two sums over the groups drawn, of even and odd groups apart: what is added waits for nothing added just before. */
function addTwo(
  twos: Float64Array,
  pair: number,
  { counts, groups }: Draws,
  offset: number,
  made: Float64Array,
): void {
  let first = 0;
  let second = 0;
  let otherFirst = 0;
  let otherSecond = 0;
  let at = 2 * pair * groups;
  let from = offset;
  for (const end = offset + groups - 1; from < end; from += 2, at += 4) {
    const often = counts[from] ?? 0;
    const otherOften = counts[from + 1] ?? 0;
    first += often * (twos[at] ?? 0);
    second += often * (twos[at + 1] ?? 0);
    otherFirst += otherOften * (twos[at + 2] ?? 0);
    otherSecond += otherOften * (twos[at + 3] ?? 0);
  }
  const last = from < offset + groups ? (counts[from] ?? 0) : 0;
  made[2 * pair] = first + otherFirst + last * (twos[at] ?? 0);
  made[2 * pair + 1] = second + otherSecond + last * (twos[at + 1] ?? 0);
}

/** Each group's sums that are not 0, one by one. */
function bySum({ add, size }: Statistic, { items, weights }: Groups, draws: Draws): Fill {
  const own = new Float64Array(size);
  const starts = new Int32Array(items.length + 1);
  const cells: number[] = [];
  const values: number[] = [];
  items.forEach((members, group) => {
    for (const item of members) add(own, item, weights[item] ?? 0);
    own.forEach((value, cell) => {
      if (value === 0) return;
      cells.push(cell);
      values.push(value);
    });
    own.fill(0);
    starts[group + 1] = cells.length;
  });
  const [places, terms] = [Int32Array.from(cells), Float64Array.from(values)];
  return (sums, replicate) => {
    const offset = draws.at(replicate);
    const { counts, groups } = draws;
    sums.fill(0);
    for (let group = 0; group < groups; group++) {
      const often = counts[offset + group] ?? 0;
      if (often === 0) continue;
      const end = starts[group + 1] ?? 0;
      for (let at = starts[group] ?? 0; at < end; at++) {
        const cell = places[at] ?? 0;
        sums[cell] = (sums[cell] ?? 0) + often * (terms[at] ?? 0);
      }
    }
  };
}

function itemByItem({ add }: Statistic, { items, weights }: Groups, draws: Draws): Fill {
  return (sums, replicate) => {
    const offset = draws.at(replicate);
    const { counts } = draws;
    sums.fill(0);
    items.forEach((members, group) => {
      const times = counts[offset + group] ?? 0;
      for (let time = 0; time < times; time++)
        for (const item of members) add(sums, item, weights[item] ?? 0);
    });
  };
}
