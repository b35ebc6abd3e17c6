import { itemKeyText, itemOf, partText } from '../../core/rollout/item';
import type { Item } from '../../core/rollout/item';
import type { Append, NewEvent } from './appending';
import { itemState, ownLabels, rolloutOf } from './items';
import { placeAt } from './queue';
import type { ItemQueue, Place } from './queue';
import type { SessionState } from './sessionState';

/** What a label event says of its place: the item with its hashes, and the subset's slot. */
export interface Placed {
  readonly place: Place;
  readonly about: { item: Item; subset?: { name: string; sha256: string; slot: number } };
  /** The item's text, as the rater read it. */
  readonly text: string;
}

/** Carries out what changes an item: one after another, on the disk before it resolves, undoable. */
export interface ItemActions {
  /** Called within the turn: files are read here, and the order in which they come must not become the order of labels. */
  placed(queue: ItemQueue, ordinal: number): Promise<Placed>;
  /** One call after another: what it goes by (phase, what stands, the top of a stack) must not change while it is written. */
  inTurn<T>(run: () => Promise<T>): Promise<T>;
  act(place: Place, what: string, events: readonly NewEvent[], rater?: string): Promise<void>;
}

/** The shared parts of every action on an item. */
export function itemActions(state: SessionState, append: Append, changed: () => void): ItemActions {
  let queue: Promise<unknown> = Promise.resolve();
  /** What one rater asked for is not done as another, who came while the disk was busy: throws when called then. */
  const sameRater = (): (() => void) => {
    const { rater } = state;
    return () => {
      if (state.rater !== rater) throw new Error('Another rater has come meanwhile: nothing was stored.');
    };
  };
  return {
    inTurn: run => {
      const check = sameRater();
      const done = queue.then(() => {
        check();
        return run();
      });
      queue = done.catch(() => undefined);
      return done;
    },
    placed: async (list, ordinal) => {
      const place = placeAt(list, ordinal);
      const { key, slot } = place;
      const check = sameRater();
      const { rollout } = await rolloutOf(state, place.summary);
      check();
      const item = itemOf(rollout, key.rollout, key.turn, list.rubric);
      const message = rollout.messages.find(({ turn }) => turn === key.turn);
      if (!item || !message) throw new Error(`There is no item ${String(ordinal + 1)}.`);
      const subset =
        slot && list.subset
          ? { subset: { name: list.subset.manifest.name, sha256: list.subset.sha256, slot: slot.slot } }
          : {};
      return { place, about: { item: { ...item }, ...subset }, text: partText(message, key.part) };
    },
    act: async (place, what, events, rater) => {
      const counted = countsDone(state, place);
      const { rater: asked } = state;
      const targets = await append(events, rater);
      counted();
      const { key, ref: slot } = place;
      const { rollout, turn, criterion } = key;
      // Stacks are one rater's, too.
      if (asked !== null && state.rater === asked) {
        state.undo.push({ targets, rater: rater ?? asked, rollout, turn, criterion, slot, what });
        state.redo = [];
      }
      changed();
    },
  };
}

/**
 * Keeps the items done outside subsets right: called before a change, it gives what to call after it. By key, not by number:
 * the labels may be read anew, and counted, between a label's being on the disk and this.
 */
export function countsDone(state: SessionState, { key, ref }: Pick<Place, 'key' | 'ref'>): () => void {
  const { rater } = state;
  return () => {
    if (ref !== null || state.rater !== rater) return;
    const done = state.done.get(key.criterion) ?? new Set();
    state.done.set(key.criterion, done);
    if (itemState(ownLabels(state, { key, ref })) === 'done') done.add(itemKeyText(key));
    else done.delete(itemKeyText(key));
  };
}
