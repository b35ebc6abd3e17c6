import type { Sample } from './sample';

/** Calls `each` for every ordered pair of different raters of the item, with Krippendorff's 1/(m_u − 1). */
export function eachCoincidence(
  columns: Sample['columns'],
  item: number,
  each: (left: number, right: number, share: number) => void,
): void {
  let raters = 0;
  for (const column of columns) if (!Number.isNaN(column[item] ?? NaN)) raters++;
  for (const left of columns) {
    const a = left[item] ?? NaN;
    if (Number.isNaN(a)) continue;
    for (const right of columns) {
      const b = right[item] ?? NaN;
      if (left !== right && !Number.isNaN(b)) each(a, b, 1 / (raters - 1));
    }
  }
}

/** Number of ratings of the item. */
export function ratingsOf(columns: Sample['columns'], item: number): number {
  let count = 0;
  for (const column of columns) if (!Number.isNaN(column[item] ?? NaN)) count++;
  return count;
}
