import type { PairReport } from '../agreement/agreementReport';

/** Steps of intensity of a cell that holds anything. */
export const heatLevels = 8;

export interface MatrixCell {
  /** Items, or the sum of their weights. */
  readonly count: number;
  /** 0 for an empty cell, else 1 to `heatLevels` by its share of the fullest cell. */
  readonly level: number;
  readonly equal: boolean;
}

export interface MatrixRow {
  readonly category: number | string;
  /** The cut runs under this row. */
  readonly cutBelow: boolean;
  readonly cells: readonly MatrixCell[];
}

/** Drawn like a plot: b along x in scale order, a along y with its highest category on top. */
export interface ConfusionMatrix {
  readonly columns: readonly { readonly category: number | string; readonly cutLeft: boolean }[];
  readonly rows: readonly MatrixRow[];
}

/** Lays the counts out; the cut's lines lie between categories and are left out where all lie on one side of it. */
export function confusionMatrix(
  { categories, counts }: NonNullable<PairReport['confusion']>,
  cut: number | null,
): ConfusionMatrix {
  const largest = Math.max(0, ...counts.flat());
  const first = cut === null ? -1 : categories.findIndex(value => typeof value === 'number' && value >= cut);
  const cutAt = first > 0 ? first : -1;
  const rows = categories.map((category, row) => ({
    category,
    cutBelow: row === cutAt,
    cells: categories.map((_, column) => {
      const count = counts[row]?.[column] ?? 0;
      const level = count > 0 ? Math.max(1, Math.round((heatLevels * count) / largest)) : 0;
      return { count, level, equal: row === column };
    }),
  }));
  return {
    columns: categories.map((category, column) => ({ category, cutLeft: column === cutAt })),
    rows: rows.reverse(),
  };
}
