import type { ItemsBehind } from '../core/figures/figure';
import { askForJudge } from './askForJudge';
import { openEditor } from './openEditor';
import { itemsBehind, mayGoTo, mayPick } from './session/picking';
import type { SharedSession } from './sharedSessions';

/**
 * Brings a file's editor to the items that a count or a mark of a report stands for: to a single one itself, else to a
 * list of them under the mark's title. A list tells of the judge: where it is hidden from this rater the person is asked
 * first, and where a subset keeps it none is shown. Rejects where the file has none of the items any more.
 */
export async function openPickedItems(
  { session, uri }: SharedSession,
  criterion: string,
  subset: string | null,
  behind: ItemsBehind,
): Promise<void> {
  const { state } = session;
  await session.scanned();
  const list = state.subsets.some(({ manifest }) => manifest.name === subset) ? subset : null;
  const places = itemsBehind(state, session.queue(criterion, list), behind);
  const [first] = places;
  if (!first) throw new Error('The file has none of these items any more.');
  if (places.length === 1 && mayGoTo(state, session.queue(criterion, list), first)) {
    session.goTo(criterion, list, first.ordinal);
    await openEditor(uri);
    return;
  }
  const isShown =
    mayPick(state, session.queue(criterion, list), places) ||
    (await askForJudge(session, criterion, list, 'A list of these items tells what the judge gave them.'));
  if (!isShown) return;
  const queue = session.queue(criterion, list);
  session.goToPicked(queue, behind.title, itemsBehind(state, queue, behind));
  await openEditor(uri);
}
