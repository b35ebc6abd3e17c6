import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { commands, viewTypes } from '../../src/host/ids';
import { eventually } from './eventually';

const record = (id: string): string =>
  JSON.stringify({
    id,
    messages: [
      { role: 'user', content: 'Name a prime.' },
      { role: 'assistant', content: 'Seven.' },
    ],
  });

const activeViewType = (): string | undefined => {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom ? input.viewType : undefined;
};

describe('opening files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-annotator-host-'));
  after(() => void rmSync(folder, { recursive: true, force: true }));
  afterEach(async () => void (await vscode.commands.executeCommand('workbench.action.closeAllEditors')));

  it('opens *.rollouts.jsonl in the editor by default', async () => {
    const file = join(folder, 'a.rollouts.jsonl');
    writeFileSync(file, `${record('a')}\n`);
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
    assert.equal(await eventually(activeViewType), viewTypes.editor);
  });

  it('opens any .jsonl by the Explorer’s command', async () => {
    const file = join(folder, 'b.jsonl');
    writeFileSync(file, `${record('b')}\n`);
    await vscode.commands.executeCommand(commands.openFile, vscode.Uri.file(file));
    assert.equal(await eventually(activeViewType), viewTypes.option);
  });

  it('opens a copy of the sample, outside the extension’s own folder', async () => {
    await vscode.commands.executeCommand(commands.openSample);
    assert.equal(await eventually(activeViewType), viewTypes.editor);
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input as vscode.TabInputCustom;
    const extension = vscode.extensions.getExtension('rollout-annotator.rollout-annotator');
    assert.equal(input.uri.path.split('/').at(-1), 'sample.rollouts.jsonl');
    assert.ok(!input.uri.fsPath.startsWith(`${extension?.extensionPath ?? ''}/`));
    const labels = vscode.Uri.joinPath(input.uri, '..', 'sample.rollouts.jsonl.annotations', 'labels');
    assert.deepEqual((await vscode.workspace.fs.readDirectory(labels)).map(([name]) => name).sort(), [
      'rater-1',
      'rater-2',
    ]);
    await vscode.commands.executeCommand(commands.openSample);
  });

  it('lists bad lines in Problems with their line and reason, without quoting them', async () => {
    const file = vscode.Uri.file(join(folder, 'c.rollouts.jsonl'));
    writeFileSync(file.fsPath, `${record('c')}\n{"secret-word": \n[1]\n${record('c')}\n`);
    await vscode.commands.executeCommand('vscode.openWith', file, viewTypes.editor);
    const problems = await eventually(() => {
      const found = vscode.languages.getDiagnostics(file);
      return found.length > 0 ? found : undefined;
    });
    assert.deepEqual(
      problems.map(problem => problem.range.start.line + 1),
      [2, 3, 4],
    );
    assert.ok(problems.every(problem => !problem.message.includes('secret-word')));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await eventually(() => (vscode.languages.getDiagnostics(file).length === 0 ? true : undefined));
  });

  it('opens a file of another scheme read-only', async () => {
    const text = new TextEncoder().encode(`${record('d')}\n`);
    const provider = vscode.workspace.registerFileSystemProvider(
      'memory-test',
      {
        onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
        watch: () => new vscode.Disposable(() => undefined),
        stat: () => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: text.length }),
        readDirectory: () => [],
        readFile: () => text,
        createDirectory: () => undefined,
        writeFile: () => {
          throw vscode.FileSystemError.NoPermissions();
        },
        delete: () => undefined,
        rename: () => undefined,
      },
      { isReadonly: true },
    );
    try {
      const file = vscode.Uri.parse('memory-test:/d.rollouts.jsonl');
      await vscode.commands.executeCommand('vscode.openWith', file, viewTypes.editor);
      assert.equal(await eventually(activeViewType), viewTypes.editor);
    } finally {
      provider.dispose();
    }
  });
});
