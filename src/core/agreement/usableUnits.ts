import type { Exclusions } from './agreementReport';
import type { Rating, RatingColumn, RatingTable } from './ratingTable';

/** The scale that ratings have to lie on, where one is declared. */
export type DeclaredScale = { readonly min: number; readonly max: number } | null;

/** The rating, or null where it can't be on the declared scale. */
export function onScale(rating: Rating, declared: DeclaredScale): Rating {
  if (rating === null || !declared) return rating;
  return typeof rating === 'number' && rating >= declared.min && rating <= declared.max ? rating : null;
}

/** Places of the units that are left out, by the first cause that applies. */
export type LeftOut = { readonly [Cause in keyof Exclusions]?: readonly number[] };

/** The units with a usable rating in every column, and the others counted, each under the first cause that applies. */
export function usableUnits(
  table: RatingTable,
  columns: readonly RatingColumn[],
  declared: DeclaredScale,
): { used: number[]; excluded: Exclusions; leftOut: LeftOut } {
  const counts = { missing: 0, offScale: 0, judgeVisible: 0, imported: 0, cannotAssess: 0, stale: 0 };
  const used: number[] = [];
  const leftOut: { -readonly [Cause in keyof LeftOut]: number[] } = {};
  table.units.forEach((_, unit) => {
    if (columns.every(column => causeOf(column, unit, declared) === null)) {
      used.push(unit);
      return;
    }
    const causes = columns.map(column => causeOf(column, unit, declared)).filter(cause => cause !== null);
    const first = (Object.keys(counts) as (keyof typeof counts)[]).find(cause => causes.includes(cause));
    if (!first) return;
    counts[first]++;
    (leftOut[first] ??= []).push(unit);
  });
  const { imported, ...others } = counts;
  return { used, excluded: imported > 0 ? counts : others, leftOut };
}

/** Why a column has no usable rating of a unit; `null` where it has one. */
export function causeOf(
  column: RatingColumn,
  unit: number,
  declared: DeclaredScale,
): keyof Exclusions | null {
  const rating = column.values[unit] ?? null;
  if (rating === null) return column.excluded?.get(unit) ?? 'missing';
  return onScale(rating, declared) === null ? 'offScale' : null;
}
