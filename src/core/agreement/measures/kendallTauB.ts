import { coefficient } from '../coefficient';
import { correlationOf } from '../correlation';
import type { Measure } from '../measure';
import { marginsOf, ratingProfiles } from '../ratingProfiles';
import type { Sample } from '../sample';
import type { Statistic } from '../statistic';

/** (concordant − discordant)/√(pairs untied in a · pairs untied in b) (Kendall 1945); a pair of items weighs w_i w_j. */
export const kendallTauB: Measure = {
  id: 'kendallTauB',
  label: 'Kendall τ-b',
  ratings: 'numbers',
  of: sample => coefficient(sample, concordance(sample), 'the ranks are the same'),
};

/** O(cells · log values) for each evaluation: the cells ascend by a, and a Fenwick tree holds the weights seen, by b. */
function concordance(sample: Sample) {
  const { size, add, places, counts } = ratingProfiles(sample);
  const [rows = new Int32Array(), columns = new Int32Array()] = places;
  const [rowCount = 0, columnCount = 0] = counts;
  const marginA = new Float64Array(rowCount);
  const marginB = new Float64Array(columnCount);
  const tree = new Float64Array(columnCount + 1);
  const statistic: Statistic = {
    size,
    add,
    value(sums) {
      marginsOf(sums, rows, marginA);
      marginsOf(sums, columns, marginB);
      tree.fill(0);
      let seen = 0;
      let surplus = 0;
      for (let start = 0; start < size;) {
        let end = start;
        let inRow = 0;
        for (; end < size && rows[end] === rows[start]; end++) {
          const amount = sums[end] ?? 0;
          if (amount === 0) continue;
          const column = columns[end] ?? 0;
          const below = sumUpTo(tree, column);
          const notAbove = sumUpTo(tree, column + 1);
          surplus += amount * (below - (seen - notAbove));
          inRow += amount;
        }
        for (let cell = start; cell < end; cell++) grow(tree, (columns[cell] ?? 0) + 1, sums[cell] ?? 0);
        seen += inRow;
        start = end;
      }
      return correlationOf({
        weight: 1,
        a: 0,
        b: 0,
        aa: untied(marginA, seen),
        bb: untied(marginB, seen),
        ab: 2 * surplus,
      });
    },
  };
  return { ...statistic, work: 2 * size * (32 - Math.clz32(columnCount)) };
}

/** Ordered pairs whose values differ, by weight. */
function untied(margin: Float64Array, weight: number): number {
  let squares = 0;
  for (const amount of margin) squares += amount * amount;
  const pairs = weight * weight - squares;
  return pairs <= 1e-13 * weight * weight ? 0 : pairs;
}

/** Sum of the first `count` entries. */
function sumUpTo(tree: Float64Array, count: number): number {
  let sum = 0;
  for (let node = count; node > 0; node -= node & -node) sum += tree[node] ?? 0;
  return sum;
}

function grow(tree: Float64Array, from: number, amount: number): void {
  for (let node = from; node < tree.length; node += node & -node) tree[node] = (tree[node] ?? 0) + amount;
}
