import type { Sample } from './sample';
import { snapped, undefinedValue, type Statistic, type Value } from './statistic';

/** 1 − n Σ v p_ij / Σ v p_i· p_·j, from both sums times n and n²; undefined where only one category is in use. */
export function kappaOf(total: number, observed: number, expected: number): Value {
  if (expected <= 1e-13 * total * total) return undefinedValue('both gave every item the same score');
  return snapped(1 - (total * observed) / expected);
}

/** κ of unordered categories by the margins alone: Σ_{i≠j} p_i· p_·j = 1 − Σ p_k· p_·k. */
export function unorderedKappa({ categories }: Sample): Statistic {
  const { size, rows, columns } = codesOf(categories);
  return {
    size: 2 + 2 * size,
    add(sums, item, weight) {
      const [row, column] = [rows?.[item] ?? 0, columns?.[item] ?? 0];
      sums[0] = (sums[0] ?? 0) + weight;
      if (row !== column) sums[1] = (sums[1] ?? 0) + weight;
      sums[2 + row] = (sums[2 + row] ?? 0) + weight;
      sums[2 + size + column] = (sums[2 + size + column] ?? 0) + weight;
    },
    value(sums) {
      const [total = 0, observed = 0] = sums;
      let equal = 0;
      for (let code = 2; code < 2 + size; code++) equal += (sums[code] ?? 0) * (sums[code + size] ?? 0);
      return kappaOf(total, observed, total * total - equal);
    },
  };
}

/** κ with quadratic weights by moments of the places in the category list: Σ (i − j)² p_i· p_·j = Σ i² p_i· + Σ j² p_·j − 2 Σ i p_i· Σ j p_·j. */
export function quadraticKappa({ categories }: Sample): Statistic {
  const { rows, columns } = codesOf(categories);
  // From the lowest in use, the squares are small, and 0 where it is the only one.
  const lowest = Math.min(lowestOf(rows), lowestOf(columns));
  return {
    size: 5,
    add(sums, item, weight) {
      const [row, column] = [(rows?.[item] ?? 0) - lowest, (columns?.[item] ?? 0) - lowest];
      sums[0] = (sums[0] ?? 0) + weight;
      sums[1] = (sums[1] ?? 0) + weight * row;
      sums[2] = (sums[2] ?? 0) + weight * column;
      sums[3] = (sums[3] ?? 0) + weight * (row * row + column * column);
      sums[4] = (sums[4] ?? 0) + weight * ((row - column) * (row - column));
    },
    value: ([total = 0, row = 0, column = 0, squares = 0, observed = 0]) =>
      kappaOf(total, observed, total * squares - 2 * row * column),
  };
}

function codesOf(categories: Sample['categories']) {
  const none = categories.kind === 'none';
  const [rows, columns] = none ? [] : categories.codes;
  return { size: none ? 0 : categories.values.length, rows, columns };
}

const lowestOf = (codes: Int32Array | undefined): number =>
  codes?.reduce((lowest, code) => Math.min(lowest, code), Infinity) ?? 0;
