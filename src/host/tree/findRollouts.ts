import * as vscode from 'vscode';
import { viewTypes } from '../ids';
import { viewTypeOf } from '../viewTypeOf';
import { walkWorkspace } from './walkWorkspace';

const mostFiles = 200;
const excluded = '**/node_modules/**';

/** Rollout files: those that are open first, then those of the workspace by name or because they have annotations, at most 200. */
export async function findRollouts(open: readonly vscode.Uri[]): Promise<vscode.Uri[]> {
  const { named, inFolders } = await searched().catch(walked);
  const known = new Set(named.map(uri => uri.toString()));
  const owners = new Map(inFolders.flatMap(ownerOf).map(uri => [uri.toString(), uri]));
  const unnamed = [...owners.values()].filter(uri => !known.has(uri.toString())).slice(0, mostFiles);
  const there = await Promise.all(unnamed.map(isFile));
  const isOpen = new Set(open.map(uri => uri.toString()));
  const closed = [...named, ...unnamed.filter((_, index) => there[index] === true)].filter(
    uri => !isOpen.has(uri.toString()),
  );
  return [...byPath(open), ...byPath(closed).slice(0, Math.max(0, mostFiles - open.length))];
}

/** Files with our ending, and files that stand in annotations folders. */
interface Found {
  readonly named: readonly vscode.Uri[];
  readonly inFolders: readonly vscode.Uri[];
}

async function searched(): Promise<Found> {
  const [named, inFolders] = await Promise.all([
    vscode.workspace.findFiles('**/*.{rollouts,rollout}.jsonl', excluded, mostFiles),
    vscode.workspace.findFiles(
      '**/*.annotations/{source.json,subsets/*.json,rubrics/*.json}',
      excluded,
      mostFiles * 5,
    ),
  ]);
  return { named, inFolders };
}

/** Where VS Code can't search: a server may come without the program that it searches with. */
async function walked(): Promise<Found> {
  const { files, folders } = await walkWorkspace(name => name.endsWith('.annotations'));
  return {
    named: files.filter(uri => viewTypeOf(uri.path) === viewTypes.editor).slice(0, mostFiles),
    inFolders: folders.map(uri => vscode.Uri.joinPath(uri, 'source.json')),
  };
}

/** The rollout file that something inside an annotations folder beside it belongs to; none for what is in no such folder. */
export function ownerOf(inFolder: vscode.Uri): vscode.Uri[] {
  const path = /^(.+)\.annotations\//.exec(inFolder.path)?.[1];
  return path === undefined ? [] : [inFolder.with({ path })];
}

const byPath = (uris: readonly vscode.Uri[]): vscode.Uri[] =>
  [...uris].sort((a, b) => a.path.localeCompare(b.path));

async function isFile(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    ({ type }) => (type & vscode.FileType.File) !== 0,
    () => false,
  );
}
