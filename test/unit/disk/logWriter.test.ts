import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { LabelEvent } from '../../../src/core/labels/labelEvent';
import { decodeLog, encodeEvent } from '../../../src/core/labels/labelLog';
import { logWriter } from '../../../src/disk/logWriter';
import type { LogWriter, OpenLog } from '../../../src/disk/logWriter';
import { score } from '../labels/events';
import { filesIn, temporaryFolder } from './temporary';

const text = (...events: readonly LabelEvent[]): string => events.map(encodeEvent).join('');
const idsIn = (content: string): string[] => decodeLog(Buffer.from(content)).events.map(event => event.id);
const ids = (...serials: readonly number[]): string[] => serials.map(serial => score(serial, 0).id);

/** Logs in memory, each call of which can be made to fail. */
function memoryLogs() {
  const logs: { path: string; content: string; inPlace: boolean; closed: boolean }[] = [];
  const faults: {
    write?: Error | undefined;
    datasync?: Error | undefined;
    open?: Error | undefined;
    take?: number;
  } = {};
  const calls: string[] = [];
  const open = (path: string): Promise<OpenLog> => {
    if (faults.open) return Promise.reject(faults.open);
    const log = { path, content: '', inPlace: true, closed: false };
    logs.push(log);
    return Promise.resolve({
      isInPlace: () => log.inPlace,
      close: () => {
        log.closed = true;
        return Promise.resolve();
      },
      sink: {
        write: async bytes => {
          calls.push('write');
          await new Promise(setImmediate);
          if (faults.write) throw faults.write;
          const some = bytes.subarray(0, faults.take ?? bytes.length);
          log.content += Buffer.from(some).toString();
          return some.length;
        },
        datasync: async () => {
          calls.push('datasync');
          await new Promise(setImmediate);
          if (faults.datasync) throw faults.datasync;
        },
      },
    });
  };
  return { logs, faults, calls, open };
}

describe('logWriter on the disk', () => {
  const folder = temporaryFolder();
  const open: LogWriter[] = [];
  const writer = (path = folder()): LogWriter => {
    const made = logWriter(path);
    open.push(made);
    return made;
  };
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });

  it('makes one file a rater at its first append, under labels/<rater>/ with a name of 8 base32 characters', async () => {
    const log = writer();
    assert.deepEqual(filesIn(folder()), {});
    await log.append('ann', [score(1, 7)]);
    await log.append('ben', [score(2, 7)]);
    await log.append('ann', [score(3, 7), score(4, 7)]);
    const names = Object.keys(filesIn(folder()));
    assert.equal(names.length, 2);
    assert.match(names[0]!, /^labels\/ann\/[a-z2-7]{8}\.jsonl$/);
    assert.match(names[1]!, /^labels\/ben\/[a-z2-7]{8}\.jsonl$/);
    assert.deepEqual(Object.values(filesIn(folder())), [
      text(score(1, 7), score(3, 7), score(4, 7)),
      text(score(2, 7)),
    ]);
  });

  it('knows its own files, and no others', async () => {
    const log = writer();
    await log.append('ann', [score(1, 7)]);
    const [name = ''] = Object.keys(filesIn(folder()));
    assert.equal(log.owns(join(folder(), name)), true);
    assert.equal(log.owns(join(folder(), 'labels', 'ann', 'aaaaaaaa.jsonl')), false);
    assert.equal(writer().owns(join(folder(), name)), false);
  });

  it('never shares a file with another writer', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, index) => writer().append('ann', [score(index, 7)])));
    const files = Object.values(filesIn(folder()));
    assert.equal(files.length, 8);
    assert.deepEqual(files.flatMap(idsIn).sort(), ids(0, 1, 2, 3, 4, 5, 6, 7));
  });

  it('makes the annotations folder and those above it', async () => {
    await writer(join(folder(), 'a', 'b', 'run.annotations')).append('ann', [score(1, 7)]);
    assert.match(Object.keys(filesIn(folder())).join(), /^a\/b\/run\.annotations\/labels\/ann\//);
  });

  it('writes to a folder right under the root of a file system', async () => {
    const path = join('/', `rollout-annotator-test-${basename(folder())}`);
    try {
      await writer(path)
        .append('ann', [score(1, 7)])
        .catch((error: NodeJS.ErrnoException) => {
          // Who may not write there still gets an answer.
          assert.match(error.code ?? '', /EACCES|EPERM|EROFS|ENOENT/);
        });
    } finally {
      rmSync(path, { recursive: true, force: true });
    }
  });

  it('writes an event again elsewhere, with all before it, where its file was deleted', async () => {
    const log = writer();
    await log.append('ann', [score(1, 7)]);
    await log.append('ann', [score(2, 7)]);
    rmSync(join(folder(), 'labels'), { recursive: true });
    await log.append('ann', [score(3, 7)]);
    await log.append('ann', [score(4, 7)]);
    const files = filesIn(folder());
    assert.equal(Object.keys(files).length, 1);
    assert.deepEqual(Object.values(files).flatMap(idsIn), ids(1, 2, 3, 4));
  });

  it('writes an event again under a new name where its file was renamed or replaced', async () => {
    const log = writer();
    await log.append('ann', [score(1, 7)]);
    const [name = ''] = Object.keys(filesIn(folder()));
    const path = join(folder(), name);
    renameSync(path, `${path}.backup`);
    await log.append('ann', [score(2, 7)]);
    let kept = Object.keys(filesIn(folder())).filter(file => file.endsWith('.jsonl'));
    assert.deepEqual(
      kept.flatMap(file => idsIn(filesIn(folder())[file]!)),
      ids(1, 2),
    );

    const current = join(folder(), kept[0]!);
    rmSync(current);
    writeFileSync(current, 'something else\n');
    await log.append('ann', [score(3, 7)]);
    kept = Object.keys(filesIn(folder())).filter(file => file.endsWith('.jsonl'));
    assert.deepEqual(kept.flatMap(file => idsIn(filesIn(folder())[file]!)).sort(), ids(1, 2, 3));
    assert.equal(
      filesIn(folder())[`labels/ann/${basename(current)}`],
      'something else\n',
      'what others put there stays',
    );
  });

  it('refuses a labels/<rater> or labels/ that links out of the folder, and makes nothing behind the link', async () => {
    const outside = join(folder(), 'outside');
    const study = join(folder(), 'study');
    mkdirSync(outside);
    mkdirSync(join(study, 'labels'), { recursive: true });
    symlinkSync(outside, join(study, 'labels', 'ann'));
    await assert.rejects(writer(study).append('ann', [score(1, 7)]), /link out of the annotations folder/);
    await writer(study).append('ben', [score(2, 7)]);

    const other = join(folder(), 'other');
    mkdirSync(other);
    symlinkSync(outside, join(other, 'labels'));
    await assert.rejects(writer(other).append('ann', [score(1, 7)]), /link out of the annotations folder/);
    rmSync(join(other, 'labels'));
    assert.deepEqual(filesIn(outside), {});
    assert.equal(Object.keys(filesIn(folder())).length, 1);
  });

  it('follows a link of the annotations folder itself', async () => {
    mkdirSync(join(folder(), 'real'));
    symlinkSync(join(folder(), 'real'), join(folder(), 'run.annotations'));
    await writer(join(folder(), 'run.annotations')).append('ann', [score(1, 7)]);
    assert.match(Object.keys(filesIn(join(folder(), 'real'))).join(), /^labels\/ann\//);
  });

  it('refuses rater names that may not stand in a path', async () => {
    for (const rater of ['..', 'a/b', '', 'Ann']) await assert.rejects(writer().append(rater, [score(1, 7)]));
    assert.deepEqual(filesIn(folder()), {});
  });

  it('rejects where the folder’s path is a file, and works once it is none', async () => {
    const path = join(folder(), 'run.annotations');
    writeFileSync(path, '');
    const log = writer(path);
    await assert.rejects(log.append('ann', [score(1, 7)]));
    rmSync(path);
    await log.append('ann', [score(2, 7)]);
    assert.deepEqual(Object.values(filesIn(path)).flatMap(idsIn), ids(2));
  });
});

describe('logWriter', () => {
  const folder = temporaryFolder();

  it('carries out appends one after another, each written and synced before the next', async () => {
    const { logs, calls, open } = memoryLogs();
    const log = logWriter(folder(), open);
    const order: number[] = [];
    await Promise.all(
      [1, 2, 3].map(serial => log.append('ann', [score(serial, 7)]).then(() => order.push(serial))),
    );
    assert.deepEqual(order, [1, 2, 3]);
    assert.deepEqual(calls, ['write', 'datasync', 'write', 'datasync', 'write', 'datasync']);
    assert.deepEqual(idsIn(logs[0]!.content), ids(1, 2, 3));
  });

  it('completes short writes', async () => {
    const { logs, faults, open } = memoryLogs();
    faults.take = 7;
    await logWriter(folder(), open).append('ann', [score(1, 7), score(2, 7)]);
    assert.equal(logs[0]!.content, text(score(1, 7), score(2, 7)));
  });

  it('retires the file of a write or sync that failed, and begins a new one', async () => {
    for (const call of ['write', 'datasync'] as const) {
      const { logs, faults, open } = memoryLogs();
      const log = logWriter(folder(), open);
      await log.append('ann', [score(1, 7)]);
      faults[call] = new Error('ENOSPC');
      await assert.rejects(log.append('ann', [score(2, 7)]), /ENOSPC/);
      assert.equal(logs[0]!.closed, true);
      faults[call] = undefined;
      await log.append('ann', [score(3, 7)]);
      assert.equal(logs.length, 2);
      assert.notEqual(logs[0]!.path, logs[1]!.path);
      assert.deepEqual(idsIn(logs[1]!.content), ids(3), 'the first file still holds what was acknowledged');
    }
  });

  it('goes on with the appends behind one that failed', async () => {
    const { logs, faults, open } = memoryLogs();
    const log = logWriter(folder(), open);
    faults.write = new Error('EIO');
    const failed = assert.rejects(log.append('ann', [score(1, 7)]), /EIO/).then(() => delete faults.write);
    const next = log.append('ann', [score(2, 7)]).catch(() => log.append('ann', [score(2, 7)]));
    await Promise.all([failed, next]);
    assert.ok(logs.some(each => idsIn(each.content).includes(ids(2)[0]!)));
  });

  it('rejects where no file can be made, and tries a new one the next time', async () => {
    const { logs, faults, open } = memoryLogs();
    const log = logWriter(folder(), open);
    faults.open = new Error('EROFS');
    await assert.rejects(log.append('ann', [score(1, 7)]), /EROFS/);
    delete faults.open;
    await log.append('ann', [score(2, 7)]);
    assert.deepEqual(
      logs.map(each => idsIn(each.content)),
      [ids(2)],
    );
  });

  it('rejects where every file is taken away while it is written, and loses nothing of before', async () => {
    const { logs, open } = memoryLogs();
    let takeAway = false;
    const log = logWriter(folder(), async path => {
      const made = await open(path);
      return { ...made, isInPlace: () => !takeAway && made.isInPlace() };
    });
    await log.append('ann', [score(1, 7)]);
    takeAway = true;
    await assert.rejects(log.append('ann', [score(2, 7)]), /taken away/);
    takeAway = false;
    await log.append('ann', [score(3, 7)]);
    assert.deepEqual(idsIn(logs.at(-1)!.content), ids(1, 3));
    await log.append('ann', [score(4, 7)]);
    assert.deepEqual(idsIn(logs.at(-1)!.content), ids(1, 3, 4));
  });

  it('keeps what it must write again apart by rater', async () => {
    const { logs, open } = memoryLogs();
    const log = logWriter(folder(), open);
    await log.append('ann', [score(1, 7)]);
    await log.append('ben', [score(2, 7, { rater: 'ben' })]);
    logs[0]!.inPlace = false;
    await log.append('ben', [score(3, 7, { rater: 'ben' })]);
    await log.append('ann', [score(4, 7)]);
    assert.deepEqual(
      logs.map(each => idsIn(each.content)),
      [ids(1, 4), ids(2, 3), ids(1, 4)],
    );
  });

  it('leaves no files behind where a full disk takes the name but no bytes', async () => {
    const made: string[] = [];
    const log = logWriter(folder(), path => {
      mkdirSync(join(path, '..'), { recursive: true });
      writeFileSync(path, '{"v":1,');
      made.push(path);
      return Promise.resolve({
        isInPlace: () => true,
        close: () => Promise.resolve(),
        sink: { write: () => Promise.reject(new Error('ENOSPC')), datasync: () => Promise.resolve() },
      });
    });
    for (let serial = 0; serial < 3; serial++)
      await assert.rejects(log.append('ann', [score(serial, 7)]), /ENOSPC/);
    assert.equal(made.length, 3);
    assert.deepEqual(filesIn(folder()), {});
  });

  it('closes its files once the appends under way are done', async () => {
    const { logs, open } = memoryLogs();
    const log = logWriter(folder(), open);
    const append = log.append('ann', [score(1, 7)]);
    await log.close();
    await append;
    assert.equal(logs[0]!.closed, true);
    assert.deepEqual(idsIn(logs[0]!.content), ids(1));
  });
});
