import type { Rating, RatingTable } from './ratingTable';
import { byCodeUnits } from './sample';

/** The table with its units in the order of their ids, then of their content: the order in which sums are made. */
export function orderedTable(table: RatingTable): RatingTable {
  const order = table.units.map((_, unit) => unit).sort((left, right) => compareUnits(table, left, right));
  const placeOf = new Map(order.map((unit, place) => [unit, place]));
  return {
    ...table,
    units: order.flatMap(unit => table.units[unit] ?? []),
    columns: table.columns.map(column => ({
      ...column,
      values: order.map(unit => column.values[unit] ?? null),
      ...(column.excluded
        ? { excluded: new Map([...column.excluded].map(([unit, cause]) => [placeOf.get(unit) ?? -1, cause])) }
        : {}),
    })),
  };
}

function compareUnits(table: RatingTable, left: number, right: number): number {
  const a = table.units[left];
  const b = table.units[right];
  if (!a || !b) return 0;
  const byUnit = byCodeUnits(a.id, b.id) || byCodeUnits(a.cluster, b.cluster) || a.weight - b.weight;
  if (byUnit !== 0) return byUnit;
  for (const { values } of table.columns) {
    const byRating = compareRatings(values[left] ?? null, values[right] ?? null);
    if (byRating !== 0) return byRating;
  }
  return 0;
}

/** Numbers before text before nothing. */
export function compareRatings(left: Rating, right: Rating): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const kinds = (rating: Rating) => (typeof rating === 'number' ? 0 : typeof rating === 'string' ? 1 : 2);
  return kinds(left) - kinds(right) || byCodeUnits(String(left), String(right));
}
