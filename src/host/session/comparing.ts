import { consensusRater } from '../../core/labels/labelEvent';
import type { CannotAssessEvent, ScoreEvent } from '../../core/labels/labelEvent';
import { labelsOf } from '../../core/labels/labelIndex';
import type { ConsensusLabel, OtherLabel } from '../../protocol/editorProtocol';
import { ratersIn } from './filters';
import type { ItemQueue, Place } from './queue';
import type { SessionState } from './sessionState';

export const valueOf = (event: ScoreEvent | CannotAssessEvent | null): number | 'cannot' | null =>
  event === null ? null : event.kind === 'score' ? event.value : 'cannot';

/** What the other raters said of an item: in a subset only once all of them have labelled it. */
export function othersOf(
  state: SessionState,
  queue: ItemQueue,
  { key, ref, slot }: Place,
): { others: OtherLabel[]; waiting: number } {
  const { store, rater } = state;
  if (!store) return { others: [], waiting: 0 };
  const asked = (slot?.raters ?? ratersIn(store.index, queue)).filter(other => other !== rater);
  const others = asked.flatMap((other): OtherLabel[] => {
    const labels = labelsOf(store.index, other, key, ref);
    const value = valueOf(labels.current);
    return value === null
      ? []
      : [{ rater: other, value, note: labels.note, judgeVisible: labels.judgeVisible }];
  });
  const waiting = queue.subset ? asked.length - others.length : 0;
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
