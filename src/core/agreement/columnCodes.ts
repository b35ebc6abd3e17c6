import type { Rating } from './ratingTable';
import { byCodeUnits } from './sample';

/** Ratings as numbers; text as each label's place among all of them, sorted; missing as NaN. */
export function columnCodes(columns: readonly (readonly Rating[])[], text: boolean): Float64Array[] {
  if (!text)
    return columns.map(column =>
      Float64Array.from(column, rating => (rating === null ? NaN : Number(rating))),
    );
  const labels = [...new Set(columns.flat())].filter(rating => rating !== null).map(String);
  const place = new Map(labels.sort(byCodeUnits).map((label, index) => [label, index]));
  return columns.map(column =>
    Float64Array.from(column, rating => (rating === null ? NaN : (place.get(String(rating)) ?? NaN))),
  );
}
