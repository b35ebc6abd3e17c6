import * as vscode from 'vscode';
import { askRater } from './askRater';
import { cancellable } from './cancellable';
import { isListShown, judgeKept } from './session/reveal';
import type { Session } from './session/session';
import { judgeWarning } from './session/showJudge';

const cost = {
  file: 'Labels that you give after the judge is shown count as given with the judge seen, and agreement leaves them out.',
  subset: 'Scores that you give after the judge is shown are revisions: agreement uses your first labels.',
};

/**
 * Shows the judge of a list if it is hidden, once the person has said so; `why` says what it is needed for. Gives whether
 * it is shown. Where the subset keeps it, a message says why.
 */
export async function askForJudge(
  session: Session,
  criterion: string,
  subset: string | null,
  why: string,
): Promise<boolean> {
  const { state } = session;
  if (isListShown(state, session.queue(criterion, subset))) return true;
  if (state.store && state.rater === null) {
    const name = await askRater();
    if (name === undefined) return false;
    await session.setRater(name);
  }
  // What is shown is logged item by item: all of them have to be known.
  if (state.scanning !== null) {
    const isRead = await cancellable('Reading the file…', () => session.scanned().then(() => true));
    if (isRead === null) return false;
  }
  const { rater } = state;
  const queue = session.queue(criterion, subset);
  const kept = judgeKept(state, queue);
  if (kept !== null) {
    void vscode.window.showInformationMessage(`${why} ${kept}`);
    return false;
  }
  const show = 'Show Judge';
  const detail = `${why} ${judgeWarning(state, queue) ?? (queue.subset ? cost.subset : cost.file)}`;
  const said = await vscode.window.showWarningMessage('Show the judge?', { modal: true, detail }, show);
  if (said !== show || state.rater !== rater) return false;
  await session.showJudge(queue, true, true);
  return isListShown(state, queue);
}
