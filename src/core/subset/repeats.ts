import type { DrawnItem } from './draw';
import { ascendInRollouts } from './order';
import { integerBetween, sampled, shuffled } from './seeded';
import type { Stream } from './seeded';

/** Slots from an item's first to its repeat, at least. */
export const repeatGap = 20;
const tries = 1000;

export interface OrderedSlot {
  readonly drawn: DrawnItem;
  /** The slot of the first, where this one asks again. */
  readonly repeatOf?: number;
}

/**
 * The order with `count` items asked again. Which ones is a random sample of all, given that there is an order in which
 * the first of each comes early enough, turns ascending; slots are exchanged for that where need be. `null` where no such
 * sample was found.
 */
export function withRepeats(
  order: readonly DrawnItem[],
  count: number,
  stream: Stream,
): OrderedSlot[] | null {
  if (count === 0) return order.map(drawn => ({ drawn }));
  const early = order.length - repeatGap + 1;
  const chosen = chooseRepeats(order, count, early, stream);
  if (chosen === null) return null;
  const firsts = bringForward(order, chosen.needed, early, stream);
  const after: DrawnItem[][] = firsts.map(() => []);
  for (const drawn of chosen.repeated) {
    const earliest = firsts.indexOf(drawn) + repeatGap - 1;
    after[integerBetween(stream, earliest, firsts.length - 1)]?.push(drawn);
  }
  const slots: OrderedSlot[] = [];
  const slotOf = new Map<DrawnItem, number>();
  firsts.forEach((drawn, index) => {
    slotOf.set(drawn, slots.length);
    slots.push({ drawn });
    for (const again of after[index] ?? []) slots.push({ drawn: again, repeatOf: slotOf.get(again) ?? 0 });
  });
  return slots;
}

/** A sample whose items, with the earlier turns of their rollouts, fit into the first `early` slots. */
function chooseRepeats(
  order: readonly DrawnItem[],
  count: number,
  early: number,
  stream: Stream,
): { repeated: readonly DrawnItem[]; needed: ReadonlySet<DrawnItem> } | null {
  if (count > early) return null;
  for (let attempt = 0; attempt < tries; attempt++) {
    const repeated = sampled(stream, order, count);
    const lastTurn = new Map<string, number>();
    for (const { item } of repeated)
      lastTurn.set(item.rollout.id, Math.max(item.turn, lastTurn.get(item.rollout.id) ?? 0));
    const needed = order.filter(({ item }) => item.turn <= (lastTurn.get(item.rollout.id) ?? 0));
    if (needed.length <= early) return { repeated, needed: new Set(needed) };
  }
  return null;
}

/** Exchanges the needed items that stand too late with random others that stand early. */
function bringForward(
  order: readonly DrawnItem[],
  needed: ReadonlySet<DrawnItem>,
  early: number,
  stream: Stream,
): DrawnItem[] {
  const places = order.map((_, place) => place);
  const late = places.filter(place => place >= early && needed.has(order[place] as DrawnItem));
  const free = places.filter(place => place < early && !needed.has(order[place] as DrawnItem));
  const exchanged = [...order];
  shuffled(stream, free)
    .slice(0, late.length)
    .forEach((place, index) => {
      const from = late[index] ?? place;
      exchanged[place] = order[from] as DrawnItem;
      exchanged[from] = order[place] as DrawnItem;
    });
  return ascendInRollouts(exchanged);
}
