import type { DrawnItem } from './draw';
import { shuffled } from './seeded';
import type { Stream } from './seeded';

/** The order of labelling: random, with the turns of each rollout ascending in the slots that it got. */
export function orderOf(items: readonly DrawnItem[], stream: Stream): DrawnItem[] {
  return ascendInRollouts(shuffled(stream, items));
}

/** The same rollouts in the same slots, the turns of each ascending: nobody is asked about a turn with hindsight. */
export function ascendInRollouts(order: readonly DrawnItem[]): DrawnItem[] {
  const waiting = new Map<string, DrawnItem[]>();
  for (const drawn of order) {
    const own = waiting.get(drawn.item.rollout.id);
    if (own) own.push(drawn);
    else waiting.set(drawn.item.rollout.id, [drawn]);
  }
  // Last first, so that each slot takes from the end.
  for (const own of waiting.values()) own.sort((a, b) => b.item.turn - a.item.turn);
  return order.map(({ item }) => waiting.get(item.rollout.id)?.pop() as DrawnItem);
}
