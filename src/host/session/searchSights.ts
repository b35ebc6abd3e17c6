import type { Sight, SlotSight } from '../../core/search/sight';
import { itemKeyText } from '../../core/rollout/item';
import type { SearchRecord } from '../../protocol/searchWorkerProtocol';
import { isAskedAgain, itemState, ownLabels } from './items';
import { placesOf, queueOf } from './queue';
import type { ItemQueue, Place } from './queue';
import { isListShown, isLogged, revealOf } from './reveal';
import type { SessionState } from './sessionState';

/**
 * What of each rollout a search may look at: what the items of the list show of it now, as `visibleRange` and `itemView`
 * give it, worked out for all of them at once.
 */

/** Rollouts that have slots of any validation subset to be labelled: their later turns stay hidden. */
export function awaitedAnywhere(state: SessionState): ReadonlySet<string> {
  const awaited = new Set<string>();
  for (const { manifest } of state.subsets) {
    const isKnown = state.rubrics.some(({ criterion }) => criterion === manifest.criterion);
    if (manifest.role !== 'validation' || !isKnown) continue;
    const queue = queueOf(state, manifest.criterion, manifest.name);
    awaitedIn(state, queue, [...placesOf(queue)]).forEach(id => awaited.add(id));
  }
  return awaited;
}

/** The same of one subset: also those that were skipped once, and come again. */
function awaitedIn(state: SessionState, queue: ItemQueue, places: readonly Place[]): ReadonlySet<string> {
  if (isListShown(state, queue)) return new Set();
  const labelled = places.map(place => ({ place, labels: ownLabels(state, place) }));
  const isDone =
    state.rater !== null &&
    state.scanning === null &&
    queue.count > 0 &&
    labelled.every(({ labels }) => itemState(labels) !== 'open');
  return new Set(
    labelled
      .filter(({ labels }) => (isDone ? isAskedAgain(labels) : itemState(labels) !== 'done'))
      .map(({ place }) => place.key.rollout),
  );
}

/** In the list of the file: the whole rollout, or all of it up to its last item while what comes after it is hidden. */
export function fileSight(
  state: SessionState,
  queue: ItemQueue,
  rollout: { readonly index: number; readonly id: string },
  awaited: ReadonlySet<string>,
): Sight {
  const { part, criterion } = queue.rubric;
  const list = state.directory.items[part];
  const { from, to } = list.range(rollout.index);
  const sight = { kind: 'file' as const, from };
  if (state.judgeShown) return { ...sight, later: { turn: null } };
  if (awaited.has(rollout.id)) return { ...sight, later: null };
  let open: number | null = null;
  for (let ordinal = from; ordinal < to; ordinal++) {
    const turn = list.at(ordinal)?.turn ?? 0;
    const key = { rollout: rollout.id, turn, part, criterion };
    if (itemState(ownLabels(state, { key, ref: null })) !== 'open') continue;
    // With two open, each item has another one that keeps the later turns back.
    if (open !== null) return { ...sight, later: null };
    open = turn;
  }
  return { ...sight, later: { turn: open } };
}

/** In a subset: this rater's slots by rollout, in the order of the slots. The file's order would speak of conditions. */
export function slotRecords(state: SessionState, queue: ItemQueue): SearchRecord[] {
  const places = [...placesOf(queue)];
  const sights = slotSights(state, queue, places);
  const byRollout = new Map<number, { place: Place; slots: SlotSight[] }>();
  for (const [at, place] of places.entries()) {
    const sight = sights[at];
    if (!sight) continue;
    const there = byRollout.get(place.index);
    if (there) there.slots.push(sight);
    else byRollout.set(place.index, { place, slots: [sight] });
  }
  return [...byRollout.values()].map(({ place, slots }) => ({
    index: place.index,
    span: place.summary.span,
    sight: { kind: 'slots', slots },
  }));
}

function slotSights(state: SessionState, queue: ItemQueue, places: readonly Place[]): SlotSight[] {
  const awaited = awaitedAnywhere(state);
  const own = awaitedIn(state, queue, places);
  const isWholeShown = isListShown(state, queue);
  const isByItem = revealOf(queue) === 'after-item';
  /** Items with a slot, a repeat among them, that is not labelled. */
  const waiting = new Set(
    places.filter(place => itemState(ownLabels(state, place)) !== 'done').map(({ key }) => itemKeyText(key)),
  );
  const context = queue.subset?.manifest.context ?? 'full';
  return places.map((place): SlotSight => {
    const { key, ordinal } = place;
    const isEarned = isWholeShown || (isByItem && !waiting.has(itemKeyText(key)));
    const shown = isEarned && isLogged(state, queue, place);
    return {
      ordinal,
      turn: key.turn,
      before: shown || context === 'full' ? null : context === 'response-only' ? 0 : previous(context),
      later: !own.has(key.rollout) && !awaited.has(key.rollout),
      only: !shown && context === 'response-only',
    };
  });
}

/** k of "previous-k". */
const previous = (context: string): number => Number(context.slice('previous-'.length));
