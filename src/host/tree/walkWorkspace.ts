import * as vscode from 'vscode';

const mostFolders = 2000;
const skipped = new Set(['node_modules', '.git']);

/** All files of the workspace, folder by folder, without following links; folders that `stopsAt` are given, not entered. At most 2,000 are. */
export async function walkWorkspace(
  stopsAt: (name: string) => boolean,
): Promise<{ readonly files: readonly vscode.Uri[]; readonly folders: readonly vscode.Uri[] }> {
  const files: vscode.Uri[] = [];
  const folders: vscode.Uri[] = [];
  const open = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  for (let next = 0; next < Math.min(open.length, mostFolders); next++) {
    const folder = open[next];
    if (!folder) break;
    const entries = await vscode.workspace.fs.readDirectory(folder).then(undefined, () => []);
    for (const [name, type] of entries) {
      const uri = vscode.Uri.joinPath(folder, name);
      if (type === vscode.FileType.File) files.push(uri);
      else if (type === vscode.FileType.Directory && !skipped.has(name))
        (stopsAt(name) ? folders : open).push(uri);
    }
  }
  return { files, folders };
}
