import type { LinkTarget } from '../links/linkText';
import { placeAt } from './queue';
import type { ItemQueue } from './queue';
import { isShown } from './reveal';
import type { Session } from './session';
import type { SessionState } from './sessionState';

/**
 * What a link to an item says. An id may speak of the condition: while the judge is hidden the link names the item by its
 * number, which leads any reader of the same file to the same turn. In a subset it names the slot, which is the same for
 * all raters, whatever their lists are.
 */
export function linkTarget(state: SessionState, queue: ItemQueue, ordinal: number): LinkTarget {
  const place = placeAt(queue, ordinal);
  const { rollout, turn, criterion } = place.key;
  if (place.ref) return { kind: 'slot', criterion, subset: place.ref.name, slot: place.ref.slot };
  return isShown(state, queue, place)
    ? { kind: 'turn', rollout, turn, criterion }
    : { kind: 'item', criterion, item: ordinal + 1 };
}

export interface LinkedItem {
  readonly criterion: string;
  readonly subset: string | null;
  readonly ordinal: number;
}

/** The item of a link, in its list; or why there is none: one sentence. Waits for the file to be read as far as it takes. */
export async function linkedItem(
  session: Session,
  target: LinkTarget,
): Promise<LinkedItem | { readonly reason: string }> {
  const there = find(session, target);
  if (!('reason' in there) || session.state.scanning === null) return there;
  await session.scanned();
  return find(session, target);
}

function find(session: Session, target: LinkTarget): LinkedItem | { readonly reason: string } {
  const { state } = session;
  if (state.refused !== null) return { reason: state.refused };
  const names = state.rubrics
    .map(({ criterion }) => criterion)
    .filter(criterion => target.criterion === null || criterion === target.criterion);
  switch (target.kind) {
    case 'turn':
      for (const criterion of names) {
        const ordinal = session.queue(criterion, null).ordinalOf(target.rollout, target.turn, null);
        if (ordinal !== null) return { criterion, subset: null, ordinal };
      }
      return { reason: `The file has no turn ${String(target.turn)} to score of the link’s rollout.` };
    case 'item': {
      const { criterion, item } = target;
      const isThere = names.length > 0 && session.queue(criterion, null).at(item - 1) !== null;
      return isThere
        ? { criterion, subset: null, ordinal: item - 1 }
        : { reason: `The file has no item ${String(item)} as the link says.` };
    }
    case 'slot': {
      const { criterion, subset, slot } = target;
      const isThere = state.subsets.some(
        ({ manifest }) => manifest.name === subset && manifest.criterion === criterion,
      );
      if (!isThere || names.length === 0) return { reason: 'The link’s subset is not there.' };
      const queue = session.queue(criterion, subset);
      for (let ordinal = 0; ordinal < queue.count; ordinal++)
        if (queue.at(ordinal)?.ref?.slot === slot) return { criterion, subset, ordinal };
      return { reason: 'The link’s item is not among yours in its subset, or the file does not hold it.' };
    }
  }
}
