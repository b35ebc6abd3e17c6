import { eachCoincidence } from './coincidences';
import { distinctOfAll } from './distinct';
import type { Sample } from './sample';
import type { Statistic } from './statistic';

/** The coincidence matrix as sums: [items, weight, n_c of each value, o_ck of each pair c < k that occurs]. */
export interface CoincidenceCells extends Pick<Statistic, 'size' | 'add'> {
  readonly parts: (sums: Float64Array) => CoincidenceParts;
  /** Value indices c < k of each cell of `observed`. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

export interface CoincidenceParts {
  readonly items: number;
  readonly weight: number;
  readonly amounts: Float64Array;
  readonly observed: Float64Array;
}

/** Only cells that occur are kept: K² of them on a scale, as many as items where every value is different. */
export function coincidenceCells(sample: Sample): CoincidenceCells {
  const columns = distinctOfAll(sample.columns);
  const count = columns[0]?.count ?? 0;
  const codes = columns.map(({ codes: places }) =>
    Float64Array.from(places, place => (place < 0 ? NaN : place)),
  );
  const lower: number[] = [];
  const upper: number[] = [];
  const known = new Map<number, number>();
  for (let item = 0; item < sample.n; item++) {
    eachCoincidence(codes, item, (left, right) => {
      if (left >= right || known.has(left * count + right)) return;
      known.set(left * count + right, lower.push(left) - 1);
      upper.push(right);
    });
  }
  const head = 2 + count;
  return {
    size: head + lower.length,
    lower,
    upper,
    add(sums, item, weight) {
      sums[0] = (sums[0] ?? 0) + Math.sign(weight);
      sums[1] = (sums[1] ?? 0) + weight;
      for (const column of codes) {
        const place = column[item] ?? NaN;
        if (!Number.isNaN(place)) sums[2 + place] = (sums[2 + place] ?? 0) + weight;
      }
      eachCoincidence(codes, item, (left, right, share) => {
        if (left >= right) return;
        const cell = head + (known.get(left * count + right) ?? 0);
        sums[cell] = (sums[cell] ?? 0) + weight * share;
      });
    },
    parts: sums => ({
      items: sums[0] ?? 0,
      weight: sums[1] ?? 0,
      amounts: sums.subarray(2, head),
      observed: sums.subarray(head),
    }),
  };
}
