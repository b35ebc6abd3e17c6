import * as vscode from 'vscode';
import { viewTypes } from './ids';
import type { SharedSessions } from './sharedSessions';
import { viewTypeOf } from './viewTypeOf';

/** Brings the file's editor to the front: the tab that is open, whichever of our editors and wherever it is, or a new one. */
export async function openEditor(uri: vscode.Uri): Promise<void> {
  const there = openTab(uri);
  await vscode.commands.executeCommand(
    'vscode.openWith',
    uri,
    there?.viewType ?? viewTypeOf(uri.path),
    there ? { viewColumn: there.column } : undefined,
  );
}

/** Opens the file's editor on a list: a subset, or with `null` all items of the criterion. */
export async function openList(
  sessions: SharedSessions,
  uri: vscode.Uri,
  criterion: string,
  subset: string | null,
): Promise<void> {
  const shared = await sessions.open(uri);
  try {
    shared.session.goTo(criterion, subset, null);
    await openEditor(uri);
  } finally {
    shared.dispose();
  }
}

function openTab(uri: vscode.Uri): { viewType: string; column: vscode.ViewColumn } | null {
  const ours: readonly string[] = Object.values(viewTypes);
  const { activeTabGroup, all } = vscode.window.tabGroups;
  for (const group of [activeTabGroup, ...all])
    for (const { input } of group.tabs)
      if (
        input instanceof vscode.TabInputCustom &&
        ours.includes(input.viewType) &&
        input.uri.toString() === uri.toString()
      )
        return { viewType: input.viewType, column: group.viewColumn };
  return null;
}
