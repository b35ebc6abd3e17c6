import { consensusRater } from '../../core/labels/labelEvent';
import type { CannotAssessEvent, ScoreEvent } from '../../core/labels/labelEvent';
import { labelsOf } from '../../core/labels/labelIndex';
import type { LabelIndex } from '../../core/labels/labelIndex';
import type { ConsensusLabel, OtherLabel } from '../../protocol/itemView';
import { itemState } from './items';
import type { ItemQueue, Place } from './queue';
import type { SessionState } from './sessionState';

export const valueOf = (event: ScoreEvent | CannotAssessEvent | null): number | 'cannot' | null =>
  event === null ? null : event.kind === 'score' ? event.value : 'cannot';

/** Everyone with labels of the criterion in the list's subset (or outside any), without the consensus. */
export function ratersIn(index: LabelIndex, { rubric, subset }: ItemQueue): string[] {
  const name = subset?.manifest.name;
  const raters = new Set<string>();
  for (const slot of index.slots.values()) {
    if (slot.key.criterion === rubric.criterion && slot.subset?.name === name) raters.add(slot.rater);
  }
  raters.delete(consensusRater);
  return [...raters].sort();
}

/** What the other raters said of an item: in a subset only once all of them have labelled or skipped it. `raters` is `ratersIn`. */
export function othersOf(
  state: SessionState,
  queue: ItemQueue,
  { key, ref, slot }: Place,
  raters?: readonly string[],
): { others: OtherLabel[]; waiting: number } {
  const { store, rater } = state;
  if (!store) return { others: [], waiting: 0 };
  const asked = (slot?.raters ?? raters ?? ratersIn(store.index, queue)).filter(other => other !== rater);
  let waiting = 0;
  const others = asked.flatMap((other): OtherLabel[] => {
    const labels = labelsOf(store.index, other, key, ref);
    if (queue.subset && itemState(labels) === 'open') waiting += 1;
    const value = valueOf(labels.current);
    return value === null
      ? []
      : [{ rater: other, value, note: labels.note, judgeVisible: labels.judgeVisible }];
  });
  return { others: waiting > 0 ? [] : others, waiting };
}

/** Ids of the labels that stand on an item, of all raters: what a consensus settles. */
export function standingLabels(state: SessionState, queue: ItemQueue, { key, ref }: Place): string[] {
  const { store } = state;
  if (!store) return [];
  return ratersIn(store.index, queue).flatMap(rater => {
    const { current } = labelsOf(store.index, rater, key, ref);
    return current ? [current.id] : [];
  });
}

export function consensusOf(state: SessionState, { key, ref }: Place): ConsensusLabel | null {
  if (!state.store) return null;
  const { current } = labelsOf(state.store.index, consensusRater, key, ref);
  const value = valueOf(current);
  return current && value !== null ? { value, by: typeof current.by === 'string' ? current.by : '' } : null;
}
