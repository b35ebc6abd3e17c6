import { undefinedValue, type Value } from './statistic';

/** Sums of how the ratings fall into categories, from which a coefficient's chance agreement follows. */
export interface Margins {
  readonly size: number;
  /** Adds the item's ratings to the sums from `first` on. */
  readonly add: (sums: Float64Array, first: number, item: number, weight: number) => void;
  /** p_e of the sums from `first` on. */
  readonly chance: (sums: Float64Array, first: number) => Value;
}

/** π_k: the mean over items of the share of an item's ratings in k, whoever gave them. */
export function sharedMargins(
  codes: readonly Int32Array[],
  count: number,
  chanceOf: (shares: Float64Array) => Value,
): Margins {
  const shares = new Float64Array(count);
  return {
    size: 1 + count,
    add(sums, first, item, weight) {
      let ratings = 0;
      for (const column of codes) if ((column[item] ?? -1) >= 0) ratings++;
      if (ratings === 0) return;
      sums[first] = (sums[first] ?? 0) + weight;
      for (const column of codes) {
        const code = column[item] ?? -1;
        if (code < 0) continue;
        const place = first + 1 + code;
        sums[place] = (sums[place] ?? 0) + weight / ratings;
      }
    },
    chance(sums, first) {
      for (let code = 0; code < count; code++)
        shares[code] = (sums[first + 1 + code] ?? 0) / (sums[first] ?? 0);
      return chanceOf(shares);
    },
  };
}

/** Each rater's own shares p_gk; p_e = Σ_k p_gk p_hk averaged over the pairs of raters (Conger 1980). */
export function raterMargins(codes: readonly Int32Array[], count: number): Margins {
  const raters = codes.filter(column => column.some(code => code >= 0));
  return {
    size: raters.length * (1 + count),
    add(sums, first, item, weight) {
      let start = first;
      for (const column of raters) {
        const code = column[item] ?? -1;
        if (code >= 0) {
          sums[start] = (sums[start] ?? 0) + weight;
          sums[start + 1 + code] = (sums[start + 1 + code] ?? 0) + weight;
        }
        start += 1 + count;
      }
    },
    chance(sums, first) {
      const end = first + raters.length * (1 + count);
      let pairs = 0;
      for (let code = 0; code < count; code++) {
        let sum = 0;
        let squares = 0;
        for (let start = first; start < end; start += 1 + count) {
          const rated = sums[start] ?? 0;
          if (rated === 0) return undefinedValue('a rater has no rating');
          const share = (sums[start + 1 + code] ?? 0) / rated;
          sum += share;
          squares += share * share;
        }
        pairs += sum * sum - squares;
      }
      return pairs / (raters.length * (raters.length - 1));
    },
  };
}
