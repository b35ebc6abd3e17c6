import { consensusRater } from '../../core/labels/labelEvent';
import { labelsOf } from '../../core/labels/labelIndex';
import { rubricHash } from '../../core/labels/rubric';
import { slotsOf } from '../../core/subset/manifest';
import type { EditorState, SubsetState } from '../../protocol/editorState';
import { ratersIn } from './comparing';
import { itemState, ownLabels } from './items';
import { queueOf } from './queue';
import type { ItemQueue, Place } from './queue';
import { isComplete, revealOf } from './reveal';
import type { SessionState } from './sessionState';

/** How far this rater is in the subset of a list, and how it is shown; `null` for the list of the whole file. */
export function subsetState(state: SessionState, queue: ItemQueue): SubsetState | null {
  const { subset, rubric } = queue;
  if (!subset) return null;
  const { manifest } = subset;
  const places = Array.from({ length: queue.count }, (_, ordinal) => queue.at(ordinal));
  const labels = places.map(place => (place ? ownLabels(state, place) : null));
  const states = labels.map((own, ordinal) => (places[ordinal] ? itemState(own) : 'gone'));
  const count = (wanted: string): number => states.filter(each => each === wanted).length;
  const hash = rubricHash(rubric);
  return {
    name: manifest.name,
    role: manifest.role,
    reveal: revealOf(queue) ?? 'after-subset',
    context: manifest.context,
    show: manifest.show,
    labelled: count('done'),
    skipped: count('skipped'),
    cannotAssess: labels.filter(own => own?.current?.kind === 'cannot-assess').length,
    gone: state.scanning === null ? count('gone') : 0,
    complete: isComplete(state, queue),
    otherRubric: labels.filter(own => own?.first?.kind === 'score' && own.first.rubric !== hash).length,
    changed: state.sourceChanges.get(manifest.name) ?? null,
    pace: paceOf(state, places, count('open')),
    raters: progressOf(state, queue),
  };
}

const paceLabels = 20;

/** From the median of the time spent on the items labelled last: idle stretches and single long looks weigh nothing. */
function paceOf(state: SessionState, places: readonly (Place | null)[], open: number): SubsetState['pace'] {
  const times = places
    .flatMap(place => {
      const first = place ? ownLabels(state, place)?.first : null;
      return first?.elapsedMs !== undefined && first.elapsedMs > 0 ? [first] : [];
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .slice(-paceLabels)
    .map(({ elapsedMs = 0 }) => elapsedMs)
    .sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)];
  if (median === undefined || times.length < 3) return null;
  return {
    perHour: Math.round(3_600_000 / median),
    minutesLeft: Math.ceil((open * median) / 60_000),
  };
}

/** Labelled or skipped slots by rater, this session's first. Numbers only: they say nothing of what was scored. */
function progressOf(state: SessionState, queue: ItemQueue): SubsetState['raters'] {
  const { store, rater } = state;
  if (!store || !queue.subset) return [];
  const { manifest } = queue.subset;
  const named = new Set([
    ...(rater === null ? [] : [rater]),
    ...manifest.items.flatMap(({ raters }) => raters ?? []),
    ...ratersIn(store.index, queue),
  ]);
  named.delete(consensusRater);
  return [...named]
    .map(name => {
      const slots = slotsOf(manifest, name);
      const done = slots.filter(({ item, slot }) => {
        const labels = labelsOf(store.index, name, item, { name: manifest.name, slot });
        return itemState(labels) !== 'open';
      });
      return { rater: name, done: done.length, slots: slots.length };
    })
    .filter(({ slots }) => slots > 0)
    .sort((a, b) => Number(b.rater === rater) - Number(a.rater === rater) || (a.rater < b.rater ? -1 : 1));
}

/** All subsets of the file with this rater's labels: the same count as stands in the header once one is open. */
export function subsetChoices(state: SessionState): EditorState['subsets'] {
  return state.subsets
    .filter(({ manifest }) => state.rubrics.some(({ criterion }) => criterion === manifest.criterion))
    .map(({ manifest: { name, criterion, role } }) => {
      const queue = queueOf(state, criterion, name);
      let done = 0;
      for (let ordinal = 0; ordinal < queue.count; ordinal++) {
        const place = queue.at(ordinal);
        if (place && itemState(ownLabels(state, place)) === 'done') done += 1;
      }
      return { name, criterion, role, done, slots: queue.count };
    });
}
