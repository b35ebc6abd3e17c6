import type { Rating, RatingTable } from '../../../src/core/agreement/ratingTable';
import type { AgreementReport, MeasureValue, PairReport } from '../../../src/core/agreement/agreementReport';
import { reportAgreement } from '../../../src/core/agreement/reportAgreement';

export interface TableRow {
  readonly ratings: readonly Rating[];
  readonly cluster?: string;
  readonly weight?: number;
  readonly id?: string;
}

export interface TableShape {
  readonly names?: readonly string[];
  readonly judges?: number;
  readonly scale?: { readonly min: number; readonly max: number } | null;
  readonly averaged?: boolean;
}

/** A rating table of rows; each row its own cluster unless it names one; the first `judges` columns are judges. */
export function tableOf(rows: readonly TableRow[], shape: TableShape = {}): RatingTable {
  const width = rows[0]?.ratings.length ?? 2;
  const idOf = (row: TableRow, place: number) => row.id ?? `row-${String(place).padStart(6, '0')}`;
  return {
    units: rows.map((row, place) => ({
      id: idOf(row, place),
      cluster: row.cluster ?? idOf(row, place),
      weight: row.weight ?? 1,
    })),
    clusterBy: 'row',
    columns: Array.from({ length: width }, (_, index) => ({
      name: shape.names?.[index] ?? `rater-${index + 1}`,
      role: index < (shape.judges ?? 0) ? ('judge' as const) : ('human' as const),
      values: rows.map(row => row.ratings[index] ?? null),
    })),
    scale: shape.scale ?? null,
    ...(shape.averaged ? { averaged: true } : {}),
    source: {},
    notes: [],
  };
}

export function report(
  table: RatingTable,
  thresholds: number[] = [],
  categories: 'scale' | 'observed' = 'scale',
) {
  return reportAgreement(table, { thresholds, categories, seed: 1, resamples: 50 });
}

export function firstPair(of: AgreementReport): PairReport {
  const [pair] = of.pairs;
  if (!pair) throw new Error('the report has no pair');
  return pair;
}

/** One measure of the first pair; throws where the report lacks it. */
export function measure(of: AgreementReport, id: string): MeasureValue {
  const value = firstPair(of).measures[id];
  if (!value) throw new Error(`the report lacks ${id}`);
  return value;
}

/** The same at a cut. */
export function cutMeasure(of: AgreementReport, cut: number, id: string): MeasureValue {
  const value = firstPair(of).thresholds.find(threshold => threshold.cut === cut)?.measures[id];
  if (!value) throw new Error(`the report lacks ${id} at ${cut}`);
  return value;
}

export function close(
  actual: number | null | undefined,
  expected: number,
  tolerance = 1e-9,
  what = '',
): void {
  if (actual == null || !(Math.abs(actual - expected) <= tolerance)) {
    throw new Error(`${what} expected ${expected} ± ${tolerance}, got ${actual}`);
  }
}
