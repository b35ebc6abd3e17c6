import type { ImportPreview, PreviewedScore } from '../core/labels/importScores';

/** What the rows of a table come to, one count a line; those of nothing are left out. */
export function importCounts({ matched, unmatched, missing, notes, rows }: ImportPreview): string {
  const of = (state: PreviewedScore['state']): number =>
    matched.filter(score => score.state === state).length;
  const line = (count: number, what: string): string[] => (count === 0 ? [] : [`${String(count)} ${what}`]);
  return [
    ...line(rows, rows === 1 ? 'row' : 'rows'),
    ...line(of('new'), of('new') === 1 ? 'new label' : 'new labels'),
    ...line(of('there'), 'already there'),
    ...line(of('other'), 'of items that this rater has labelled otherwise; those labels stay'),
    ...line(unmatched.length, 'that can’t be used: no such item, off the scale, or repeated'),
    ...line(missing.length, 'without a score'),
    ...notes,
  ].join('\n');
}

/** Every row with what becomes of it, as a text: those that are not imported first. */
export function importRows({ matched, unmatched, missing }: ImportPreview): string {
  const item = ({ row, key, value }: PreviewedScore): string =>
    `row ${String(row)}: ${key.rollout}, turn ${String(key.turn)}: ${String(value)}`;
  const of = (state: PreviewedScore['state']): readonly PreviewedScore[] =>
    matched.filter(score => score.state === state);
  return [
    ...section(
      'Can’t be used',
      unmatched.map(({ row, reason }) => `row ${String(row)}: ${reason}`),
    ),
    ...section(
      'Labelled otherwise by this rater; those labels stay',
      of('other').map(
        score =>
          `${item(score)}, the label there is ${score.standing === 'cannot' ? '“cannot assess”' : String(score.standing)}`,
      ),
    ),
    ...section(
      'Without a score',
      missing.map(row => `row ${String(row)}`),
    ),
    ...section('Already there', of('there').map(item)),
    ...section('New', of('new').map(item)),
  ].join('\n');
}

const section = (heading: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`${heading} (${String(lines.length)})`, ...lines.map(line => `  ${line}`), ''];
