import { createHash } from 'node:crypto';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { v7 as newId } from 'uuid';
import * as vscode from 'vscode';
import { memorySource } from '../core/bytes/byteSource';
import { annotationsFolderName } from '../core/labels/annotationsFolder';
import { builtInRubrics } from '../core/labels/rubric';
import { rubricsWith } from '../core/labels/rubricFile';
import { openFileSource } from '../disk/fileSource';
import { openLabelStore } from '../disk/labelStore';
import { readRubrics } from '../disk/rubricFolder';
import { addSourceFile } from '../disk/sourceFile';
import { readSubsets, writeSubset } from '../disk/subsetFolder';
import { settings } from './ids';
import { configuredRater, proposedRater, saveRater } from './rater';
import type { SessionEnvironment } from './session/sessionState';

const readOnlyLimit = 50 * 1024 * 1024;

/** Where the annotations of a rollout file are kept: beside it, or in the folder that the setting names. */
export function annotationsFolder(path: string): string {
  const elsewhere = vscode.workspace
    .getConfiguration(settings.section)
    .get<string>(settings.annotationsFolder, '');
  if (elsewhere === '' || !isAbsolute(elsewhere))
    return join(dirname(path), annotationsFolderName(basename(path)));
  // Files of one name in different folders keep their annotations apart.
  return join(elsewhere, `${annotationsFolderName(basename(path))}-${shortHash(dirname(path))}`);
}

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

/** A session's surroundings in VS Code. Files on disk can be labelled; other schemes open read-only. */
export async function sessionEnvironment(uri: vscode.Uri, storage: vscode.Uri): Promise<SessionEnvironment> {
  const configuration = vscode.workspace.getConfiguration(settings.section);
  const onDisk = uri.scheme === 'file';
  const folder = annotationsFolder(uri.fsPath);
  // Asking git takes time: only where there is a name to propose.
  const proposed = configuredRater() ?? (await proposedRater());
  return {
    fileName: basename(uri.path),
    openSource: onDisk ? () => openFileSource(uri.fsPath) : () => openElsewhere(uri),
    openStore: () =>
      onDisk
        ? openLabelStore({ folder, heldFolder: join(storage.fsPath, 'held', shortHash(uri.fsPath)) })
        : Promise.resolve(null),
    readOnly: onDisk
      ? null
      : `This file is not on this machine’s disk (${uri.scheme}:): it opens read-only, and nothing can be labelled.`,
    writeSourceFile: content => addSourceFile(folder, content),
    readSubsets: () => (onDisk ? readSubsets(folder) : Promise.resolve({ subsets: [], problems: [] })),
    writeSubset: manifest => writeSubset(folder, manifest),
    readRubrics: async () => {
      const files = onDisk ? await readRubrics(folder) : { rubrics: [], problems: [] };
      return { rubrics: rubricsWith(builtInRubrics, files.rubrics), problems: files.problems };
    },
    now: () => new Date(),
    newId,
    rater: () => ({ name: configuredRater(), proposed }),
    saveRater,
    maxLineBytes: configuration.get<number>(settings.maxLineMegabytes, 64) * 1024 * 1024,
    keys: () =>
      vscode.workspace.getConfiguration(settings.section).get<Record<string, string>>(settings.keys, {}),
  };
}

async function openElsewhere(uri: vscode.Uri): ReturnType<SessionEnvironment['openSource']> {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > readOnlyLimit) throw new Error('files that are not on this machine’s disk open up to 50 MB');
  const bytes = await vscode.workspace.fs.readFile(uri);
  return { ...memorySource(bytes), close: () => Promise.resolve() };
}
