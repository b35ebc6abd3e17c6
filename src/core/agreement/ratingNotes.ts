import { sixDigits } from './numberText';
import { observedRange, type ScoreSpread } from './observedRange';
import type { RatingTable } from './ratingTable';

/** What has to be known of the scale and the categories, in plain sentences. */
export function ratingNotes(
  table: RatingTable,
  observed: ScoreSpread | null,
  text: boolean,
  options: { readonly categories: 'scale' | 'observed'; readonly thresholds: readonly number[] },
): string[] {
  const notes: string[] = [];
  if (observed)
    notes.push(
      `No scale was declared: ${sixDigits(observed.min)} to ${sixDigits(observed.max)} is the observed range${countsOf(observed)}.`,
    );
  if (options.categories === 'observed')
    notes.push('Categories are the distinct ratings observed, equally spaced.');
  if (text) notes.push('The ratings are text labels: only measures for unordered categories are given.');
  if (text && options.thresholds.length > 0)
    notes.push('Thresholds are left out: text labels have no order.');
  return [...notes, ...scaleNotes(table, text)];
}

function countsOf({ counts }: ScoreSpread): string {
  if (!counts) return '';
  return ` (scores given, with how often: ${counts.map(([score, count]) => `${sixDigits(score)}: ${count}`).join(', ')})`;
}

/** Ranges this many times apart look like two scales. */
const apart = 4;

/** Where no scale is declared and one column's scores go much further than another's: they are compared as they stand. */
function scaleNotes({ scale, columns }: RatingTable, text: boolean): string[] {
  if (scale || text) return [];
  const ranges = columns.flatMap(column => {
    const range = observedRange([column.values]);
    return range
      ? [{ ...range, name: column.name, size: Math.max(Math.abs(range.min), Math.abs(range.max)) }]
      : [];
  });
  const sorted = ranges.toSorted((left, right) => left.size - right.size);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (!least || !most || least.size === 0 || most.size < apart * least.size) return [];
  return [
    `The scores of ${least.name} go from ${sixDigits(least.min)} to ${sixDigits(least.max)}, those of ${most.name} from ${sixDigits(most.min)} to ${sixDigits(most.max)}: if these are two scales, the numbers compare them as they stand; --scale leaves out what is off one.`,
  ];
}
