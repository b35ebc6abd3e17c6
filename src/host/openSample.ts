import * as vscode from 'vscode';
import { viewTypes } from './ids';

const sampleName = 'sample.rollouts.jsonl';

/** Opens a copy of the shipped sample: the extension's own folder is replaced by updates, labels must not be. */
export async function openSample(extension: vscode.Uri, storage: vscode.Uri, version: string): Promise<void> {
  const folder = vscode.Uri.joinPath(storage, `sample-${version}`);
  const file = vscode.Uri.joinPath(folder, sampleName);
  for (const name of [sampleName, `${sampleName}.annotations`]) {
    const from = vscode.Uri.joinPath(extension, 'media', name);
    // A copy that is there may carry labels by now: it stays.
    await vscode.workspace.fs
      .copy(from, vscode.Uri.joinPath(folder, name), { overwrite: false })
      .then(undefined, (error: unknown) => {
        if (!(error instanceof vscode.FileSystemError) || error.code !== 'FileExists') throw error;
      });
  }
  await vscode.commands.executeCommand('vscode.openWith', file, viewTypes.editor);
}
