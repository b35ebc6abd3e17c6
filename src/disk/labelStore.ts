import { readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { addEvent, newLabelIndex } from '../core/labels/labelIndex';
import type { LabelIndex } from '../core/labels/labelIndex';
import type { LabelEvent } from '../core/labels/labelEvent';
import { decodeLog, encodeEvent } from '../core/labels/labelLog';
import { ioCode, ioReason } from './ioReason';
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
export async function openLabelStore({
  folder,
  heldFolder,
  makeWriter = logWriter,
}: LabelStoreOptions): Promise<LabelStore> {
  const index = newLabelIndex();
  const writer = makeWriter(folder);
  const heldWriter = makeWriter(heldFolder);
  let problems: readonly string[] = [];
  let heldProblems: readonly string[] = [];
  /** Why the study folder took nothing, the last time that it did not. */
  let studyReason = '';
  let reason = '';

  /** By id: on no disk. */
  const lost = new Map<string, LabelEvent>();

  /** By id: one event may stand in several held files. */
  const held = new Map<string, LabelEvent>();

  /** Ids of what the study folder holds; the index also has what is only held here. */
  const inStudy = new Set<string>();

  /** Ids whose write or sync failed: what can be read of them may not outlive a power cut. */
  const doubtful = new Set<string>();

  const load = async (): Promise<boolean> => {
    const before = index.ids.size;
    const read = await readLabelFolder(folder);
    problems = read.problems;
    for (const event of read.events) {
      if (!doubtful.has(event.id)) inStudy.add(event.id);
      addEvent(index, event);
    }
    return index.ids.size > before;
  };

  /** On this machine, else in memory alone. Gives why it is only there. */
  const hold = async (rater: string, events: readonly LabelEvent[]): Promise<Error | null> => {
    try {
      await heldWriter.append(rater, events);
    } catch (error) {
      for (const event of [...events, ...heldWriter.takeDisplaced()]) {
        held.delete(event.id);
        lost.set(event.id, event);
      }
      reason = `${studyReason}; on this machine: ${ioReason(error)}`;
      return new Error(`The label is not saved: ${reason}.`, { cause: error });
    }
    for (const event of events) {
      lost.delete(event.id);
      held.set(event.id, event);
    }
    return null;
  };

  const writeToStudy = async (rater: string, events: readonly LabelEvent[]): Promise<void> => {
    try {
      await writer.append(rater, events);
    } catch (error) {
      reason = studyReason = ioReason(error);
      events.forEach(event => void doubtful.add(event.id));
      // Saved before, taken away since, and not to be written again: they are held like new ones.
      const displaced = writer.takeDisplaced();
      displaced.forEach(event => void inStudy.delete(event.id));
      for (const [each, own] of groupByRater(displaced)) await hold(each, own);
      throw error;
    }
    for (const event of events) {
      doubtful.delete(event.id);
      inStudy.add(event.id);
    }
  };

  const bringBack = async (): Promise<void> => {
    const found = await readHeld(heldFolder);
    heldProblems = found.problems;
    for (const event of found.files.flatMap(({ events }) => events)) {
      if (!inStudy.has(event.id)) held.set(event.id, event);
      addEvent(index, event);
    }
    // Of all that is held, not of the files alone: those may have been taken away.
    const missing = [...held.values()].filter(event => !inStudy.has(event.id));
    for (const [rater, own] of groupByRater(missing)) await writeToStudy(rater, own).catch(() => undefined);
    for (const { path, events, whole } of found.files) {
      if (!whole || !events.every(event => inStudy.has(event.id))) continue;
      await rm(path, { force: true }).catch((error: unknown) => {
        heldProblems = [...heldProblems, `${path} could not be removed: ${ioReason(error)}.`];
      });
    }
    for (const id of held.keys()) if (inStudy.has(id)) held.delete(id);
  };

  await load();
  await bringBack();

  /** Into the study folder, else on this machine. Rejects where neither takes them. */
  const keep = async (rater: string, events: readonly LabelEvent[]): Promise<void> => {
    try {
      await writeToStudy(rater, events);
    } catch {
      const failure = await hold(rater, events);
      if (failure) throw failure;
    }
    for (const event of events) {
      lost.delete(event.id);
      addEvent(index, event);
    }
  };

  return {
    index,
    get saving(): SavingState {
      if (lost.size > 0) return { kind: 'failed', count: lost.size + held.size, reason };
      return held.size > 0 ? { kind: 'held', count: held.size, reason } : { kind: 'saved' };
    },
    get problems() {
      return [...problems, ...heldProblems];
    },
    append: keep,
    reload: load,
    owns: path => writer.owns(path),
    retry: async () => {
      for (const [rater, own] of groupByRater([...lost.values()])) {
        try {
          await keep(rater, own);
        } catch {
          return;
        }
      }
      // The held file of this window is brought back as well: it ends here, and the next one begins empty.
      await heldWriter.close();
      await load();
      await bringBack();
    },
    unsaved: () => [...held.values(), ...lost.values()].map(encodeEvent).join(''),
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

interface HeldFile {
  readonly path: string;
  readonly events: readonly LabelEvent[];
  /** False where it has lines that this version can't use: then the file stays. */
  readonly whole: boolean;
}

/**
 * The files of labels held on this machine. Each is moved aside before it is read: a window that still appends to it
 * sees that it is gone and writes its event again elsewhere, so none falls between reading and removing.
 */
async function readHeld(
  folder: string,
): Promise<{ files: readonly HeldFile[]; problems: readonly string[] }> {
  const files: HeldFile[] = [];
  const problems: string[] = [];
  const say = (error: unknown): void => {
    // Not there: nothing is held, or another window was faster and brings these labels back itself.
    if (ioCode(error) !== 'ENOENT')
      problems.push(`Labels held on this machine could not be read (${folder}): ${ioReason(error)}.`);
  };
  const entries = await readdir(join(folder, 'labels'), { recursive: true, withFileTypes: true }).catch(
    (error: unknown) => {
      say(error);
      return [];
    },
  );
  for (const entry of entries) {
    if (!entry.isFile() || !/\.jsonl(?:\.claimed)?$/.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    const path = file.endsWith(claimed) ? file : file + claimed;
    try {
      if (path !== file) await rename(file, path);
      const log = decodeLog(await readFile(path));
      const left = log.unknown + log.problems.length;
      if (left > 0)
        problems.push(
          `Labels held on this machine have lines that can’t be used (${String(left)}); they stay in ${path}.`,
        );
      files.push({ path, events: log.events, whole: left === 0 });
    } catch (error) {
      say(error);
    }
  }
  return { files, problems };
}

const claimed = '.claimed';
