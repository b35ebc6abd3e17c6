import { basename, join } from 'node:path';
import { v7 as newId } from 'uuid';
import { annotationsFolderName } from '../../src/core/labels/annotationsFolder';
import { builtInRubrics } from '../../src/core/labels/rubric';
import { openLabelStore } from '../../src/disk/labelStore';
import { openRollouts } from '../../src/disk/openRollouts';
import { addSourceFile } from '../../src/disk/sourceFile';
import { readSubsets, writeSubset } from '../../src/disk/subsetFolder';
import { scanFile } from '../../src/host/scanFile';
import { answer, tabQueue } from '../../src/host/session/answer';
import type { Tab } from '../../src/host/session/answer';
import { listGeneration } from '../../src/host/session/editorState';
import { tabSearch } from '../../src/host/session/searching';
import { openSession, type Session } from '../../src/host/session/session';
import type { RolloutSource, ScanFrom } from '../../src/host/session/sessionState';
import type { EditorRequests, RequestName } from '../../src/protocol/editorProtocol';

const dist = join(__dirname, '../..');
const maxLineBytes = 64 * 1024 * 1024;

/** A session on a file as the extension opens it, its scan in a thread and its index kept in `folder`. */
export function benchSession(path: string, folder: string): Promise<Session> {
  const annotations = join(folder, annotationsFolderName(basename(path)));
  const scan = { path, maxLineBytes, script: join(dist, 'scanWorker.js'), cache: join(folder, 'indexes') };
  return openSession({
    fileName: basename(path),
    openSource: () => openRollouts(path, { folder: join(folder, 'unpacked') }),
    scan: (source: RolloutSource, from: ScanFrom | null) => scanFile(scan, source, from),
    openStore: () => openLabelStore({ folder: annotations, heldFolder: join(folder, 'held') }),
    readOnly: null,
    writeSourceFile: content => addSourceFile(annotations, content),
    readSubsets: () => readSubsets(annotations),
    writeSubset: manifest => writeSubset(annotations, manifest),
    readRubrics: () => Promise.resolve({ rubrics: builtInRubrics, problems: [] }),
    now: () => new Date(),
    newId,
    rater: () => ({ name: 'rater-1', proposed: 'rater-1' }),
    saveRater: () => Promise.resolve(),
    maxLineBytes,
    keys: () => ({}),
  });
}

/** A tab on a session without VS Code: what it is asked and what it posts, as JSON. */
export interface BenchTab {
  /** The answer to a message of the page, as the page gets it. */
  reply(message: string): Promise<string>;
  ask<K extends RequestName>(
    name: K,
    params: Partial<EditorRequests[K]['params']>,
  ): Promise<EditorRequests[K]['result']>;
  /** Bytes that were posted since this was asked the last time. */
  posted(): number;
}

/** `push` gets the states that the host tells of itself. */
export function benchTab(
  session: Session,
  path: string,
  criterion: string,
  push: (message: string) => void = () => undefined,
): BenchTab {
  let bytes = 0;
  const nothing = (): Promise<void> => Promise.resolve();
  const counted = (message: unknown): string => {
    const text = JSON.stringify(message);
    bytes += Buffer.byteLength(text);
    return text;
  };
  const tab: Tab = {
    criterion,
    subset: null,
    search: tabSearch({ script: join(dist, 'searchWorker.js'), path }, news => push(counted(news))),
    openReport: nothing,
    newSubset: nothing,
    copyText: nothing,
    copyLink: () => Promise.resolve(),
    linkShown: () => undefined,
    showProblems: nothing,
    refresh: () => push(counted({ kind: 'state', state: session.editorState(tabQueue(session, tab)) })),
  };
  session.onChange(tab.refresh);
  const reply = async (message: string): Promise<string> =>
    counted(await answer(session, tab, JSON.parse(message)));
  return {
    reply,
    ask: async (name, params) => {
      const generation = listGeneration(session.state);
      const scope = { generation, criterion: tab.criterion, subset: null, filter: 'all' };
      const asked = name === 'ready' ? params : { ...scope, ...params };
      const told = JSON.parse(await reply(JSON.stringify({ id: 1, name, params: asked }))) as {
        kind: string;
        result: never;
        message?: string;
      };
      if (told.kind !== 'result') throw new Error(`${name}: ${String(told.message)}`);
      return told.result;
    },
    posted: () => {
      const now = bytes;
      bytes = 0;
      return now;
    },
  };
}
