import type { Labelling } from './labelling';
import { sharedWarning, unfinishedWarning } from './judgeWarnings';
import { placesOf } from './queue';
import type { ItemQueue } from './queue';
import { judgeKept, sharedWithUnfinished, unfinishedSubsets } from './reveal';
import type { SessionState } from './sessionState';

interface Parts {
  readonly state: SessionState;
  readonly actions: Labelling;
  readonly changed: () => void;
}

/** Shows or hides the judge in a list, logged before any of it is sent; gives what has to be confirmed first. Rejects where the subset keeps it. */
export async function showJudge(
  { state, actions, changed }: Parts,
  queue: ItemQueue,
  show: boolean,
  confirmed: boolean,
): Promise<{ confirm: string | null }> {
  const { rater } = state;
  if (!queue.subset) {
    const confirm = show && !state.judgeShown && !confirmed ? judgeWarning(state, queue) : null;
    if (confirm !== null) return { confirm };
    if (show) await actions.exposeRun('judge');
    // Another rater may have come meanwhile, of whom nothing was logged.
    state.judgeShown = show && state.rater === rater;
  } else {
    const { name } = queue.subset.manifest;
    const kept = judgeKept(state, queue);
    if (show && kept !== null) throw new Error(kept);
    const confirm = show && !confirmed ? judgeWarning(state, queue) : null;
    if (confirm !== null) return { confirm };
    if (show) await actions.exposeItems([...placesOf(queue)], 'judge');
    if (show && state.rater === rater) state.revealed.add(name);
    else state.revealed.delete(name);
  }
  changed();
  return { confirm: null };
}

/** What showing the judge of a list costs its rater in subsets that are not done; `null` where it costs nothing there. */
export function judgeWarning(state: SessionState, queue: ItemQueue): string | null {
  const waiting = queue.subset ? sharedWithUnfinished(state, queue) : unfinishedSubsets(state);
  if (waiting.length === 0) return null;
  return queue.subset ? sharedWarning(waiting) : unfinishedWarning(waiting);
}
