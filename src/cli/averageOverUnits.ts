import type { RatedRow, TableOptions } from './agreementTable';
import { inputFailure } from './failure';

/**
 * One row a unit: in each column the mean of the unit's numbers that lie on the scale. Cluster and weight have to be the
 * same in all rows of a unit. Expects the rows ordered by unit.
 */
export function averageOverUnits(
  rows: readonly RatedRow[],
  { scale, cluster, weight, unit = '' }: TableOptions,
  file: string,
  names: readonly string[],
): { rows: RatedRow[]; notes: string[] } {
  let offScale = 0;
  let uneven = 0;
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
    const counts: number[] = [];
    const ratings = names.map((name, index) => {
      const numbers: number[] = [];
      for (const { ratings: values, row } of members) {
        const value = values[index] ?? null;
        if (value === null) continue;
        if (scale && (typeof value === 'string' || value < scale.min || value > scale.max)) offScale++;
        else if (typeof value === 'string') {
          throw inputFailure(`${file}: row ${row}: "${value}" in "${name}" is text, which can't be averaged`);
        } else numbers.push(value);
      }
      counts.push(numbers.length);
      return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    });
    if (counts.some(count => count !== counts[0])) uneven++;
    return [{ ...first, ratings }];
  });
  const notes = [
    `Scores are means over the rows of each ${unit}: ${averaged.length} units from ${rows.length} rows.`,
    ...(offScale > 0 ? [`${offScale} ratings off the scale were left out before averaging.`] : []),
    ...(uneven > 0
      ? [`In ${uneven} units the columns average different numbers of rows (missing ratings).`]
      : []),
  ];
  return { rows: averaged, notes };
}
