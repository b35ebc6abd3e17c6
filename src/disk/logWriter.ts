import { fdatasync, fstatSync, statSync, write } from 'node:fs';
import { mkdir, open, realpath } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { dirname, join, sep } from 'node:path';
import { writerName, writerPath } from '../core/labels/annotationsFolder';
import { appendDurably } from '../core/labels/appendDurably';
import type { ByteSink } from '../core/labels/appendDurably';
import { encodeEvent } from '../core/labels/labelLog';
import type { LabelEvent } from '../core/labels/labelEvent';

/** Appends events to a file that nobody else writes: made at the first append, one for each rater. */
export interface LogWriter {
  /** Resolves once the events are on the disk; rejects where they may not be. Calls are carried out one after another. */
  append(rater: string, events: readonly LabelEvent[]): Promise<void>;
  /** Whether this writer made the file: its changes are no news. */
  owns(path: string): boolean;
  close(): Promise<void>;
}

/** A log that was opened for appending. */
export interface OpenLog {
  readonly sink: ByteSink;
  /** Whether the file still stands under its name: bytes of a deleted or moved file are nowhere. */
  isInPlace(): boolean;
  close(): Promise<void>;
}

/** A writer below an annotations folder. `openSink` is the seam for tests. */
export function logWriter(folder: string, openSink: (path: string) => Promise<OpenLog> = openLog): LogWriter {
  const logs = new Map<string, OpenLog>();
  const made = new Set<string>();
  let queue: Promise<unknown> = Promise.resolve();

  const append = async (rater: string, events: readonly LabelEvent[]): Promise<void> => {
    const bytes = Buffer.from(events.map(encodeEvent).join(''));
    for (let attempt = 1; ; attempt++) {
      let log = logs.get(rater);
      if (!log) {
        const path = join(folder, writerPath(rater, writerName(randomBytes(8))));
        made.add(path);
        log = await openSink(path);
        logs.set(rater, log);
      }
      try {
        await appendDurably(log.sink, bytes);
        if (log.isInPlace()) return;
        if (attempt > 1) throw new Error('the label file was taken away while it was written');
      } catch (error) {
        await retire(rater, log);
        throw error;
      }
      await retire(rater, log);
    }
  };

  /** The file may end in the middle of a line or be gone: it is left as it is, and the next append begins a new one. */
  const retire = async (rater: string, log: OpenLog): Promise<void> => {
    logs.delete(rater);
    await log.close().catch(() => undefined);
  };

  return {
    append: (rater, events) => {
      const done = queue.then(() => append(rater, events));
      queue = done.catch(() => undefined);
      return done;
    },
    owns: path => made.has(path),
    close: async () => {
      await queue;
      await Promise.all([...logs.values()].map(log => log.close()));
      logs.clear();
    },
  };
}

/** Makes the file (`wx`: never one that is there) and makes its name durable. Rejects where a link leads out of the folder. */
async function openLog(path: string): Promise<OpenLog> {
  const raterFolder = dirname(path);
  const folder = dirname(dirname(raterFolder));
  await mkdir(raterFolder, { recursive: true });
  if (!(await realpath(raterFolder)).startsWith((await realpath(folder)) + sep)) {
    throw new Error('labels/ is a link out of the annotations folder');
  }
  const handle = await open(path, 'wx');
  for (let made = raterFolder; made.length >= dirname(folder).length; made = dirname(made)) await syncFolder(made);
  const fd = handle.fd;
  return {
    close: () => handle.close(),
    isInPlace: () => {
      const there = statSync(path, { throwIfNoEntry: false });
      return there !== undefined && there.ino === fstatSync(fd).ino;
    },
    sink: {
      // The callback calls: half the latency of FileHandle's promises.
      write: bytes => new Promise((resolve, reject) => write(fd, bytes, (error, taken) => (error ? reject(error) : resolve(taken)))),
      datasync: () => new Promise((resolve, reject) => fdatasync(fd, error => (error ? reject(error) : resolve()))),
    },
  };
}

async function syncFolder(folder: string): Promise<void> {
  // Windows can't open folders; there the file's own sync has to do.
  const handle = await open(folder, 'r').catch(() => null);
  if (!handle) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}
