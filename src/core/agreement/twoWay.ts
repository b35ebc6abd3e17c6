import { pivotOfAll } from './pivotOf';
import type { Sample } from './sample';
import type { Statistic } from './statistic';

/** Mean squares of n items by k raters (McGraw & Wong 1996). */
export interface MeanSquares {
  readonly items: number;
  readonly raters: number;
  /** Rows (items), columns (raters), error, and within items: of the one-way layout. */
  readonly msr: number;
  readonly msc: number;
  readonly mse: number;
  readonly msw: number;
}

export interface TwoWay extends Pick<Statistic, 'size' | 'add'> {
  /** `null` where no rater's ratings vary. */
  readonly meanSquares: (sums: Float64Array) => MeanSquares | null;
}

/** Two-way layout of a sample without missing ratings; squares weighted, weights scaled to sum to the items. */
export function twoWay(sample: Sample): TwoWay {
  const raters = sample.columns.length;
  const pivot = pivotOfAll(sample.columns);
  const columns = sample.columns.map(column => column.map(value => value - pivot));
  const squares = raters + 2;
  return {
    size: raters + 4,
    // [items, weight, Σ of each rater, Σ (item's sum)², Σ k · (squares within the item)]
    add(sums, item, weight) {
      let row = 0;
      let total = 0;
      sums[0] = (sums[0] ?? 0) + Math.sign(weight);
      sums[1] = (sums[1] ?? 0) + weight;
      for (let rater = 0; rater < raters; rater++) {
        const value = columns[rater]?.[item] ?? 0;
        row += value;
        total += value * value;
        sums[2 + rater] = (sums[2 + rater] ?? 0) + weight * value;
      }
      sums[squares] = (sums[squares] ?? 0) + weight * row * row;
      sums[squares + 1] = (sums[squares + 1] ?? 0) + weight * (raters * total - row * row);
    },
    meanSquares(sums) {
      const [items = 0, weight = 0] = sums;
      const rows = sums[squares] ?? 0;
      const within = (sums[squares + 1] ?? 0) / raters;
      let all = 0;
      let each = 0;
      for (let rater = 0; rater < raters; rater++) {
        const sum = sums[2 + rater] ?? 0;
        all += sum;
        each += sum * sum;
      }
      const negligible = 1e-13 * (rows / raters + within);
      const settled = (square: number) => (square <= negligible ? 0 : (square * items) / weight);
      const between = (each - (all * all) / raters) / weight;
      const ssr = settled((rows - (all * all) / weight) / raters);
      const sse = settled(within - between);
      const ssc = settled(between);
      if (items < 2 || (ssr === 0 && sse === 0)) return null;
      return {
        items,
        raters,
        msr: ssr / (items - 1),
        msc: ssc / (raters - 1),
        mse: sse / ((items - 1) * (raters - 1)),
        msw: (ssc + sse) / (items * (raters - 1)),
      };
    },
  };
}
