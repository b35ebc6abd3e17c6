import type { DrawnItem } from './draw';
import type { OrderedSlot } from './repeats';
import { shuffled } from './seeded';
import type { Stream } from './seeded';

/**
 * The raters of each item, in the order in which they are named: `overlap` of them at random among those with the fewest
 * slots so far. Items with a repeat, which weigh two slots, go first, so that the single ones even the loads out.
 */
export function assignRaters(
  slots: readonly OrderedSlot[],
  raters: readonly string[],
  overlap: number | null,
  stream: Stream,
): ReadonlyMap<DrawnItem, readonly string[]> {
  const slotsOf = new Map<DrawnItem, number>();
  for (const { drawn } of slots) slotsOf.set(drawn, (slotsOf.get(drawn) ?? 0) + 1);
  const loads = new Map(raters.map(rater => [rater, 0]));
  const load = (rater: string): number => loads.get(rater) ?? 0;
  const assigned = new Map<DrawnItem, readonly string[]>();
  for (const [drawn, count] of [...slotsOf].sort(([, a], [, b]) => b - a)) {
    const chosen = new Set(
      shuffled(stream, raters)
        .sort((a, b) => load(a) - load(b))
        .slice(0, overlap ?? raters.length),
    );
    for (const rater of chosen) loads.set(rater, load(rater) + count);
    assigned.set(
      drawn,
      raters.filter(rater => chosen.has(rater)),
    );
  }
  return assigned;
}
