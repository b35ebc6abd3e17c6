import { fieldOf } from '../rollout/fieldOf';
import { compareCodeUnits } from '../bytes/text';
import type { Scale } from '../labels/rubric';
import { binOf, binText } from './judgeBins';
import type { PopulationItem } from './population';

/** A stratum with the items that it holds. */
export interface StratumItems {
  readonly id: string;
  /** Field → value or judge-score range as text, `null` where it is missing. */
  readonly where: Readonly<Record<string, string | null>>;
  readonly items: readonly PopulationItem[];
}

/** The one stratum of a design without strata. */
export function oneStratum(items: readonly PopulationItem[]): StratumItems {
  return { id: 'all', where: {}, items };
}

/** The combinations of fields and judge-score bins that occur, in order of bin and value, what is missing last. */
export function stratify(
  items: readonly PopulationItem[],
  by: readonly string[],
  bins: readonly number[],
  scale: Scale,
): StratumItems[] {
  const groups = new Map<string, { values: Value[]; items: PopulationItem[] }>();
  for (const item of items) {
    const values = by.map((field): Value => {
      if (field === 'judge') return binOf(item.score, bins);
      const value = fieldOf(item.rollout, field);
      return value === undefined ? null : String(value);
    });
    const key = JSON.stringify(values);
    const group = groups.get(key);
    if (group) group.items.push(item);
    else groups.set(key, { values, items: [item] });
  }
  const ids = new Map<string, number>();
  return [...groups.values()]
    .sort((a, b) => compareValues(a.values, b.values))
    .map(group => {
      const texts = group.values.map(value =>
        typeof value === 'number' ? binText(bins, value, scale) : value,
      );
      const id = by.map((field, index) => inWords(field, texts[index] ?? null)).join(', ');
      // Values may hold ", " and "=" themselves.
      const count = (ids.get(id) ?? 0) + 1;
      ids.set(id, count);
      return {
        id: count === 1 ? id : `${id}~${String(count)}`,
        where: Object.fromEntries(by.map((field, index) => [field, texts[index] ?? null])),
        items: group.items,
      };
    });
}

/** A field's value, the index of a judge-score bin, or nothing. */
type Value = string | number | null;

function inWords(field: string, text: string | null): string {
  if (text !== null) return `${field}=${text}`;
  return field === 'judge' ? 'no judge score' : `no ${field}`;
}

function compareValues(left: readonly Value[], right: readonly Value[]): number {
  for (const [index, a] of left.entries()) {
    const b = right[index] ?? null;
    if (a === b) continue;
    if (a === null) return 1;
    if (b === null) return -1;
    return typeof a === 'number' && typeof b === 'number' ? a - b : compareCodeUnits(String(a), String(b));
  }
  return 0;
}
