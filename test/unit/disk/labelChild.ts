import { fdatasyncSync, fstatSync, mkdirSync, openSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { v7 } from 'uuid';
import { openLabelStore } from '../../../src/disk/labelStore';
import { logWriter } from '../../../src/disk/logWriter';
import type { LogWriter } from '../../../src/disk/logWriter';
import { item, score } from '../labels/events';

/** What a process of its own is to do: `count` labels by `rater`, one after another. */
export interface ChildTask {
  readonly folder: string;
  readonly heldFolder: string;
  readonly rater: string;
  readonly count: number;
  /** Says "ready" and begins at the first byte on its input. */
  readonly waits?: boolean;
  /** Writes so many bytes a call, and kills itself in the n-th call to the disk. */
  readonly dies?: { readonly writeBytes: number; readonly atCall: number };
}

/** A writer of real files in small pieces that ends its process without warning. */
function mortalWriter({ writeBytes, atCall }: NonNullable<ChildTask['dies']>): (folder: string) => LogWriter {
  let calls = 0;
  const call = (): void => {
    calls += 1;
    if (calls === atCall) process.kill(process.pid, 'SIGKILL');
  };
  return folder =>
    logWriter(folder, path => {
      mkdirSync(dirname(path), { recursive: true });
      const fd = openSync(path, 'wx');
      return Promise.resolve({
        isInPlace: () => statSync(path).ino === fstatSync(fd).ino,
        close: () => Promise.resolve(),
        sink: {
          write: bytes => {
            call();
            return Promise.resolve(writeSync(fd, bytes.subarray(0, writeBytes)));
          },
          datasync: () => {
            call();
            fdatasyncSync(fd);
            return Promise.resolve();
          },
        },
      });
    });
}

/** Says the id of each label once it is acknowledged, a line each. */
async function main({ folder, heldFolder, rater, count, waits, dies }: ChildTask): Promise<void> {
  const store = await openLabelStore({
    folder,
    heldFolder,
    ...(dies ? { makeWriter: mortalWriter(dies) } : {}),
  });
  if (waits === true) {
    writeSync(1, 'ready\n');
    await new Promise(resolve => process.stdin.once('data', resolve));
    process.stdin.pause();
  }
  for (let turn = 1; turn <= count; turn++) {
    const id = v7();
    await store.append(rater, [score(0, 7, { id, rater, item: { ...item({ turn }) } })]);
    if (store.saving.kind === 'saved') writeSync(1, `${id}\n`);
  }
  await store.close();
}

void main(JSON.parse(process.argv[2] ?? '') as ChildTask);
