import type { AveragedRows } from './agreementReport';
import type { ScoreSpread } from './observedRange';
import type { RatingTable } from './ratingTable';
import { byCodeUnits } from './sample';

/** The ratings of one group of units. */
export interface RatingGroup {
  /** Names of the fields, joined by ", ". */
  readonly by: string;
  /** The group's values of them, likewise; `null` where it has none of them. */
  readonly value: string | null;
  readonly table: RatingTable;
  readonly averagedRows?: AveragedRows;
}

/** A table whose report is also given for groups of its units. */
export interface GroupedTable extends RatingTable {
  readonly groups?: readonly RatingGroup[];
  readonly averagedRows?: AveragedRows;
  /** Of the single scores where the ratings are means of them and no scale is declared. */
  readonly spread?: ScoreSpread | null;
}

/** A unit's values of the fields that it is grouped by, `null` where one is missing. */
export type GroupValues = readonly (string | null)[];

export interface Part {
  readonly value: string | null;
  /** Places of its members, ascending. */
  readonly places: readonly number[];
}

/** Parts with the same values, in order of these: numbers by size, before texts, before nothing. */
export function partsOf(values: readonly GroupValues[]): Part[] {
  const parts = new Map<string, { values: GroupValues; places: number[] }>();
  values.forEach((own, place) => {
    const key = JSON.stringify(own);
    const part = parts.get(key);
    if (part) part.places.push(place);
    else parts.set(key, { values: own, places: [place] });
  });
  return [...parts.values()]
    .sort((left, right) => compareValues(left.values, right.values))
    .map(({ values: own, places }) => ({
      value: own.every(value => value === null) ? null : own.map(value => value ?? '(none)').join(', '),
      places,
    }));
}

/** The table's groups; `values[i]` are those of unit i. */
export function groupsOf(
  table: RatingTable,
  fields: readonly string[],
  values: readonly GroupValues[],
): RatingGroup[] {
  const by = fields.join(', ');
  return partsOf(values).map(({ value, places }) => ({ by, value, table: tableOfUnits(table, places) }));
}

/** The table of these units alone, in their order. */
function tableOfUnits(table: RatingTable, units: readonly number[]): RatingTable {
  const placeOf = new Map(units.map((unit, place) => [unit, place]));
  return {
    ...table,
    units: units.flatMap(unit => table.units[unit] ?? []),
    columns: table.columns.map(({ excluded, ...column }) => ({
      ...column,
      values: units.map(unit => column.values[unit] ?? null),
      ...(excluded
        ? {
            excluded: new Map(
              [...excluded].flatMap(([unit, cause]) => {
                const place = placeOf.get(unit);
                return place === undefined ? [] : [[place, cause] as const];
              }),
            ),
          }
        : {}),
    })),
  };
}

function compareValues(left: GroupValues, right: GroupValues): number {
  for (const [index, a] of left.entries()) {
    const b = right[index] ?? null;
    const kinds = (value: string | null): number => (value === null ? 2 : isNumber(value) ? 0 : 1);
    const byKind = kinds(a) - kinds(b);
    if (byKind !== 0) return byKind;
    const byValue = isNumber(a) && isNumber(b) ? Number(a) - Number(b) : 0;
    const order = byValue || byCodeUnits(a ?? '', b ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

const isNumber = (value: string | null): boolean => value !== null && /^-?\d+(\.\d+)?$/.test(value);
