import * as vscode from 'vscode';
import { askRater } from './askRater';
import { cancellable } from './cancellable';
import { openReport } from './session/answer';
import type { ReportTab } from './session/answer';
import type { Session } from './session/session';

interface Question {
  readonly title: string;
  readonly detail: string;
  readonly button: string;
}

/** Opens the report of a tab's list; where its rater is still blind there, asks first what that costs. */
export async function askForReport(
  session: Session,
  tab: ReportTab,
  asked: (costs: string) => Question = reportQuestion,
): Promise<void> {
  if (session.state.store && session.state.rater === null) {
    const name = await askRater();
    if (name === undefined) return;
    await session.setRater(name);
  }
  // What is shown is logged item by item: all of them have to be known.
  if (session.state.scanning !== null) {
    const isRead = await cancellable('Reading the file…', () => session.scanned().then(() => true));
    if (isRead === null) return;
  }
  const { confirm } = await openReport(session, tab, false);
  if (confirm === null) return;
  const { title, detail, button } = asked(confirm);
  const go = await vscode.window.showWarningMessage(title, { modal: true, detail }, button);
  if (go !== undefined) await openReport(session, tab, true);
}

/** What is asked before the agreement report is opened. */
const reportQuestion = (detail: string): Question => ({
  title: 'Open the agreement report?',
  detail,
  button: 'Open Report',
});
