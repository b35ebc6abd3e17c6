import { labelledItems, ratingTableOfRun } from '../../../src/core/agreement/ratingTableOfRun';
import type { RatingTable } from '../../../src/core/agreement/ratingTable';
import { loadItems } from '../../../src/core/rollout/loadItems';
import type { Harness } from './harness';

/** The ratings of a session's file and labels as they are now, by the tab's criterion. */
export async function tableOf({ session, tab }: Harness): Promise<RatingTable> {
  const { store, source, directory } = session.state;
  if (!store || !source) throw new Error('the session has no labels or no file');
  const keys = labelledItems(store.index, tab.rubric.criterion);
  return ratingTableOfRun({
    rollouts: directory.rollouts,
    labels: store.index,
    rubric: tab.rubric,
    itemsNow: await loadItems(source, directory.rollouts, keys, tab.rubric),
    source: {},
  });
}
