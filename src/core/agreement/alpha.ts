import { snapped, undefinedValue, type Value } from './statistic';

export interface AlphaSums {
  /** Items, and their weight: α is of weights scaled to sum to the items. */
  readonly items: number;
  readonly weight: number;
  /** Σ over values of n_c: the weighted number of ratings. */
  readonly ratings: number;
  /** Σ o_ck δ²_ck over all c, k of the coincidence matrix. */
  readonly observed: number;
  /** Σ n_c n_k δ²_ck over all c, k. */
  readonly expected: number;
}

/** α = 1 − (n − 1) Σ o δ² / Σ n_c n_k δ² (Krippendorff 2011), the sums as they come, before scaling the weights. */
export function alphaOf(
  { items, weight, ratings, observed, expected }: AlphaSums,
  negligible: number,
): Value {
  if (items < 1) return undefinedValue('fewer than 2 items');
  if (expected <= negligible) return undefinedValue('every rating is the same');
  const scale = items / weight;
  return snapped(1 - ((ratings * scale - 1) * observed) / (scale * expected));
}
