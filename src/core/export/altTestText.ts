import { onScale } from '../agreement/usableUnits';
import type { RatingColumn, RatingTable } from '../agreement/ratingTable';

/**
 * The tables that the authors' code of the alternative annotator test reads (Calderon, Reichart & Dror 2025, their data
 * folder): scores by human and by judge, then by instance. All labels are those that agreement uses.
 */
export function altTestText(table: RatingTable): string {
  const of = (role: RatingColumn['role']) =>
    Object.fromEntries(
      table.columns
        // What several raters settled on is no annotator.
        .filter(column => column.role === role && column.judgeOnly !== true)
        .map(column => [column.name, scoresOf(table, column)]),
    );
  const tables = { humans_annotations: of('human'), llm_annotations: of('judge') };
  return `${JSON.stringify(tables, null, 1)}\n`;
}

function scoresOf({ units, scale }: RatingTable, { values }: RatingColumn): Record<string, number | string> {
  const scores: [string, number | string][] = [];
  units.forEach(({ id }, unit) => {
    const score = onScale(values[unit] ?? null, scale);
    const [rollout, turn] = JSON.parse(id) as [string, number];
    if (score !== null) scores.push([`${rollout} turn ${String(turn)}`, score]);
  });
  return Object.fromEntries(scores);
}
