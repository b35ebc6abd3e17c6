import { wasExposed, wasRunExposed } from '../../core/labels/labelIndex';
import { itemKeyText } from '../../core/rollout/item';
import { isAskedAgain, itemState, ownLabels } from './items';
import { placesOf, queueOf } from './queue';
import type { ItemQueue, Place } from './queue';
import type { SessionState } from './sessionState';

/** How a subset shows its judge. Practice always shows it after each item. */
export function revealOf({ subset }: ItemQueue): 'after-subset' | 'after-item' | 'never' | null {
  if (!subset) return null;
  return subset.manifest.role === 'practice' ? 'after-item' : subset.manifest.reveal;
}

/** Slots that this rater has neither labelled nor skipped, of those that the file holds. */
export function openSlots(state: SessionState, queue: ItemQueue): number {
  let open = 0;
  for (const place of placesOf(queue)) if (itemState(ownLabels(state, place)) === 'open') open += 1;
  return open;
}

/** Whether a rater is done with a subset: every slot that the file holds is labelled or skipped. */
export function isComplete(state: SessionState, queue: ItemQueue): boolean {
  if (!queue.subset || state.rater === null || state.scanning !== null || queue.count === 0) return false;
  return openSlots(state, queue) === 0;
}

/** Whether the judge is shown for the whole list. Slots that came to a subset after its reveal were not logged: they end it. */
export function isListShown(state: SessionState, queue: ItemQueue): boolean {
  if (!queue.subset) return state.judgeShown;
  if (revealOf(queue) !== 'after-subset' || !state.revealed.has(queue.subset.manifest.name)) return false;
  if (!isComplete(state, queue)) return false;
  for (const place of placesOf(queue)) if (!isLogged(state, queue, place)) return false;
  return true;
}

/** Whether the judge of one item may be shown. After each item: once it is labelled in all its slots, repeats among them. */
export function isShown(state: SessionState, queue: ItemQueue, place: Place): boolean {
  if (isListShown(state, queue)) return true;
  if (revealOf(queue) !== 'after-item') return false;
  for (const other of placesOf(queue)) {
    const isSame = other.index === place.index && other.key.turn === place.key.turn;
    if (isSame && itemState(ownLabels(state, other)) !== 'done') return false;
  }
  return true;
}

/** Whether it is on the disk that this rater is shown the judge of an item. Before that, none of it is sent. */
export function isLogged(state: SessionState, queue: ItemQueue, { key }: Place): boolean {
  if (!queue.subset) return state.judgeShown;
  return state.store !== null && state.rater !== null && wasExposed(state.store.index, state.rater, key);
}

/** Why the judge can't be shown in this list now, `null` where it can. */
export function judgeKept(state: SessionState, queue: ItemQueue): string | null {
  switch (revealOf(queue)) {
    case null:
      return null;
    case 'never':
      return 'This subset never shows the judge.';
    case 'after-item':
      return 'The judge of each item is shown once you have labelled it.';
    case 'after-subset':
      if (queue.count === 0) return 'No item of this subset is yours to label.';
      if (isComplete(state, queue)) return null;
      if (state.scanning !== null) return 'The file is still being read.';
      return `The judge stays hidden until the subset is done: ${String(openSlots(state, queue))} of ${String(queue.count)} to go.`;
  }
}

/** Whether labels that this rater gives in the list now count, in part at least, as given with the judge seen. */
export function isExposed(state: SessionState, queue: ItemQueue): boolean {
  const { store, rater } = state;
  if (!store || rater === null) return false;
  if (!queue.subset) return wasRunExposed(store.index, rater);
  for (const place of placesOf(queue))
    if (itemState(ownLabels(state, place)) === 'open' && wasExposed(store.index, rater, place.key))
      return true;
  return false;
}

/** Validation subsets that this rater is not done with, by name with the number of open slots. */
export function unfinishedSubsets(state: SessionState): { name: string; open: number }[] {
  return state.subsets.flatMap(({ manifest }) => {
    if (manifest.role !== 'validation' || !hasCriterion(state, manifest.criterion)) return [];
    const open = openSlots(state, queueOf(state, manifest.criterion, manifest.name));
    return open > 0 ? [{ name: manifest.name, open }] : [];
  });
}

/** Other unfinished validation subsets with open slots of this list's items, and how many each. */
export function sharedWithUnfinished(
  state: SessionState,
  queue: ItemQueue,
): { name: string; open: number }[] {
  const here = new Set([...placesOf(queue)].map(({ key }) => itemKeyText(key)));
  return state.subsets.flatMap(({ manifest }) => {
    const isOther = manifest.name !== queue.subset?.manifest.name && manifest.role === 'validation';
    if (!isOther || !hasCriterion(state, manifest.criterion)) return [];
    const shared = [...placesOf(queueOf(state, manifest.criterion, manifest.name))].filter(
      place => here.has(itemKeyText(place.key)) && itemState(ownLabels(state, place)) === 'open',
    );
    return shared.length > 0 ? [{ name: manifest.name, open: shared.length }] : [];
  });
}

/** Whether a rollout has a slot in this subset that its rater has still to label, or may: one skipped comes again. */
export function isAwaited(state: SessionState, queue: ItemQueue, rollout: string): boolean {
  if (isListShown(state, queue)) return false;
  const complete = isComplete(state, queue);
  for (const place of placesOf(queue)) {
    if (place.key.rollout !== rollout) continue;
    const labels = ownLabels(state, place);
    if (complete ? isAskedAgain(labels) : itemState(labels) !== 'done') return true;
  }
  return false;
}

/** The same of any validation subset. */
export function isAwaitedAnywhere(state: SessionState, rollout: string): boolean {
  return state.subsets.some(({ manifest }) => {
    const isThere = manifest.items.some(({ item }) => item.rollout === rollout);
    if (!isThere || manifest.role !== 'validation' || !hasCriterion(state, manifest.criterion)) return false;
    return isAwaited(state, queueOf(state, manifest.criterion, manifest.name), rollout);
  });
}

const hasCriterion = (state: SessionState, criterion: string): boolean =>
  state.rubrics.some(rubric => rubric.criterion === criterion);
