import * as vscode from 'vscode';
import { askRater } from './askRater';
import { cancellable } from './cancellable';
import { openReport } from './session/answer';
import type { ReportTab } from './session/answer';
import type { Session } from './session/session';

/** Opens the report of a tab's list; where its rater is still blind there, asks first what that costs. */
export async function askForReport(session: Session, tab: ReportTab): Promise<void> {
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
  const go = await vscode.window.showWarningMessage(
    'Open the agreement report?',
    { modal: true, detail: confirm },
    'Open Report',
  );
  if (go !== undefined) await openReport(session, tab, true);
}
