import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { SharedSessions } from './sharedSessions';
import { findRollouts } from './tree/findRollouts';

/** Asks which rollout file a command is about: of those the view lists, or any other. */
export async function pickFile(sessions: SharedSessions, title: string): Promise<vscode.Uri | undefined> {
  const files = await findRollouts(sessions.openFiles());
  if (files.length === 0) return (await askForFiles(title, false))[0];
  const other = { label: '$(folder-opened) Another File…', uri: undefined };
  const chosen = await vscode.window.showQuickPick(
    [
      ...files.map(uri => ({
        label: basename(uri.path),
        description: vscode.workspace.asRelativePath(vscode.Uri.joinPath(uri, '..')),
        uri,
      })),
      other,
    ],
    { title, placeHolder: 'Which rollout file?', matchOnDescription: true },
  );
  return chosen === other ? (await askForFiles(title, false))[0] : chosen?.uri;
}

/** Asks for rollout files by the system's dialog; none where it was dismissed. */
export async function askForFiles(title: string, many: boolean): Promise<readonly vscode.Uri[]> {
  return (
    (await vscode.window.showOpenDialog({
      title,
      openLabel: 'Open',
      canSelectMany: many,
      filters: { 'Rollout files': ['jsonl', 'json', 'gz', 'eval'], 'All files': ['*'] },
    })) ?? []
  );
}
