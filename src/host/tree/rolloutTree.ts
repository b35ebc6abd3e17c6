import { basename } from 'node:path';
import * as vscode from 'vscode';
import { debounced } from '../debounced';
import { commands, rows, settings } from '../ids';
import { configuredRater } from '../rater';
import { annotationsFolder } from '../sessionEnvironment';
import type { SharedSessions } from '../sharedSessions';
import type { AnnotationFacts } from './annotationFacts';
import { findRollouts, ownerOf } from './findRollouts';
import { folderFacts, sessionFacts } from './readFacts';
import { fileChildren, fileDescription } from './treeModel';
import type { TreeNode } from './treeModel';

/** A row of the view: a rollout file (`node` is `null`) or something under it. */
export interface TreeElement {
  readonly uri: vscode.Uri;
  readonly node: TreeNode | null;
}

export interface RolloutTree extends vscode.TreeDataProvider<TreeElement> {
  /** Looks for files anew, and reads all folders anew. */
  refresh(): void;
  dispose(): void;
}

const pause = 300;

/** The rollout files with their subsets, raters and reports. Nothing is looked for before the view asks for its rows. */
export function rolloutTree(sessions: SharedSessions): RolloutTree {
  const changes = new vscode.EventEmitter<TreeElement | undefined>();
  /** The rows of files by URI: VS Code knows a row by its object. */
  let files = new Map<string, TreeElement>();
  /** What the folders of files say that are not open. */
  const known = new Map<string, AnnotationFacts>();
  const reading = new Map<string, Promise<AnnotationFacts>>();
  const watchers: vscode.Disposable[] = [];
  /** Keys of files whose rows are to be drawn anew. */
  const pending = new Set<string>();
  let isListPending = false;

  const drawPending = debounced(pause, () => {
    const changed = [...pending].flatMap(key => files.get(key) ?? []);
    const all = isListPending;
    pending.clear();
    isListPending = false;
    if (all) changes.fire(undefined);
    else changed.forEach(element => void changes.fire(element));
  });
  const drawList = (): void => {
    isListPending = true;
    drawPending();
  };
  const draw = (uri: vscode.Uri): void => {
    pending.add(uri.toString());
    drawPending();
  };
  const forgetAll = (): void => {
    known.clear();
    reading.clear();
    drawList();
  };

  const read = (uri: vscode.Uri): Promise<AnnotationFacts> => {
    const key = uri.toString();
    const there = reading.get(key);
    if (there) return there;
    const facts = folderFacts(annotationsFolder(uri.fsPath), configuredRater());
    reading.set(key, facts);
    void facts.then(done => {
      if (reading.get(key) !== facts) return;
      reading.delete(key);
      known.set(key, done);
    });
    return facts;
  };

  /** What is known at once; `null` where the folder has to be read. */
  const factsNow = (uri: vscode.Uri): AnnotationFacts | null => {
    const session = sessions.sessionOf(uri);
    return session ? sessionFacts(session) : (known.get(uri.toString()) ?? null);
  };

  const watch = (): void => {
    if (watchers.length > 0) return;
    const folders = vscode.workspace.createFileSystemWatcher('**/*.annotations/{labels,subsets,rubrics}/**');
    const named = vscode.workspace.createFileSystemWatcher('**/*.{rollouts,rollout}.jsonl', false, true);
    const onFolder = (changed: vscode.Uri): void => {
      const [uri] = ownerOf(changed);
      if (!uri) return;
      known.delete(uri.toString());
      reading.delete(uri.toString());
      if (files.has(uri.toString())) draw(uri);
      else drawList();
    };
    watchers.push(
      folders,
      folders.onDidCreate(onFolder),
      folders.onDidChange(onFolder),
      folders.onDidDelete(onFolder),
      named,
      named.onDidCreate(drawList),
      named.onDidDelete(drawList),
      sessions.onDidChange(uri => {
        // What was read of a file before it was opened is old when it is closed.
        if (uri) known.delete(uri.toString());
        if (uri) draw(uri);
        else drawList();
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(drawList),
      vscode.workspace.onDidChangeConfiguration(event => {
        const ours = [settings.rater, settings.annotationsFolder];
        if (ours.some(name => event.affectsConfiguration(`${settings.section}.${name}`))) forgetAll();
      }),
    );
  };

  const listFiles = async (): Promise<TreeElement[]> => {
    watch();
    const uris = await findRollouts(sessions.openFiles());
    files = new Map(uris.map(uri => [uri.toString(), files.get(uri.toString()) ?? { uri, node: null }]));
    return [...files.values()];
  };

  return {
    onDidChangeTreeData: changes.event,
    getChildren: async element => {
      if (!element) return listFiles();
      const { uri, node } = element;
      if (node) return node.children.map(child => ({ uri, node: child }));
      if (uri.scheme !== 'file') return [];
      return fileChildren(factsNow(uri) ?? (await read(uri))).map(child => ({ uri, node: child }));
    },
    getTreeItem: element => {
      if (element.node) return nodeItem(element, element.node);
      const { uri } = element;
      const facts = uri.scheme === 'file' ? factsNow(uri) : null;
      // The rows are there at once; what stands beside a name comes when its folder has been read.
      if (!facts && uri.scheme === 'file') void read(uri).then(() => void draw(uri));
      return fileItem(uri, facts, {
        isOpen: sessions.sessionOf(uri) !== null,
        isAmbiguous: [...files.values()].some(
          other => other.uri.path !== uri.path && basename(other.uri.path) === basename(uri.path),
        ),
      });
    },
    refresh: forgetAll,
    dispose: () => {
      watchers.forEach(watcher => void watcher.dispose());
      changes.dispose();
    },
  };
}

function fileItem(
  uri: vscode.Uri,
  facts: AnnotationFacts | null,
  { isOpen, isAmbiguous }: { readonly isOpen: boolean; readonly isAmbiguous: boolean },
): vscode.TreeItem {
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  const isEmpty = facts !== null && fileChildren(facts).length === 0;
  const item = new vscode.TreeItem(basename(uri.path), isEmpty ? None : isOpen ? Expanded : Collapsed);
  const folder = vscode.workspace.asRelativePath(vscode.Uri.joinPath(uri, '..'));
  item.id = uri.toString();
  item.resourceUri = uri;
  item.iconPath = vscode.ThemeIcon.File;
  item.description = [...(isAmbiguous ? [folder] : []), ...(facts ? [fileDescription(facts)] : [])]
    .filter(text => text !== '')
    .join(' · ');
  item.tooltip = uri.scheme === 'file' ? uri.fsPath : `${uri.toString(true)}\nOpens read-only.`;
  if (uri.scheme === 'file') item.contextValue = rows.file;
  item.command = opening({ uri, node: null });
  return item;
}

function nodeItem(element: TreeElement, node: TreeNode): vscode.TreeItem {
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(node.label, node.children.length > 0 ? Collapsed : None);
  item.id = `${element.uri.toString()}\n${node.id}`;
  item.description = node.description;
  item.tooltip = node.tooltip;
  item.iconPath = new vscode.ThemeIcon(
    node.icon,
    node.color === undefined ? undefined : new vscode.ThemeColor(node.color),
  );
  if (node.row !== undefined) item.contextValue = node.row;
  if (node.opens) item.command = opening(element);
  return item;
}

const opening = (element: TreeElement): vscode.Command => ({
  command: commands.open,
  title: 'Open',
  arguments: [element],
});
