import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { annotationsFolder } from './sessionEnvironment';

/** Shows the folder that keeps a rollout file's annotations. */
export async function revealFolder(file: vscode.Uri): Promise<void> {
  if (file.scheme !== 'file')
    throw new Error('a file that is not on this machine’s disk has no annotations.');
  const folder = vscode.Uri.file(annotationsFolder(file.fsPath));
  if (!(await isThere(folder))) {
    void vscode.window.showInformationMessage(
      `“${basename(file.fsPath)}” has no annotations yet. They will be kept in ${folder.fsPath}.`,
    );
    return;
  }
  await reveal(folder);
}

/** Shows where a subset's manifest is. It is not opened: it holds strata, which would tell a rater of the judge. */
export async function revealManifest(file: vscode.Uri, subset: string): Promise<void> {
  await reveal(vscode.Uri.file(join(annotationsFolder(file.fsPath), 'subsets', `${subset}.json`)));
}

/** In the Explorer where it is part of the workspace, else in the system's file manager. */
async function reveal(uri: vscode.Uri): Promise<void> {
  if (vscode.workspace.getWorkspaceFolder(uri)) await vscode.commands.executeCommand('revealInExplorer', uri);
  else if (vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined)
    await vscode.commands.executeCommand('revealFileInOS', uri);
  else {
    const copy = 'Copy Path';
    const said = await vscode.window.showInformationMessage(`It is ${uri.fsPath}.`, copy);
    if (said === copy) await vscode.env.clipboard.writeText(uri.fsPath);
  }
}

const isThere = (uri: vscode.Uri): Promise<boolean> =>
  Promise.resolve(vscode.workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );
