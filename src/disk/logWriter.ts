import { fdatasync, fstatSync, statSync, write } from 'node:fs';
import { mkdir, open, realpath, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { dirname, join, sep } from 'node:path';
import { writerName, writerPath } from '../core/labels/annotationsFolder';
import { appendDurably } from '../core/labels/appendDurably';
import type { ByteSink } from '../core/labels/appendDurably';
import { decodeLog, encodeEvent } from '../core/labels/labelLog';
import type { LabelEvent } from '../core/labels/labelEvent';
import { syncFolder } from './syncFolder';

/** Appends events to a file that nobody else writes: made at the first append, one for each rater. */
export interface LogWriter {
  /** Resolves once the events are on the disk; rejects where they may not be. Calls are carried out one after another. */
  append(rater: string, events: readonly LabelEvent[]): Promise<void>;
  /** Whether this writer made the file: its changes are no news. */
  owns(path: string): boolean;
  /**
   * Acknowledged events whose file was taken away and that could not be written again: on no disk as far as this
   * writer knows. It gives them out once and forgets them.
   */
  takeDisplaced(): readonly LabelEvent[];
  close(): Promise<void>;
}

/** A log that was opened for appending. */
export interface OpenLog {
  readonly sink: ByteSink;
  /** Whether the file still stands under its name: bytes of a deleted or moved file are nowhere. */
  isInPlace(): boolean;
  close(): Promise<void>;
}

interface OwnLog {
  readonly path: string;
  readonly log: OpenLog;
  /** What it is known to hold, so that it can be written again should the file be taken away. */
  readonly kept: Uint8Array[];
}

/** A writer below an annotations folder. `openSink` is the seam for tests. */
export function logWriter(folder: string, openSink: (path: string) => Promise<OpenLog> = openLog): LogWriter {
  const logs = new Map<string, OwnLog>();
  /** By rater: acknowledged bytes whose file was taken away. They go first into the next one. */
  const displaced = new Map<string, readonly Uint8Array[]>();
  const made = new Set<string>();
  let queue: Promise<unknown> = Promise.resolve();

  const append = async (rater: string, events: readonly LabelEvent[]): Promise<void> => {
    const bytes = Buffer.from(events.map(encodeEvent).join(''));
    for (let attempt = 1; ; attempt++) {
      const own = logs.get(rater) ?? (await begin(rater));
      const news = [...(displaced.get(rater) ?? []), bytes];
      try {
        await appendDurably(own.log.sink, Buffer.concat(news));
        if (own.log.isInPlace()) {
          own.kept.push(...news);
          displaced.delete(rater);
          return;
        }
        if (attempt > 1) throw new Error('the label file was taken away while it was written');
      } catch (error) {
        await retire(rater, own);
        throw error;
      }
      await retire(rater, own);
    }
  };

  const begin = async (rater: string): Promise<OwnLog> => {
    const path = join(folder, writerPath(rater, writerName(randomBytes(8))));
    made.add(path);
    const own = { path, log: await openSink(path), kept: [] };
    logs.set(rater, own);
    return own;
  };

  /**
   * The file may end in the middle of a line or be gone: it is left as it is, and the next append begins a new one.
   * One that holds nothing acknowledged is removed: a full disk would get one for each try.
   */
  const retire = async (rater: string, { path, log, kept }: OwnLog): Promise<void> => {
    logs.delete(rater);
    if (!inPlace(log)) displaced.set(rater, [...(displaced.get(rater) ?? []), ...kept]);
    await log.close().catch(() => undefined);
    if (kept.length === 0) await rm(path, { force: true }).catch(() => undefined);
  };

  return {
    append: (rater, events) => {
      const done = queue.then(() => append(rater, events));
      queue = done.catch(() => undefined);
      return done;
    },
    owns: path => made.has(path),
    takeDisplaced: () => {
      const events = [...displaced.values()].flatMap(parts => decodeLog(Buffer.concat(parts)).events);
      displaced.clear();
      return events;
    },
    close: async () => {
      await queue;
      await Promise.all([...logs.values()].map(({ log }) => log.close()));
      logs.clear();
    },
  };
}

function inPlace(log: OpenLog): boolean {
  try {
    return log.isInPlace();
  } catch {
    return false;
  }
}

/** Makes the file (`wx`: never one that is there) and makes its name durable. Rejects where a link leads out of the folder. */
async function openLog(path: string): Promise<OpenLog> {
  const raterFolder = dirname(path);
  const folder = dirname(dirname(raterFolder));
  let top = folder;
  // One after the other, so that nothing is made behind a link.
  for (const inner of [dirname(raterFolder), raterFolder]) {
    const first = await mkdir(inner, { recursive: true });
    if (first !== undefined && first.length < top.length) top = first;
    if (!(await realpath(inner)).startsWith((await realpath(folder)) + sep)) {
      throw new Error('labels/ is a link out of the annotations folder');
    }
  }
  const handle = await open(path, 'wx');
  // Every folder that is new stands in its parent, up to the first that was there before.
  for (let made = raterFolder; ; made = dirname(made)) {
    await syncFolder(made);
    if (made === dirname(top) || made === dirname(made)) break;
  }
  const fd = handle.fd;
  return {
    close: () => handle.close(),
    isInPlace: () => {
      const there = statSync(path, { throwIfNoEntry: false });
      return there !== undefined && there.ino === fstatSync(fd).ino;
    },
    sink: {
      // The callback calls: half the latency of FileHandle's promises.
      write: bytes =>
        new Promise((resolve, reject) =>
          write(fd, bytes, (error, taken) => (error ? reject(error) : resolve(taken))),
        ),
      datasync: () =>
        new Promise((resolve, reject) => fdatasync(fd, error => (error ? reject(error) : resolve()))),
    },
  };
}
