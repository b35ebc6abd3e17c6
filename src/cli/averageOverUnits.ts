import type { AveragedRows } from '../core/agreement/agreementReport';
import { correlationOf } from '../core/agreement/correlation';
import { spreadOf, type ScoreSpread } from '../core/agreement/observedRange';
import { isDefined } from '../core/agreement/statistic';
import { onScale } from '../core/agreement/usableUnits';
import type { RatedRow, TableOptions } from './agreementTable';
import { inputFailure } from './failure';

/** Units with their means, and what was averaged. */
export interface AveragedUnits {
  readonly rows: readonly RatedRow[];
  readonly averaged: AveragedRows;
  /** Of the single scores that were averaged. */
  readonly spread: ScoreSpread | null;
}

/**
 * One row a unit: in each column the mean of the unit's numbers that lie on the scale; of two columns, over the rows that have
 * both, so that the means are of the same rows. Cluster and weight have to be the same in all rows of a unit. Expects the rows
 * ordered by unit.
 */
export function averageOverUnits(
  rows: readonly RatedRow[],
  { scale, cluster, weight, unit = '' }: TableOptions,
  file: string,
  names: readonly string[],
): AveragedUnits {
  const lost = names.map(name => ({ name, offScale: 0, missing: 0 }));
  let incomplete = 0;
  let uneven = 0;
  const single: Scores[] = [];
  const means: Scores[] = [];
  const byUnit = new Map<string, RatedRow[]>();
  for (const row of rows) {
    const members = byUnit.get(row.unit);
    if (members) members.push(row);
    else byUnit.set(row.unit, [row]);
  }
  const averaged = [...byUnit.values()].flatMap(members => {
    const [first] = members;
    if (!first) return [];
    const differing = members.find(row => row.cluster !== first.cluster || row.weight !== first.weight);
    if (differing) {
      const column = differing.cluster === first.cluster ? weight : cluster;
      throw inputFailure(`${file}: "${column ?? ''}" differs between the rows of ${unit} "${first.unit}"`);
    }
    const usable = members.flatMap(({ ratings, row }) => {
      const scores = ratings.map((rating, index): number | null => {
        const score = onScale(rating, scale);
        const own = lost[index];
        if (score === null && own) own[rating === null ? 'missing' : 'offScale']++;
        if (typeof score !== 'string') return score;
        const name = names[index] ?? '';
        throw inputFailure(`${file}: row ${row}: "${score}" in "${name}" is text, which can't be averaged`);
      });
      if (names.length > 2 || !scores.includes(null)) return [scores];
      incomplete++;
      return [];
    });
    single.push(...usable);
    const columns = names.map((_, index) => usable.flatMap(scores => scores[index] ?? []));
    if (columns.some(({ length }) => length !== columns[0]?.length)) uneven++;
    const ratings = columns.map(meanOf);
    means.push(ratings);
    return [{ ...first, ratings }];
  });
  return {
    rows: averaged,
    averaged: {
      unit,
      units: averaged.length,
      rows: rows.length,
      columns: lost,
      incomplete,
      uneven,
      ...correlationsOf(single, means),
    },
    spread: scale ? null : spreadOf(rows.map(({ ratings }) => ratings)),
  };
}

type Scores = readonly (number | null)[];

function meanOf(scores: readonly number[]): number | null {
  return scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** How much the first two columns' agreement owes to averaging: a correlation of means is not one of single scores. */
function correlationsOf(
  single: readonly Scores[],
  means: readonly Scores[],
): Pick<AveragedRows, 'correlation'> {
  const [before, after] = [single, means].map(correlationOfRows);
  if (single.length === means.length || before === undefined || after === undefined) return {};
  return { correlation: { means: after, rows: before } };
}

function correlationOfRows(rows: readonly Scores[]): number | undefined {
  const sums = { weight: 0, a: 0, b: 0, aa: 0, bb: 0, ab: 0 };
  for (const [a = null, b = null] of rows) {
    if (a === null || b === null) continue;
    sums.weight += 1;
    sums.a += a;
    sums.b += b;
    sums.aa += a * a;
    sums.bb += b * b;
    sums.ab += a * b;
  }
  const r = correlationOf(sums);
  return isDefined(r) ? r : undefined;
}
