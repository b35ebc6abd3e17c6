import type { ItemsBehind } from '../../core/figures/figure';
import { wasExposed } from '../../core/labels/labelIndex';
import { fieldOf } from '../../core/rollout/fieldOf';
import type { EditorState } from '../../protocol/editorState';
import { headlineScore } from './headline';
import { placesOf } from './queue';
import type { ItemQueue, Place } from './queue';
import { isListShown, isLogged, isShown } from './reveal';
import type { SessionState } from './sessionState';

/** Items that a count or a mark of a report stands for, by what names them whatever the list's order becomes. */
export interface Picked {
  readonly serial: number;
  readonly criterion: string;
  readonly subset: string | null;
  readonly title: string;
  readonly items: readonly { readonly rollout: string; readonly turn: number }[];
}

/** The items of a list that a mark stands for, in the list's order. What the judge scored is of its headline run. */
export function itemsBehind(state: SessionState, queue: ItemQueue, behind: ItemsBehind): Place[] {
  if (behind.kind === 'units') {
    const places = behind.units.flatMap(unit => placeOfUnit(queue, unit) ?? []);
    return [...new Map(places.map(place => [place.ordinal, place])).values()].sort(
      (a, b) => a.ordinal - b.ordinal,
    );
  }
  const { judge, turn, fields = {} } = behind;
  return [...placesOf(queue)].filter(place => {
    if (turn !== undefined && place.key.turn !== turn) return false;
    if (!Object.entries(fields).every(([name, value]) => textOf(fieldOf(place.summary, name)) === value))
      return false;
    if (judge === undefined) return true;
    const score = headlineScore(state, place);
    return score !== null && score >= judge.min && score <= judge.max;
  });
}

const textOf = (value: string | number | boolean | undefined): string | null =>
  value === undefined ? null : String(value);

/** A unit of a report is a rollout and a turn, as JSON. */
function placeOfUnit(queue: ItemQueue, unit: string): Place | null {
  const [rollout, turn] = JSON.parse(unit) as [unknown, unknown];
  if (typeof rollout !== 'string' || typeof turn !== 'number') return null;
  const ordinal = queue.ordinalOf(rollout, turn, null);
  return ordinal === null ? null : queue.at(ordinal);
}

/** Whether a list of these may be shown to this rater: what picked them tells of their judge. */
export function mayPick(state: SessionState, queue: ItemQueue, places: readonly Place[]): boolean {
  if (isListShown(state, queue)) return true;
  return places.every(place => isShown(state, queue, place) && isLogged(state, queue, place));
}

/** Whether going to one item tells its rater nothing that is not known: its judge is shown, or a report has shown it before. */
export function mayGoTo(state: SessionState, queue: ItemQueue, place: Place): boolean {
  const { store, rater } = state;
  if (!store || mayPick(state, queue, [place])) return true;
  return rater !== null && wasExposed(store.index, rater, place.key);
}

/** The items that were picked last, in the list's order. Throws where they are of another list or another pick, or hidden. */
export function pickedPlaces(state: SessionState, queue: ItemQueue, serial: number): Place[] {
  const { picked } = state;
  if (picked?.serial !== serial || !isOf(queue, picked)) throw new Error('That list is not there any more.');
  const places = placesPicked(queue, picked);
  if (!mayPick(state, queue, places)) throw new Error('The judge is hidden.');
  return places;
}

/** What a page is told of them; `null` where nothing was picked in this list, or its judge is hidden. */
export function pickedState(state: SessionState, queue: ItemQueue): EditorState['picked'] {
  const { picked } = state;
  if (!picked || !isOf(queue, picked)) return null;
  const places = placesPicked(queue, picked);
  if (!mayPick(state, queue, places)) return null;
  return { serial: picked.serial, title: picked.title, items: places.length };
}

const isOf = ({ rubric, subset }: ItemQueue, picked: Picked): boolean =>
  picked.criterion === rubric.criterion && picked.subset === (subset?.manifest.name ?? null);

const placesPicked = (queue: ItemQueue, { items }: Picked): Place[] =>
  items
    .flatMap(({ rollout, turn }) => queue.ordinalOf(rollout, turn, null) ?? [])
    .sort((a, b) => a - b)
    .flatMap(ordinal => queue.at(ordinal) ?? []);
