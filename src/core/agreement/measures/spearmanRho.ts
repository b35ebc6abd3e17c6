import { coefficient } from '../coefficient';
import { correlationOf } from '../correlation';
import { distinctOf } from '../distinct';
import type { Measure } from '../measure';
import { midRanks } from '../midRanks';
import type { Sample } from '../sample';
import type { Statistic } from '../statistic';

/** Rank correlation (Spearman 1904): product-moment correlation of the mid-ranks, of the weighted ECDF under weights. */
export const spearmanRho: Measure = {
  id: 'spearmanRho',
  label: 'Spearman ρ',
  ratings: 'numbers',
  of: sample => coefficient(sample, rankTable(sample), 'the ranks are the same'),
};

/** Ranks depend only on the table of distinct pairs: its cells are the sums, and each replicate ranks anew. */
function rankTable(sample: Sample): Statistic {
  const [a, b] = sample.columns.map(distinctOf);
  if (!a || !b) throw new Error('spearmanRho needs two columns');
  const cellOf = new Int32Array(sample.n);
  const rows: number[] = [];
  const columns: number[] = [];
  const known = new Map<number, number>();
  for (let item = 0; item < sample.n; item++) {
    const row = a.codes[item] ?? 0;
    const column = b.codes[item] ?? 0;
    const key = row * b.count + column;
    let cell = known.get(key);
    if (cell === undefined) {
      cell = rows.push(row) - 1;
      columns.push(column);
      known.set(key, cell);
    }
    cellOf[item] = cell;
  }
  const marginA = new Float64Array(a.count);
  const marginB = new Float64Array(b.count);
  const rankA = new Float64Array(a.count);
  const rankB = new Float64Array(b.count);
  return {
    size: rows.length,
    add(sums, item, weight) {
      const cell = cellOf[item] ?? 0;
      sums[cell] = (sums[cell] ?? 0) + weight;
    },
    value(sums) {
      marginA.fill(0);
      marginB.fill(0);
      for (let cell = 0; cell < sums.length; cell++) {
        const amount = sums[cell] ?? 0;
        marginA[rows[cell] ?? 0] = (marginA[rows[cell] ?? 0] ?? 0) + amount;
        marginB[columns[cell] ?? 0] = (marginB[columns[cell] ?? 0] ?? 0) + amount;
      }
      const weight = midRanks(marginA, rankA);
      midRanks(marginB, rankB);
      let aa = 0;
      let bb = 0;
      let ab = 0;
      // The weighted mean of mid-ranks is half the total weight, so ranks are taken from there.
      for (let cell = 0; cell < sums.length; cell++) {
        const amount = sums[cell] ?? 0;
        const left = (rankA[rows[cell] ?? 0] ?? 0) - weight / 2;
        const right = (rankB[columns[cell] ?? 0] ?? 0) - weight / 2;
        aa += amount * left * left;
        bb += amount * right * right;
        ab += amount * left * right;
      }
      return correlationOf({
        weight: 1,
        a: 0,
        b: 0,
        aa: vanishing(aa, weight),
        bb: vanishing(bb, weight),
        ab,
      });
    },
  };
}

/** A constant column has all its ranks at half the weight; fractional weights leave a trace there. */
function vanishing(squares: number, weight: number): number {
  return squares <= 1e-13 * weight * weight * weight ? 0 : squares;
}
