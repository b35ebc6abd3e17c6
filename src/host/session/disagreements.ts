import { labelsOf } from '../../core/labels/labelIndex';
import type { SlotLabels } from '../../core/labels/labelIndex';
import type { DisagreementFilter } from '../../protocol/listFilter';
import type { ReviewCounts, ReviewRow } from '../../protocol/listRows';
import { consensusOf, othersOf, ratersIn, valueOf } from './comparing';
import { headlineScore } from './headline';
import { ownLabels } from './items';
import { placesOf } from './queue';
import type { ItemQueue, Place } from './queue';
import { isListShown, isLogged, isShown, revealOf } from './reveal';
import type { SessionState } from './sessionState';

/** One item on which judge and human, or the raters, differ. */
export interface Disagreement extends ReviewRow {
  readonly ordinal: number;
  readonly judge: number | null;
  /** The lowest and the highest score of the raters, as far as they are shown. */
  readonly spread: number;
  readonly ratersDiffer: boolean;
}

/** A list without a cause asked for, as far apart as may be: all that the review goes through. */
export const everyDisagreement: DisagreementFilter = { kind: 'disagreements', apart: 'any', cause: null };

/** Key of those without a cause. */
export const untagged = 'untagged';

/**
 * Items on which judge and human, or the raters, differ, of those whose judge is shown: the farthest from the judge first,
 * then those on which the raters are farthest apart. The human score is the rater's own first one, else the mean of the
 * other raters' once they are shown: a revision after the reveal takes no item out of the review. Throws where the judge is
 * hidden.
 */
export function disagreements(
  state: SessionState,
  queue: ItemQueue,
  { apart, cause }: DisagreementFilter = everyDisagreement,
): Disagreement[] {
  const isAllShown = isListShown(state, queue);
  if (!isAllShown && revealOf(queue) !== 'after-item') throw new Error('The judge is hidden.');
  const raters = state.store ? ratersIn(state.store.index, queue) : [];
  return [...labelledPlaces(state, queue)]
    .filter(place => isAllShown || (isShown(state, queue, place) && isLogged(state, queue, place)))
    .map(place => disagreementOn(state, queue, place, raters))
    .filter(each => isApart(each, apart) && (cause === null || (each.cause ?? untagged) === cause))
    .sort(
      (a, b) =>
        Math.abs(b.difference ?? 0) - Math.abs(a.difference ?? 0) ||
        b.spread - a.spread ||
        a.ordinal - b.ordinal,
    );
}

/** How far the review of those as far apart as the filter asks is, whatever cause it asks for. */
export function reviewCounts(
  state: SessionState,
  queue: ItemQueue,
  filter: DisagreementFilter,
): ReviewCounts {
  const all = disagreements(state, queue, { ...filter, cause: null });
  const causes: Record<string, number> = {};
  for (const { cause } of all) causes[cause ?? untagged] = (causes[cause ?? untagged] ?? 0) + 1;
  return { items: all.length, reviewed: all.filter(isReviewed).length, causes };
}

/** With a cause, or settled by the raters. */
const isReviewed = ({ cause, consensus }: Disagreement): boolean =>
  cause !== null || (consensus !== null && consensus !== 'open');

/** Places with a label of anyone. In the list of the file there are far fewer of them than items. */
function* labelledPlaces({ store }: SessionState, queue: ItemQueue): Generator<Place> {
  if (queue.subset) {
    yield* placesOf(queue);
    return;
  }
  const ordinals = new Set<number>();
  for (const { key, subset } of store?.index.slots.values() ?? []) {
    if (subset !== null || key.criterion !== queue.rubric.criterion) continue;
    const ordinal = queue.ordinalOf(key.rollout, key.turn, null);
    if (ordinal !== null) ordinals.add(ordinal);
  }
  for (const ordinal of ordinals) {
    const place = queue.at(ordinal);
    if (place) yield place;
  }
}

function disagreementOn(
  state: SessionState,
  queue: ItemQueue,
  place: Place,
  raters: readonly string[],
): Disagreement {
  const labels = ownLabels(state, place);
  const own = firstValue(labels);
  const others = otherFirsts(state, queue, place, raters);
  const all = own === null ? others : [own, ...others];
  const numbers = all.filter(value => typeof value === 'number');
  const of = typeof own === 'number' ? 'own' : 'raters';
  const human = typeof own === 'number' ? own : mean(numbers);
  const judge = headlineScore(state, place);
  const ratersDiffer = new Set(all).size > 1;
  const settled = consensusOf(state, place)?.value ?? null;
  return {
    ordinal: place.ordinal,
    human,
    of,
    judge,
    difference: human === null || judge === null ? null : judge - human,
    spread: numbers.length === 0 ? 0 : Math.max(...numbers) - Math.min(...numbers),
    ratersDiffer,
    cause: labels?.cause?.code ?? null,
    consensus: settled ?? (ratersDiffer ? 'open' : null),
  };
}

/** What a label was at first; `null` where none stands. */
const firstValue = (labels: SlotLabels | null): number | 'cannot' | null =>
  labels?.current ? valueOf(labels.first ?? labels.current) : null;

/** The same of the other raters, where all of them may be shown. */
function otherFirsts(
  state: SessionState,
  queue: ItemQueue,
  place: Place,
  raters: readonly string[],
): (number | 'cannot')[] {
  const { store } = state;
  if (!store) return [];
  return othersOf(state, queue, place, raters).others.flatMap(({ rater }) => {
    const value = firstValue(labelsOf(store.index, rater, place.key, place.ref));
    return value === null ? [] : [value];
  });
}

function isApart(
  { difference, human, judge, ratersDiffer }: Disagreement,
  apart: DisagreementFilter['apart'],
): boolean {
  if (apart === 'raters') return ratersDiffer;
  if (apart === 'any') return ratersDiffer || (difference !== null && difference !== 0);
  if (human === null || judge === null) return false;
  return 'least' in apart
    ? Math.abs(judge - human) >= apart.least
    : human >= apart.across !== judge >= apart.across;
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
