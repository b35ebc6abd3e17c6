import { strict as assert } from 'node:assert';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { commands, rows, viewTypes } from '../../src/host/ids';
import type { Session } from '../../src/host/session/session';
import type { SharedSessions } from '../../src/host/sharedSessions';
import { findRollouts } from '../../src/host/tree/findRollouts';
import { rolloutTree } from '../../src/host/tree/rolloutTree';
import type { RolloutTree, TreeElement } from '../../src/host/tree/rolloutTree';
import { eventually } from './eventually';

const extension = vscode.extensions.getExtension('rollout-annotator.rollout-annotator');
const media = join(extension?.extensionPath ?? '', 'media');
const sample = 'sample.rollouts.jsonl';

/** No file is open. */
const nothingOpen: SharedSessions = {
  open: () => Promise.reject(new Error('not here')),
  openFiles: () => [],
  sessionOf: (): Session | null => null,
  onDidChange: () => new vscode.Disposable(() => undefined),
};

/** Rows under a row as VS Code would show them. */
async function childrenOf(tree: RolloutTree, element?: TreeElement): Promise<Map<string, TreeElement>> {
  const children = (await tree.getChildren(element)) ?? [];
  const items = await Promise.all(children.map(child => tree.getTreeItem(child)));
  return new Map(children.map((child, index) => [String(items[index]?.label), child]));
}

describe('the view', () => {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const folder = mkdtempSync(join(root === '' ? tmpdir() : root, 'view-'));
  const file = join(folder, 'study.rollouts.jsonl');
  const plain = join(folder, 'plain.jsonl');
  const left = join(folder, 'node_modules', 'x', 'left.rollouts.jsonl');
  let tree: RolloutTree;

  before(() => {
    for (const path of [file, plain, left]) {
      mkdirSync(dirname(path), { recursive: true });
      cpSync(join(media, sample), path);
    }
    for (const path of [file, plain, join(folder, 'gone.jsonl')])
      cpSync(join(media, `${sample}.annotations`), `${path}.annotations`, { recursive: true });
    tree = rolloutTree(nothingOpen);
  });
  after(async () => {
    tree.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(folder, { recursive: true, force: true });
  });

  it('lists rollout files by their name or their annotations, those that are open first', async () => {
    const inFolder = (uris: readonly vscode.Uri[]): string[] =>
      uris.map(uri => uri.fsPath).filter(path => path.startsWith(folder));
    assert.deepEqual(inFolder(await findRollouts([])), [plain, file]);
    const [first] = await findRollouts([vscode.Uri.file(file)]);
    assert.equal(first?.fsPath, file);
  });

  it('shows subsets, raters and reports of a file that is not open, from its folder alone', async () => {
    const files = await childrenOf(tree);
    const element = files.get('study.rollouts.jsonl');
    assert.ok(element);
    const children = await childrenOf(tree, element);
    assert.deepEqual([...children.keys()], ['val-12', 'Raters', 'Reports']);
    const item = await tree.getTreeItem(children.get('val-12') ?? element);
    assert.equal(item.contextValue, rows.validation);
    assert.match(String(item.description), /^(12 slots|0\/12) · frustration$/);
    const raters = await childrenOf(tree, children.get('Raters'));
    assert.deepEqual([...raters.keys()].sort(), ['rater-1', 'rater-2']);
    await eventually(async () => {
      const { description } = await tree.getTreeItem(element);
      return String(description).startsWith('1 subset · ') ? true : undefined;
    });
  });

  it('sees a subset that comes into a folder', async () => {
    // The workspace's own sample: folders that are made under a running watcher may escape it.
    const element = (await childrenOf(tree)).get(sample);
    assert.ok(element);
    await childrenOf(tree, element);
    const subsets = join(root, `${sample}.annotations`, 'subsets');
    const manifest = JSON.parse(readFileSync(join(subsets, 'val-12.json'), 'utf8')) as object;
    const added = join(subsets, 'val-13.json');
    try {
      await eventually(async () => {
        // Again each time: VS Code begins to watch at a time of its own.
        writeFileSync(added, JSON.stringify({ ...manifest, name: 'val-13' }));
        return (await childrenOf(tree, element)).has('val-13') ? true : undefined;
      });
    } finally {
      rmSync(added, { force: true });
    }
  });

  it('opens a subset in the editor that its file’s name belongs to, and in the same tab again', async () => {
    const tabs = () => vscode.window.tabGroups.all.flatMap(group => group.tabs).map(({ input }) => input);
    for (const [path, viewType] of [
      [file, viewTypes.editor],
      [plain, viewTypes.option],
    ] as const) {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      const uri = vscode.Uri.file(path);
      const subset = (await childrenOf(tree, { uri, node: null })).get('val-12');
      for (let time = 1; time <= 2; time++) {
        await vscode.commands.executeCommand(commands.open, subset);
        const [input, ...others] = tabs();
        assert.ok(input instanceof vscode.TabInputCustom);
        assert.deepEqual([input.viewType, input.uri.fsPath, others.length], [viewType, path, 0]);
      }
    }
  });
});
