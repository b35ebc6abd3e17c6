import { withoutValue } from './measure';
import { byCodeUnits } from './sample';

/** The categories of a pair, fixed once on all its data, or the reason why it has none. */
export type CategorySet =
  | {
      readonly kind: 'categories';
      readonly values: readonly (number | string)[];
      readonly codes: readonly Int32Array[];
    }
  | {
      readonly kind: 'none';
      readonly reason: string;
      /** The ratings are fractions that nobody gave: whether two are equal says nothing. */
      readonly means?: true;
    };

export interface CategoryRule {
  readonly mode: 'scale' | 'observed';
  /** Integer ends; `observed`: nobody declared them, they are the least and the greatest rating. */
  readonly scale: { readonly min: number; readonly max: number; readonly observed?: boolean } | null;
  /** Ratings are means over several rows. */
  readonly averaged: boolean;
}

/** More categories than this is a measurement, not a category scale. */
const mostCategories = 50;

/**
 * A declared scale: its integers. `observed`: the distinct values used, equally spaced, as R irr and sklearn do.
 * No scale: the integers min…max where all are integers, else the distinct values. Text: the distinct labels.
 */
export function categorySetOf(
  columns: readonly (readonly (number | string | null)[])[],
  rule: CategoryRule,
): CategorySet {
  const all = new Set<number | string | null>();
  for (const column of columns) for (const value of column) all.add(value);
  const distinct = [...all].filter(value => value !== null);
  const numbers = distinct.filter(value => typeof value === 'number').sort((left, right) => left - right);
  const texts = distinct.filter(value => typeof value === 'string').sort(byCodeUnits);
  const fractions = numbers.some(value => !Number.isInteger(value));
  if (fractions && rule.averaged) return { ...none('fractional means'), means: true };
  let values: (number | string)[] = texts.length > 0 ? texts : numbers;
  if (texts.length === 0 && rule.mode === 'scale' && rule.scale) {
    if (fractions && !rule.scale.observed) return none('scores between the points of the scale');
    if (!fractions) {
      const count = rule.scale.max - rule.scale.min + 1;
      if (count > mostCategories) return none(`${count} categories`);
      values = Array.from({ length: count }, (_, step) => (rule.scale?.min ?? 0) + step);
    }
  }
  if (values.length > mostCategories) return none(`${values.length} categories`);
  const place = new Map(values.map((value, index) => [value, index]));
  const codes = columns.map(column => {
    const own = new Int32Array(column.length);
    column.forEach((value, item) => (own[item] = value === null ? -1 : (place.get(value) ?? -1)));
    return own;
  });
  return { kind: 'categories', values, codes };
}

function none(detail: string) {
  return { kind: 'none' as const, reason: `not a category scale (${detail})` };
}

/** `null`, with the reason, for a measure that counts equal ratings where they are fractional means; else nothing. */
export function withoutEquals({ categories }: { readonly categories: CategorySet }) {
  return categories.kind === 'none' && categories.means ? withoutValue(categories.reason) : null;
}
