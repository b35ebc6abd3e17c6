import type { Draws } from './draws';
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

/**
 * The statistic of every replicate. Each group's sums are made once; a replicate is those of the groups drawn, as often
 * as drawn, with no object of its own.
 */
export function replicatesOf(statistic: Statistic, groups: Groups, draws: Draws): Replicates {
  const sums = new Float64Array(statistic.size);
  const fill = fillOf(statistic, groups, draws.counts);
  const values = new Float64Array(draws.resamples);
  let defined = 0;
  for (let replicate = 0; replicate < draws.resamples; replicate++) {
    fill(sums, draws.at(replicate));
    const value = statistic.value(sums);
    if (typeof value === 'number') values[defined++] = value;
  }
  return { values: values.subarray(0, defined), undefined: draws.resamples - defined };
}

type Fill = (sums: Float64Array, offset: number) => void;

function fillOf(statistic: Statistic, groups: Groups, counts: Draws['counts']): Fill {
  if (groups.items.length * statistic.size > mostLooked) return fillItems(statistic, groups, counts);
  const sums = groupSums(statistic, groups);
  return sums.cells.length * 2 > groups.items.length * statistic.size
    ? fillDense(sums, statistic.size, counts)
    : fillSparse(sums, counts);
}

/** The sums of each group that are not 0: those of group g from starts[g] to starts[g + 1]. */
interface GroupSums {
  readonly starts: Int32Array;
  readonly cells: Int32Array;
  readonly values: Float64Array;
}

function groupSums(statistic: Statistic, { items, weights }: Groups): GroupSums {
  const own = new Float64Array(statistic.size);
  const starts = new Int32Array(items.length + 1);
  const cells: number[] = [];
  const values: number[] = [];
  items.forEach((members, group) => {
    for (const item of members) statistic.add(own, item, weights[item] ?? 0);
    for (let cell = 0; cell < own.length; cell++) {
      const value = own[cell] ?? 0;
      if (value === 0) continue;
      cells.push(cell);
      values.push(value);
      own[cell] = 0;
    }
    starts[group + 1] = cells.length;
  });
  return { starts, cells: Int32Array.from(cells), values: Float64Array.from(values) };
}

function fillSparse({ starts, cells, values }: GroupSums, counts: Draws['counts']): Fill {
  const groups = starts.length - 1;
  return (sums, offset) => {
    sums.fill(0);
    let at = 0;
    for (let group = 0; group < groups; group++) {
      const end = starts[group + 1] ?? 0;
      const times = counts[offset + group] ?? 0;
      if (times === 0) {
        at = end;
        continue;
      }
      for (; at < end; at++) {
        const cell = cells[at] ?? 0;
        sums[cell] = (sums[cell] ?? 0) + times * (values[at] ?? 0);
      }
    }
  };
}

/** Four sums at a time, so that they stay in registers. */
function fillDense({ starts, cells, values }: GroupSums, size: number, counts: Draws['counts']): Fill {
  const groups = starts.length - 1;
  const stride = Math.ceil(size / 4) * 4;
  const rows = new Float64Array(groups * stride);
  for (let group = 0; group < groups; group++)
    for (let at = starts[group] ?? 0; at < (starts[group + 1] ?? 0); at++)
      rows[group * stride + (cells[at] ?? 0)] = values[at] ?? 0;
  return (sums, offset) => {
    for (let cell = 0; cell < stride; cell += 4) {
      let [first, second, third, fourth] = [0, 0, 0, 0];
      let at = cell;
      for (let group = 0; group < groups; group++) {
        const times = counts[offset + group] ?? 0;
        first += times * (rows[at] ?? 0);
        second += times * (rows[at + 1] ?? 0);
        third += times * (rows[at + 2] ?? 0);
        fourth += times * (rows[at + 3] ?? 0);
        at += stride;
      }
      // Past the end of the sums nothing is written.
      sums[cell] = first;
      sums[cell + 1] = second;
      sums[cell + 2] = third;
      sums[cell + 3] = fourth;
    }
  };
}

function fillItems(statistic: Statistic, { items, weights }: Groups, counts: Draws['counts']): Fill {
  return (sums, offset) => {
    sums.fill(0);
    items.forEach((members, group) => {
      const times = counts[offset + group] ?? 0;
      for (let time = 0; time < times; time++)
        for (const item of members) statistic.add(sums, item, weights[item] ?? 0);
    });
  };
}
