import { visibleText } from '../core/agreement/visibleText';
import type { PreviewedScore } from '../core/labels/importScores';
import type { ImportOutcome } from './import';

const shownRows = 20;

/** An import for people: what matched, what did not, what was written. */
export function importText(outcome: ImportOutcome): string {
  const { preview, columns, written, dryRun } = outcome;
  const { matched, unmatched, missing, notes } = preview;
  const of = (state: PreviewedScore['state']): number =>
    matched.filter(score => score.state === state).length;
  const others = matched.filter(({ state }) => state === 'other');
  const named = Object.entries(columns).flatMap(([role, name]) =>
    name === null ? [] : [`${role} = ${name}`],
  );
  return [
    `${outcome.labels}: ${counted(preview.rows, 'row')}; ${outcome.criterion} by ${outcome.rater}; ${named.join(', ')}`,
    `  ${[
      `${String(of('new'))} new`,
      `${String(of('there'))} already there`,
      `${String(others.length)} of items with another label`,
      `${String(unmatched.length)} unmatched`,
      `${String(missing.length)} without a score`,
    ].join(', ')}`,
    ...listed(
      'New:',
      matched.filter(({ state }) => state === 'new'),
      ({ row, key, value }) =>
        `row ${String(row)}: ${key.rollout}, turn ${String(key.turn)}: ${String(value)}`,
    ),
    ...listed(
      'Labelled otherwise, and left as it is:',
      others,
      ({ row, key, value, standing }) =>
        `row ${String(row)}: ${key.rollout}, turn ${String(key.turn)}: ${String(value)}, the label there is ${standing === 'cannot' ? '“cannot assess”' : String(standing)}`,
    ),
    ...listed('Unmatched:', unmatched, ({ row, reason }) => `row ${String(row)}: ${reason}`),
    ...notes,
    ...outcome.problems,
    dryRun
      ? 'Dry run: nothing was written.'
      : written.labels === 0
        ? 'There was nothing to write.'
        : `Written: ${counted(written.labels, 'label')}${written.notes > 0 ? ` and ${counted(written.notes, 'note')}` : ''}. Nobody knows whether the judge was seen before: agreement uses imported labels only with --include-imported.`,
    '',
  ]
    .map(visibleText)
    .join('\n');
}

const counted = (count: number, what: string): string => `${String(count)} ${what}${count === 1 ? '' : 's'}`;

function listed<Row>(title: string, rows: readonly Row[], line: (row: Row) => string): string[] {
  if (rows.length === 0) return [];
  const more = rows.length - shownRows;
  return [
    title,
    ...rows.slice(0, shownRows).map(row => `  ${line(row)}`),
    ...(more > 0 ? [`  … and ${String(more)} more; --json lists them all`] : []),
  ];
}
