import * as vscode from 'vscode';

/** Runs with a notification that can be cancelled; `null` where it was. Only for work that has no effect of its own. */
export async function cancellable<T>(title: string, work: () => Promise<T>): Promise<T | null> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (_, token) => {
      const cancelled = new Promise<null>(resolve => token.onCancellationRequested(() => resolve(null)));
      return Promise.race([work(), cancelled]);
    },
  );
}
