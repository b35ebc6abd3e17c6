/** A rating: a number, a text label of nominal data, or nothing. */
export type Rating = number | string | null;

/** Why a rating that exists may not be used; such a rating is `null` in its column and counted under the cause. */
export type ExclusionCause = 'judgeVisible' | 'cannotAssess' | 'stale';

/** One judge or human: `values[i]` is its rating of unit i. */
export interface RatingColumn {
  readonly name: string;
  readonly role: 'judge' | 'human';
  readonly values: readonly Rating[];
  /** Unit index → why its rating is left out. Units absent from the map with a null value are `missing`. */
  readonly excluded?: ReadonlyMap<number, ExclusionCause>;
}

/** Ratings of units (items or CSV rows) by judges and humans: the one input of every measure. */
export interface RatingTable {
  /** Length n. `id` orders units (UTF-16 code units) and finds the item again; `cluster` is what the intervals resample. */
  readonly units: readonly { readonly id: string; readonly cluster: string; readonly weight: number }[];
  readonly clusterBy: string;
  readonly columns: readonly RatingColumn[];
  /** Declared scale; ratings off it are counted and left out. `null`: the observed range is used and said. */
  readonly scale: { readonly min: number; readonly max: number } | null;
  /** The ratings are means over several rows: their fractions are no categories. */
  readonly averaged?: boolean;
  readonly source: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
}
