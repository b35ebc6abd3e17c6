import { wasExposed, wasRunExposed } from '../../core/labels/labelIndex';
import { itemState, ownLabels } from './items';
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

/** Whether a rater is done with a subset: every slot is labelled or skipped, and those skipped have come again. */
export function isComplete(state: SessionState, queue: ItemQueue): boolean {
  if (!queue.subset || state.rater === null || state.scanning !== null || queue.count === 0) return false;
  return openSlots(state, queue) === 0;
}

/** Whether the judge is shown for the whole list. */
export function isListShown(state: SessionState, queue: ItemQueue): boolean {
  if (!queue.subset) return state.judgeShown;
  return (
    revealOf(queue) === 'after-subset' &&
    state.revealed.has(queue.subset.manifest.name) &&
    isComplete(state, queue)
  );
}

/** Whether the judge of one item is shown. After each item: once it is labelled, and its repeat as well. */
export function isShown(state: SessionState, queue: ItemQueue, place: Place): boolean {
  if (isListShown(state, queue)) return true;
  if (revealOf(queue) !== 'after-item' || !place.slot) return false;
  const first = place.slot.repeatOf ?? place.slot.slot;
  for (const other of placesOf(queue)) {
    const isSame = other.slot?.slot === first || other.slot?.repeatOf === first;
    if (isSame && itemState(ownLabels(state, other)) !== 'done') return false;
  }
  return true;
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

/** Whether a rollout has a slot to label in any validation subset of this rater. */
export function hasOpenSlot(state: SessionState, rollout: string): boolean {
  return state.subsets.some(({ manifest }) => {
    const isThere = manifest.items.some(({ item }) => item.rollout === rollout);
    if (!isThere || manifest.role !== 'validation' || !hasCriterion(state, manifest.criterion)) return false;
    for (const place of placesOf(queueOf(state, manifest.criterion, manifest.name)))
      if (place.key.rollout === rollout && itemState(ownLabels(state, place)) === 'open') return true;
    return false;
  });
}

const hasCriterion = (state: SessionState, criterion: string): boolean =>
  state.rubrics.some(rubric => rubric.criterion === criterion);
