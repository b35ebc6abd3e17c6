import { lanes, type Draws } from './draws';
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
 * The statistic of every replicate. Each group's sums are made once; a replicate's are those of the groups drawn, as often
 * as drawn, for some replicates at a time and with no object of their own.
 */
export function replicatesOf(statistic: Statistic, groups: Groups, draws: Draws): Replicates {
  const { size } = statistic;
  const fill =
    groups.items.length * size > mostLooked
      ? itemByItem(statistic, groups, draws)
      : byGroup(groupSums(statistic, groups), size, draws);
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

/** Writes the sums of a replicate; called with one after the other. */
type Fill = (sums: Float64Array, replicate: number) => void;

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

/** Each sum of a group goes to all replicates of a block in a row: four at a time, a third faster than one by one. */
function byGroup({ starts, cells, values }: GroupSums, size: number, draws: Draws): Fill {
  const block = new Float64Array(size * lanes);
  const fillBlock = (offset: number): void => {
    const { counts, groups } = draws;
    block.fill(0);
    for (let group = 0; group < groups; group++) {
      const from = offset + lanes * group;
      const end = starts[group + 1] ?? 0;
      for (let at = starts[group] ?? 0; at < end; at++) {
        const to = lanes * (cells[at] ?? 0);
        const value = values[at] ?? 0;
        for (let lane = 0; lane < lanes; lane += 4) {
          const [i, j] = [to + lane, from + lane];
          block[i] = (block[i] ?? 0) + (counts[j] ?? 0) * value;
          block[i + 1] = (block[i + 1] ?? 0) + (counts[j + 1] ?? 0) * value;
          block[i + 2] = (block[i + 2] ?? 0) + (counts[j + 2] ?? 0) * value;
          block[i + 3] = (block[i + 3] ?? 0) + (counts[j + 3] ?? 0) * value;
        }
      }
    }
  };
  return (sums, replicate) => {
    const lane = replicate % lanes;
    if (lane === 0) fillBlock(draws.at(replicate / lanes));
    for (let cell = 0; cell < size; cell++) sums[cell] = block[lanes * cell + lane] ?? 0;
  };
}

function itemByItem(statistic: Statistic, { items, weights }: Groups, draws: Draws): Fill {
  let offset = 0;
  return (sums, replicate) => {
    const lane = replicate % lanes;
    if (lane === 0) offset = draws.at(replicate / lanes);
    const { counts } = draws;
    sums.fill(0);
    items.forEach((members, group) => {
      const times = counts[offset + lanes * group + lane] ?? 0;
      for (let time = 0; time < times; time++)
        for (const item of members) statistic.add(sums, item, weights[item] ?? 0);
    });
  };
}
