import { realpath } from 'node:fs/promises';
import * as vscode from 'vscode';
import { openEditor } from '../openEditor';
import { linkedItem } from '../session/linkTargets';
import type { SharedSessions } from '../sharedSessions';
import { linkFile } from './linkFile';
import { decodeLink, encodeLink } from './linkText';
import type { LinkTarget } from './linkText';

/** The link to a target in a file, for the clipboard: `vscode://publisher.name/open?path=…`. */
export function linkTo(extensionId: string, file: vscode.Uri, target: LinkTarget): string {
  const path = vscode.workspace.asRelativePath(file).replaceAll('\\', '/');
  return `${vscode.env.uriScheme}://${extensionId}/open?${encodeLink({ path, target })}`;
}

/**
 * Opens what a link leads to. Anyone may have written it: outside the open folders nothing is opened before the person has
 * seen the full path and agreed. It goes to an item and shows nothing that going there by hand would not. Throws one
 * sentence for what can't be opened.
 */
export async function openLink(
  uri: vscode.Uri,
  sessions: SharedSessions,
  confirm: (path: string) => Promise<boolean> = confirmPath,
): Promise<void> {
  if (uri.path !== '/open') throw new Error('This link is not one to a turn.');
  const link = decodeLink(uri.query);
  if ('reason' in link) throw new Error(link.reason);
  const folders = (vscode.workspace.workspaceFolders ?? [])
    .filter(folder => folder.uri.scheme === 'file')
    .map(folder => ({ name: folder.name, path: folder.uri.fsPath }));
  const file = await linkFile(link.path, folders, { realpath });
  if (file.kind === 'missing') throw new Error(file.reason);
  if (file.kind === 'outside' && !(await confirm(file.path))) return;
  const shared = await sessions.open(vscode.Uri.file(file.path));
  try {
    const item = await linkedItem(shared.session, link.target);
    if ('reason' in item) throw new Error(item.reason);
    shared.session.goTo(item.criterion, item.subset, item.ordinal);
    await openEditor(shared.uri);
  } finally {
    shared.dispose();
  }
}

async function confirmPath(path: string): Promise<boolean> {
  const open = 'Open';
  const chosen = await vscode.window.showWarningMessage(
    'A link asks to open a file outside the open folders.',
    { modal: true, detail: path },
    open,
  );
  return chosen === open;
}

/** Opens links to turns from outside VS Code. */
export function linkHandler(sessions: SharedSessions): vscode.UriHandler {
  return {
    handleUri: uri => {
      openLink(uri, sessions).catch((error: unknown) => {
        void vscode.window.showErrorMessage(
          `Rollout Annotator: ${error instanceof Error ? error.message : String(error)}`,
        );
      });
    },
  };
}
