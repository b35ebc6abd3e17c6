import { readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { addEvent, newLabelIndex } from '../core/labels/labelIndex';
import type { LabelIndex } from '../core/labels/labelIndex';
import type { LabelEvent } from '../core/labels/labelEvent';
import { decodeLog, encodeEvent } from '../core/labels/labelLog';
import { ioReason } from './ioReason';
import { readLabelFolder } from './labelFolder';
import { logWriter } from './logWriter';
import type { LogWriter } from './logWriter';

/** Where labels are kept now: the study folder, this machine only, or nowhere (then nothing may be scored). */
export type SavingState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'held'; readonly count: number; readonly reason: string }
  | { readonly kind: 'failed'; readonly count: number; readonly reason: string };

export interface LabelStore {
  readonly index: LabelIndex;
  readonly saving: SavingState;
  /** Sentences about the label files, for Problems. */
  readonly problems: readonly string[];
  /** Resolves once the events are on a disk; then they are in the index. Rejects where no disk took them. */
  append(rater: string, events: readonly LabelEvent[]): Promise<void>;
  /** Takes in what other windows, machines and merges have added. Gives whether anything was new. */
  reload(): Promise<boolean>;
  /** Whether this store itself writes the file. */
  owns(path: string): boolean;
  /** Tries again to bring what is held or lost into the study folder. */
  retry(): Promise<void>;
  /** JSON lines of all events that are not in the study folder. */
  unsaved(): string;
  close(): Promise<void>;
}

export interface LabelStoreOptions {
  /** The annotations folder beside the rollout file. */
  readonly folder: string;
  /** A folder on this machine for labels that the study folder can't take. */
  readonly heldFolder: string;
  readonly makeWriter?: (folder: string) => LogWriter;
}

/** Opens the labels of one rollout file; labels held on this machine are brought into the study folder first. */
export async function openLabelStore({ folder, heldFolder, makeWriter = logWriter }: LabelStoreOptions): Promise<LabelStore> {
  const index = newLabelIndex();
  const writer = makeWriter(folder);
  const heldWriter = makeWriter(heldFolder);
  let problems: readonly string[] = [];
  let held: LabelEvent[] = [];
  let lost: LabelEvent[] = [];
  let reason = '';

  /** Ids of what the study folder holds; the index also has what is only held here. */
  const inStudy = new Set<string>();

  const load = async (): Promise<boolean> => {
    const before = index.ids.size;
    const read = await readLabelFolder(folder);
    problems = read.problems;
    for (const event of read.events) {
      inStudy.add(event.id);
      addEvent(index, event);
    }
    return index.ids.size > before;
  };

  const writeToStudy = async (rater: string, events: readonly LabelEvent[]): Promise<void> => {
    await writer.append(rater, events);
    events.forEach(event => void inStudy.add(event.id));
  };

  const bringBack = async (): Promise<void> => {
    held = [];
    for (const { path, events } of await readHeld(heldFolder)) {
      const missing = events.filter(event => !inStudy.has(event.id));
      try {
        for (const [rater, own] of groupByRater(missing)) await writeToStudy(rater, own);
        await rm(path);
      } catch (error) {
        held.push(...missing);
        reason = ioReason(error);
      }
      missing.forEach(event => void addEvent(index, event));
    }
  };

  await load();
  await bringBack();

  const append = async (rater: string, events: readonly LabelEvent[]): Promise<void> => {
    try {
      await writeToStudy(rater, events);
    } catch (error) {
      reason = ioReason(error);
      try {
        await heldWriter.append(rater, events);
        held = [...held, ...events];
      } catch (second) {
        reason = `${reason}; on this machine: ${ioReason(second)}`;
        lost = [...lost, ...events];
        throw new Error(`The label is not saved: ${reason}.`, { cause: second });
      }
    }
    events.forEach(event => void addEvent(index, event));
  };

  return {
    index,
    get saving(): SavingState {
      if (lost.length > 0) return { kind: 'failed', count: lost.length + held.length, reason };
      return held.length > 0 ? { kind: 'held', count: held.length, reason } : { kind: 'saved' };
    },
    get problems() {
      return problems;
    },
    append,
    reload: load,
    owns: path => writer.owns(path),
    retry: async () => {
      try {
        for (const [rater, own] of groupByRater(lost)) await writeToStudy(rater, own);
        lost.forEach(event => void addEvent(index, event));
        lost = [];
      } catch (error) {
        reason = ioReason(error);
        return;
      }
      await bringBack();
    },
    unsaved: () => [...held, ...lost].map(encodeEvent).join(''),
    close: async () => {
      await writer.close();
      await heldWriter.close();
    },
  };
}

function groupByRater(events: readonly LabelEvent[]): Map<string, LabelEvent[]> {
  const groups = new Map<string, LabelEvent[]>();
  for (const event of events) groups.set(event.rater, [...(groups.get(event.rater) ?? []), event]);
  return groups;
}

/**
 * The files of labels held on this machine. Each is moved aside before it is read: a window that still appends to it
 * sees that it is gone and writes its event again elsewhere, so none falls between reading and removing.
 */
async function readHeld(folder: string): Promise<{ path: string; events: readonly LabelEvent[] }[]> {
  const entries = await readdir(join(folder, 'labels'), { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  return Promise.all(
    files.sort().map(async file => {
      const path = file.endsWith(claimed) ? file : file + claimed;
      if (path !== file) await rename(file, path);
      return { path, events: decodeLog(await readFile(path)).events };
    }),
  );
}

const claimed = '.claimed';
