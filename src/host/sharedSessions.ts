import * as vscode from 'vscode';
import { annotationsFolder, sessionEnvironment } from './sessionEnvironment';
import { openSession } from './session/session';
import type { Session } from './session/session';
import { showProblems } from './problems';

/** A session that is used by one or more tabs and ends with the last of them. */
export interface SharedSession {
  readonly uri: vscode.Uri;
  readonly session: Session;
  dispose(): void;
}

interface Entry {
  readonly opening: Promise<Session>;
  readonly watchers: vscode.Disposable[];
  users: number;
}

/** Opens sessions so that all tabs on one file, of either editor, share one. */
export function sharedSessions(
  storage: vscode.Uri,
  diagnostics: vscode.DiagnosticCollection,
): (uri: vscode.Uri) => Promise<SharedSession> {
  const entries = new Map<string, Entry>();

  const open = async (uri: vscode.Uri, watchers: vscode.Disposable[]): Promise<Session> => {
    const session = await openSession(await sessionEnvironment(uri, storage));
    void session.scanned().then(() => void showProblems(diagnostics, uri, session));
    if (uri.scheme === 'file') watchers.push(watchFile(uri, session, diagnostics), watchLabels(uri, session));
    watchers.push(
      vscode.workspace.onDidChangeConfiguration(event => {
        const name = session.environment.rater().name;
        if (event.affectsConfiguration('rolloutAnnotator.rater') && name !== null)
          void session.setRater(name);
        if (event.affectsConfiguration('rolloutAnnotator.keys')) session.refresh();
      }),
    );
    return session;
  };

  return async uri => {
    const key = uri.toString();
    let entry = entries.get(key);
    if (!entry) {
      const watchers: vscode.Disposable[] = [];
      entry = { opening: open(uri, watchers), watchers, users: 0 };
      entries.set(key, entry);
    }
    entry.users += 1;
    const held = entry;
    let ended = false;
    const dispose = (): void => {
      if (ended) return;
      ended = true;
      held.users -= 1;
      if (held.users > 0) return;
      entries.delete(key);
      diagnostics.delete(uri);
      held.watchers.forEach(watcher => void watcher.dispose());
      void held.opening.then(session => session.close());
    };
    try {
      return { uri, session: await held.opening, dispose };
    } catch (error) {
      dispose();
      throw error;
    }
  };
}

/** Reads the file anew once it has been quiet for half a second: a run that is still writing touches it often. */
function watchFile(
  uri: vscode.Uri,
  session: Session,
  diagnostics: vscode.DiagnosticCollection,
): vscode.Disposable {
  const folder = vscode.Uri.joinPath(uri, '..');
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '*'));
  const reopen = debounced(500, () => {
    void session
      .reopen()
      .then(() => session.scanned())
      .then(() => void showProblems(diagnostics, uri, session));
  });
  const onEvent = (changed: vscode.Uri): void => {
    if (changed.fsPath === uri.fsPath) reopen();
  };
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(onEvent),
    watcher.onDidCreate(onEvent),
    watcher.onDidDelete(onEvent),
  );
}

/** Labels of other windows, and those that a git pull brings. */
function watchLabels(uri: vscode.Uri, session: Session): vscode.Disposable {
  const folder = vscode.Uri.file(annotationsFolder(uri.fsPath));
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(folder, 'labels/*/*.jsonl'),
  );
  const reload = debounced(300, () => void session.reloadLabels());
  const onEvent = (changed: vscode.Uri): void => {
    if (session.state.store?.owns(changed.fsPath) !== true) reload();
  };
  return vscode.Disposable.from(watcher, watcher.onDidChange(onEvent), watcher.onDidCreate(onEvent));
}

function debounced(milliseconds: number, act: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, milliseconds);
  };
}
