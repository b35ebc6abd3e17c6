import type { Figure } from '../figure';
import { measureLines, withSign } from '../figureNumbers';
import { forestFigure } from '../forestFigure';
import { items, type ComparedPair } from './comparedPair';

/** How far each rater moved against the judge from the first label to the last. */
export function driftFigure({ report }: ComparedPair): Figure | null {
  const raters = report.questions?.drift.answer?.raters ?? [];
  if (raters.length === 0) return null;
  return forestFigure({
    id: 'drift',
    title: 'Change of judge − human from first label to last',
    summary: `${raters.map(({ rater, change }) => `${rater} ${measureLines(change, withSign).join(', ')}`).join('; ')}.`,
    caption: 'Above 0 the rater’s scores fell against the judge’s. Lines: 95% intervals.',
    axis: { title: 'points of the scale', least: -0.5, most: 0.5, zero: 0 },
    series: [{ label: 'change', tone: 'human', shape: 'circle' }],
    groups: [
      {
        rows: raters.map(({ rater, n, change }) => ({
          label: rater,
          values: [
            {
              series: 0,
              measure: change,
              words: [
                `${rater}: ${measureLines(change, withSign)[0] ?? ''}`,
                ...measureLines(change, withSign).slice(1),
                items(n),
              ],
            },
          ],
        })),
      },
    ],
  });
}
