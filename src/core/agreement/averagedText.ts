import type { AveragedRows, Exclusions } from './agreementReport';
import { exclusionText } from './exclusionText';
import { formatNumber } from './numberText';
import { counted } from './questions/estimateText';

/** What a reader has to know of means over rows, in plain sentences. */
export function averagedSentences(averaged: AveragedRows): string[] {
  const { unit, units, rows, columns, incomplete, uneven, correlation } = averaged;
  const offScale = columns.reduce((sum, column) => sum + column.offScale, 0);
  const were = (count: number): string => (count === 1 ? 'was' : 'were');
  return [
    `Scores are means over the rows of each ${unit}: ${counted(units, 'unit')} from ${counted(rows, 'row')}.`,
    ...(offScale > 0
      ? [`${counted(offScale, 'rating')} off the scale ${were(offScale)} left out before averaging.`]
      : []),
    ...(incomplete > 0
      ? [
          `${counted(incomplete, 'row')} without a usable rating from both ${were(incomplete)} left out before averaging.`,
        ]
      : []),
    ...(uneven > 0
      ? [`In ${counted(uneven, 'unit')} the columns average different numbers of rows (missing ratings).`]
      : []),
    ...(correlation
      ? [
          `Averages leave out what varies between the rows of a unit: ${columns
            .slice(0, 2)
            .map(({ name }) => name)
            .join(
              ' and ',
            )} correlate at r = ${formatNumber(correlation.means)} over the units’ means, at r = ${formatNumber(correlation.rows)} over the single rows.`,
        ]
      : []),
  ];
}

/** "3 missing; 92 of 4000 rows before averaging (89 off scale, 3 missing)", or "nothing". */
export function leftOutText(
  { a, b, excluded }: { readonly a: string; readonly b: string; readonly excluded: Exclusions },
  averaged: AveragedRows | undefined,
): string {
  const units = exclusionText(excluded);
  if (!averaged) return units;
  const own = averaged.columns.filter(({ name }) => name === a || name === b);
  const lost = exclusionText({
    missing: own.reduce((sum, { missing }) => sum + missing, 0),
    offScale: own.reduce((sum, { offScale }) => sum + offScale, 0),
    judgeVisible: 0,
  });
  if (lost === 'nothing') return units;
  const before =
    averaged.incomplete > 0
      ? `before averaging ${averaged.incomplete} of ${counted(averaged.rows, 'row')} (ratings: ${lost})`
      : `before averaging ratings: ${lost}`;
  return units === 'nothing' ? before : `${units}; ${before}`;
}
