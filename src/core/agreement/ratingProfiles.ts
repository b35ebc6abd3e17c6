import { distinctOf } from './distinct';
import { midRanks } from './midRanks';
import type { Sample } from './sample';
import type { Statistic } from './statistic';

/**
 * The distinct rows of ratings as sums: what depends on ranks depends only on the weight of each, and each replicate
 * ranks anew. On a scale of K points K² cells for a pair; as many as items where every row is different.
 */
export interface RatingProfiles extends Pick<Statistic, 'size' | 'add'> {
  /** Of each column: the place of each cell's rating among the column's values. Cells ascend by these, column by column. */
  readonly places: readonly Int32Array[];
  /** Distinct values of each column. */
  readonly counts: readonly number[];
  /** Mid-ranks of each column's values less half the total weight, which is returned; valid until the next call. */
  readonly rank: (sums: Float64Array) => { weight: number; ranks: readonly Float64Array[] };
}

export function ratingProfiles(sample: Sample): RatingProfiles {
  const columns = sample.columns.map(distinctOf);
  const order = Int32Array.from({ length: sample.n }, (_, item) => item).sort((left, right) => {
    for (const { codes } of columns) {
      const step = (codes[left] ?? 0) - (codes[right] ?? 0);
      if (step !== 0) return step;
    }
    return 0;
  });
  const cellOf = new Int32Array(sample.n);
  const firsts: number[] = [];
  order.forEach((item, index) => {
    const before = order[index - 1] ?? -1;
    if (index === 0 || columns.some(({ codes }) => codes[item] !== codes[before])) firsts.push(item);
    cellOf[item] = firsts.length - 1;
  });
  const places = columns.map(({ codes }) => Int32Array.from(firsts, item => codes[item] ?? 0));
  const counts = columns.map(({ count }) => count);
  const amounts = counts.map(count => new Float64Array(count));
  const ranks = counts.map(count => new Float64Array(count));
  return {
    size: firsts.length,
    places,
    counts,
    add(sums, item, weight) {
      const cell = cellOf[item] ?? 0;
      sums[cell] = (sums[cell] ?? 0) + weight;
    },
    rank(sums) {
      let weight = 0;
      places.forEach((placesOf, column) => {
        const amount = amounts[column] ?? new Float64Array();
        const rank = ranks[column] ?? new Float64Array();
        marginsOf(sums, placesOf, amount);
        weight = midRanks(amount, rank);
        for (let place = 0; place < rank.length; place++) rank[place] = (rank[place] ?? 0) - weight / 2;
      });
      return { weight, ranks };
    },
  };
}

/** Σ of the cells' sums by the place of one column, written into `amounts`. */
export function marginsOf(sums: Float64Array, places: Int32Array, amounts: Float64Array): void {
  amounts.fill(0);
  for (let cell = 0; cell < sums.length; cell++) {
    const place = places[cell] ?? 0;
    amounts[place] = (amounts[place] ?? 0) + (sums[cell] ?? 0);
  }
}
