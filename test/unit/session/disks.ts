import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { logWriter } from '../../../src/disk/logWriter';
import type { LogWriter } from '../../../src/disk/logWriter';

/** A writer of real files whose every sync first goes through `onSync`, told the writer's folder. */
export function syncedBy(
  onSync: (folder: string) => Promise<void>,
  most = Infinity,
): (folder: string) => LogWriter {
  return folder =>
    logWriter(folder, path => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, '', { flag: 'wx' });
      return Promise.resolve({
        isInPlace: () => true,
        close: () => Promise.resolve(),
        sink: {
          write: bytes => {
            const taken = bytes.subarray(0, most);
            appendFileSync(path, taken);
            return Promise.resolve(taken.length);
          },
          datasync: () => onSync(folder),
        },
      });
    });
}

/** A disk whose syncs wait until they are released, all at once and for good. */
export function heldBackDisk(): {
  makeWriter: (folder: string) => LogWriter;
  waiting(): Promise<void>;
  release(): void;
} {
  let reached: () => void = () => undefined;
  let release: () => void = () => undefined;
  const waiting = new Promise<void>(resolve => (reached = resolve));
  const released = new Promise<void>(resolve => (release = resolve));
  return {
    makeWriter: syncedBy(() => {
      reached();
      return released;
    }),
    waiting: () => waiting,
    release: () => release(),
  };
}

/** An I/O error as Node gives it. */
export function ioError(code: string): Error {
  return Object.assign(new Error(code), { code });
}
