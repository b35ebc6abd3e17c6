import { judgeRunName } from '../../core/agreement/judgeRuns';
import { loadItems } from '../../core/rollout/loadItems';
import { itemKeyText } from '../../core/rollout/item';
import type { ListFilter } from '../../protocol/editorProtocol';
import { othersOf, valueOf } from './comparing';
import { headlineOf } from './headline';
import { itemState, ownLabels } from './items';
import { placesOf } from './queue';
import type { ItemQueue, Place } from './queue';
import { isListShown, isLogged, isShown, revealOf } from './reveal';
import type { SessionState } from './sessionState';

/** Ordinals of the list as it is filtered, in the order in which they are gone through; `null` for all of them. */
export async function filtered(
  state: SessionState,
  queue: ItemQueue,
  filter: ListFilter,
): Promise<readonly number[] | null> {
  switch (filter) {
    case 'all':
      return null;
    case 'open':
    case 'skipped':
      return ordinals(queue, place => itemState(ownLabels(state, place)) === filter);
    case 'flagged':
      return ordinals(queue, place => (ownLabels(state, place)?.flags.length ?? 0) > 0);
    case 'stale':
      return staleOrdinals(state, queue);
    case 'disagreements':
      return disagreements(state, queue);
  }
}

const ordinals = (queue: ItemQueue, wanted: (place: Place) => boolean): number[] =>
  [...placesOf(queue)].filter(wanted).map(({ ordinal }) => ordinal);

/** Labelled items whose text, or what stands before it, is not what the label was given for. */
async function staleOrdinals(state: SessionState, queue: ItemQueue): Promise<number[]> {
  const labelled = [...placesOf(queue)].filter(place => ownLabels(state, place)?.item);
  if (!state.source || labelled.length === 0) return [];
  const now = await loadItems(
    state.source,
    state.directory.rollouts,
    labelled.map(({ key }) => key),
    queue.rubric,
  );
  return labelled
    .filter(place => {
      const then = ownLabels(state, place)?.item;
      const item = now.get(itemKeyText(place.key));
      return then?.sha256 !== item?.sha256 || then?.contextSha256 !== item?.contextSha256;
    })
    .map(({ ordinal }) => ordinal);
}

/** Items on which the scores of judge and raters differ, of those that are shown, the farthest apart first. Only where the judge is shown. */
function disagreements(state: SessionState, queue: ItemQueue): number[] {
  const isByItem = revealOf(queue) === 'after-item';
  if (!isByItem && !isListShown(state, queue)) throw new Error('The judge is hidden.');
  return [...placesOf(queue)]
    .filter(place => isShown(state, queue, place) && isLogged(state, queue, place))
    .map(place => {
      const own = valueOf(ownLabels(state, place)?.current ?? null);
      const others = othersOf(state, queue, place).others.map(({ value }) => value);
      const humans = [own, ...others].filter(value => typeof value === 'number');
      const judge = headlineScore(state, place);
      const scores = judge === null ? humans : [...humans, judge];
      return {
        ordinal: place.ordinal,
        apart: humans.length === 0 ? 0 : Math.max(...scores) - Math.min(...scores),
      };
    })
    .filter(({ apart }) => apart > 0)
    .sort((a, b) => b.apart - a.apart || a.ordinal - b.ordinal)
    .map(({ ordinal }) => ordinal);
}

/** The headline run's score of an item; `null` where it gave none. */
export function headlineScore(state: SessionState, { summary, key }: Place): number | null {
  const run = headlineOf(state, key.criterion);
  const score = summary.judge.find(
    each =>
      each.turn === key.turn &&
      each.part === key.part &&
      each.criterion === key.criterion &&
      each.value !== null &&
      judgeRunName(each) === run,
  );
  return score?.value ?? null;
}
