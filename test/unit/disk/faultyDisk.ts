import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { logWriter } from '../../../src/disk/logWriter';
import type { LogWriter } from '../../../src/disk/logWriter';

/** What fails in a folder: making files, writing once so many bytes are taken, or syncing. */
export type Fault =
  | { readonly kind: 'open' | 'sync'; readonly code: string }
  | { readonly kind: 'write'; readonly code: string; left: number };

/** Real files whose writer fails as told, and which lose what was never synced when the power is cut. */
export interface FaultyDisk {
  makeWriter(folder: string): LogWriter;
  fail(folder: string, fault: Fault | null): void;
  /** Of all files below a folder: they may have been moved. */
  powerCut(folder: string): void;
  /** Whether a writer still appends to the file of this path. */
  isOpen(path: string): boolean;
  /** Closes what no writer closed. */
  end(): void;
}

export function faultyDisk(): FaultyDisk {
  const faults = new Map<string, Fault>();
  /** By inode: bytes that are surely on the disk. */
  const synced = new Map<number, number>();
  /** By path. */
  const open = new Map<string, number>();
  const ioError = (code: string): Error => Object.assign(new Error(code), { code });
  const close = (path: string): void => {
    const fd = open.get(path);
    if (open.delete(path) && fd !== undefined) closeSync(fd);
  };
  return {
    makeWriter: folder =>
      // Each step fails as a promise does.
      logWriter(folder, async path => {
        const refused = faults.get(folder);
        if (refused?.kind === 'open') throw ioError(refused.code);
        mkdirSync(dirname(path), { recursive: true });
        const fd = openSync(path, 'wx');
        open.set(path, fd);
        synced.set(fstatSync(fd).ino, 0);
        await Promise.resolve();
        return {
          isInPlace: () => statSync(path, { throwIfNoEntry: false })?.ino === fstatSync(fd).ino,
          close: () => Promise.resolve(close(path)),
          sink: {
            write: async bytes => {
              await Promise.resolve();
              const fault = faults.get(folder);
              if (fault?.kind !== 'write') return writeSync(fd, bytes);
              if (fault.left === 0) throw ioError(fault.code);
              const taken = writeSync(fd, bytes.subarray(0, fault.left));
              fault.left -= taken;
              return taken;
            },
            datasync: async () => {
              await Promise.resolve();
              const fault = faults.get(folder);
              if (fault?.kind === 'sync') throw ioError(fault.code);
              const { ino, size } = fstatSync(fd);
              synced.set(ino, size);
            },
          },
        };
      }),
    fail: (folder, fault) => {
      if (fault) faults.set(folder, { ...fault });
      else faults.delete(folder);
    },
    powerCut: folder => {
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        const { ino, size } = statSync(path);
        if (size > (synced.get(ino) ?? size)) truncateSync(path, synced.get(ino));
      }
    },
    isOpen: path => open.has(path),
    end: () => [...open.keys()].forEach(close),
  };
}
