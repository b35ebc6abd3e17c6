import assert from 'node:assert/strict';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { labelsOf } from '../../../src/core/labels/labelIndex';
import type { LabelEvent } from '../../../src/core/labels/labelEvent';
import { decodeLog, encodeEvent } from '../../../src/core/labels/labelLog';
import { openLabelStore } from '../../../src/disk/labelStore';
import type { LabelStore, LabelStoreOptions } from '../../../src/disk/labelStore';
import { logWriter } from '../../../src/disk/logWriter';
import type { LogWriter } from '../../../src/disk/logWriter';
import { item, score } from '../labels/events';
import { filesIn, temporaryFolder } from './temporary';

const eventsIn = (folder: string): LabelEvent[] =>
  Object.values(filesIn(folder)).flatMap(content => [...decodeLog(Buffer.from(content)).events]);
const idsIn = (folder: string): string[] => [...new Set(eventsIn(folder).map(event => event.id))].sort();
const ids = (...serials: readonly number[]): string[] => serials.map(serial => score(serial, 0).id);
const indexed = (store: LabelStore): string[] => [...store.index.ids].sort();

/** A score of turn `serial`, so that each is an item of its own. */
const label = (serial: number, rater = 'ann'): LabelEvent =>
  score(serial, 7, { rater, item: { ...item({ turn: serial + 1 }) } });

describe('openLabelStore', () => {
  const root = temporaryFolder();
  const study = (): string => join(root(), 'run.annotations');
  const machine = (): string => join(root(), 'held');
  const open: LabelStore[] = [];
  const store = async (options: Partial<LabelStoreOptions> = {}): Promise<LabelStore> => {
    const made = await openLabelStore({ folder: study(), heldFolder: machine(), ...options });
    open.push(made);
    return made;
  };
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });

  /** Writers to folders that can be made to fail, each with its own reason. */
  const faulty = () => {
    const faults = new Map<string, Error>();
    const makeWriter = (folder: string): LogWriter => {
      const writer = logWriter(folder);
      return {
        ...writer,
        append: (rater, events) => {
          const fault = faults.get(folder);
          return fault ? Promise.reject(fault) : writer.append(rater, events);
        },
      };
    };
    const code = (name: string): Error => Object.assign(new Error(`${name}: no`), { code: name });
    return {
      makeWriter,
      fail: (folder: string, name: string): void => void faults.set(folder, code(name)),
      mend: (folder: string): void => void faults.delete(folder),
    };
  };

  it('saves into the study folder, and only then has the label', async () => {
    const one = await store();
    await one.append('ann', [label(1)]);
    assert.deepEqual(one.saving, { kind: 'saved' });
    assert.equal(one.unsaved(), '');
    assert.deepEqual(idsIn(study()), ids(1));
    assert.equal(labelsOf(one.index, 'ann', item({ turn: 2 })).current?.id, ids(1)[0]);
    assert.deepEqual(filesIn(machine()), {});
  });

  it('finds at the next opening what was saved', async () => {
    const one = await store();
    await one.append('ann', [label(1), label(2)]);
    await one.append('ben', [label(3, 'ben')]);
    await one.close();
    assert.deepEqual(indexed(await store()), ids(1, 2, 3));
  });

  it('holds labels on this machine where the study folder takes none, and says why', async () => {
    writeFileSync(study(), 'a file in its place');
    const one = await store();
    await one.append('ann', [label(1)]);
    await one.append('ben', [label(2, 'ben')]);
    assert.equal(one.saving.kind, 'held');
    assert.deepEqual(one.saving.kind === 'held' && [one.saving.count, one.saving.reason], [
      2,
      'a part of its path is not a folder',
    ]);
    assert.deepEqual(idsIn(machine()), ids(1, 2));
    assert.deepEqual(indexed(one), ids(1, 2));
    assert.equal(one.unsaved(), encodeEvent(label(1)) + encodeEvent(label(2, 'ben')));
  });

  it('brings held labels into the study folder at the next opening, and then holds none', async () => {
    const { makeWriter, fail } = faulty();
    fail(study(), 'EROFS');
    const one = await store({ makeWriter });
    await one.append('ann', [label(1)]);
    await one.append('ben', [label(2, 'ben')]);
    assert.deepEqual(one.saving, { kind: 'held', count: 2, reason: 'the file system is read-only' });
    await one.close();
    const two = await store();
    assert.deepEqual(two.saving, { kind: 'saved' });
    assert.deepEqual(idsIn(study()), ids(1, 2));
    assert.deepEqual(indexed(two), ids(1, 2));
    assert.deepEqual(filesIn(machine()), {});
  });

  it('keeps holding them over openings for as long as the study folder takes none', async () => {
    const { makeWriter, fail, mend } = faulty();
    fail(study(), 'EACCES');
    for (let opening = 0; opening < 3; opening++) {
      const one = await store({ makeWriter });
      await one.append('ann', [label(opening)]);
      assert.deepEqual(one.saving, { kind: 'held', count: opening + 1, reason: 'permission denied' });
      assert.deepEqual(indexed(one), ids(...Array.from({ length: opening + 1 }, (_, index) => index)));
      await one.close();
    }
    mend(study());
    assert.deepEqual((await store({ makeWriter })).saving, { kind: 'saved' });
    assert.deepEqual(idsIn(study()), ids(0, 1, 2));
    assert.deepEqual(filesIn(machine()), {});
  });

  it('goes back to the study folder by itself, and brings the held ones there on retry', async () => {
    const { makeWriter, fail, mend } = faulty();
    const one = await store({ makeWriter });
    fail(study(), 'ENOSPC');
    await one.append('ann', [label(1)]);
    mend(study());
    await one.append('ann', [label(2)]);
    assert.deepEqual(one.saving, { kind: 'held', count: 1, reason: 'the disk is full' });
    assert.deepEqual(idsIn(study()), ids(2));
    await one.retry();
    assert.deepEqual(one.saving, { kind: 'saved' });
    assert.deepEqual(idsIn(study()), ids(1, 2));
    assert.deepEqual(filesIn(machine()), {});
    fail(study(), 'ENOSPC');
    await one.append('ann', [label(3)]);
    assert.deepEqual(idsIn(machine()), ids(3), 'what was brought back is not held again');
  });

  it('rejects where neither folder takes a label, and gives the lines to copy', async () => {
    const { makeWriter, fail } = faulty();
    const one = await store({ makeWriter });
    await one.append('ann', [label(1)]);
    fail(study(), 'EROFS');
    await one.append('ann', [label(2)]);
    fail(machine(), 'ENOSPC');
    await assert.rejects(
      one.append('ann', [label(3)]),
      /not saved: the file system is read-only; on this machine: the disk is full/,
    );
    assert.deepEqual(one.saving, {
      kind: 'failed',
      count: 2,
      reason: 'the file system is read-only; on this machine: the disk is full',
    });
    assert.equal(one.unsaved(), encodeEvent(label(2)) + encodeEvent(label(3)));
    assert.equal(
      labelsOf(one.index, 'ann', item({ turn: 4 })).current,
      null,
      'what is nowhere is not shown as labelled',
    );
  });

  it('saves what failed on retry, once the study folder takes it', async () => {
    const { makeWriter, fail, mend } = faulty();
    const one = await store({ makeWriter });
    fail(study(), 'EROFS');
    fail(machine(), 'EROFS');
    await assert.rejects(one.append('ann', [label(1)]));
    await assert.rejects(one.append('ben', [label(2, 'ben')]));
    await one.retry();
    assert.deepEqual(
      [one.saving.kind, one.unsaved()],
      ['failed', encodeEvent(label(1)) + encodeEvent(label(2, 'ben'))],
    );
    mend(study());
    await one.retry();
    assert.deepEqual([one.saving, one.unsaved()], [{ kind: 'saved' }, '']);
    assert.deepEqual(idsIn(study()), ids(1, 2));
    assert.deepEqual(indexed(one), ids(1, 2));
  });

  it('holds what failed on retry, where only this machine takes it again', async () => {
    const { makeWriter, fail, mend } = faulty();
    const one = await store({ makeWriter });
    fail(study(), 'EROFS');
    fail(machine(), 'ENOSPC');
    await assert.rejects(one.append('ann', [label(1)]));
    mend(machine());
    await one.retry();
    assert.deepEqual(one.saving, { kind: 'held', count: 1, reason: 'the file system is read-only' });
    assert.deepEqual(idsIn(machine()), ids(1));
    assert.deepEqual(indexed(one), ids(1));
  });

  it('loses nothing where a label fails while another is being retried', async () => {
    const { makeWriter, fail, mend } = faulty();
    const one = await store({ makeWriter });
    fail(study(), 'EROFS');
    fail(machine(), 'EROFS');
    await assert.rejects(one.append('ann', [label(1)]));
    mend(study());
    const retried = one.retry();
    fail(study(), 'EROFS');
    await Promise.all([assert.rejects(one.append('ann', [label(2)])), retried]);
    assert.deepEqual([one.saving.kind, one.unsaved()], ['failed', encodeEvent(label(2))]);
    assert.deepEqual(idsIn(study()), ids(1));
  });

  it('loses nothing where a second window opens while the first still holds labels', async () => {
    const { makeWriter, fail } = faulty();
    fail(study(), 'EROFS');
    const one = await store({ makeWriter });
    await one.append('ann', [label(1)]);
    const two = await store();
    assert.deepEqual(idsIn(study()), ids(1));
    assert.deepEqual(filesIn(machine()), {});
    await one.append('ann', [label(2)]);
    assert.ok(idsIn(machine()).includes(ids(2)[0]!), 'its held file was taken away, so it begins another');
    assert.equal(one.saving.kind, 'held');
    await two.append('ann', [label(3)]);
    const three = await store();
    assert.deepEqual(idsIn(study()), ids(1, 2, 3));
    assert.deepEqual(indexed(three), ids(1, 2, 3));
    assert.deepEqual(filesIn(machine()), {});
  });

  it('opens in many windows at once on held labels, and loses and doubles none', async () => {
    const { makeWriter, fail } = faulty();
    fail(study(), 'EROFS');
    const one = await store({ makeWriter });
    for (let serial = 0; serial < 5; serial++)
      await one.append(serial % 2 === 0 ? 'ann' : 'ben', [label(serial, serial % 2 === 0 ? 'ann' : 'ben')]);
    await one.close();
    const several = await Promise.all(Array.from({ length: 6 }, () => store()));
    assert.deepEqual(idsIn(study()), ids(0, 1, 2, 3, 4));
    assert.deepEqual(filesIn(machine()), {});
    const last = await store();
    assert.deepEqual(indexed(last), ids(0, 1, 2, 3, 4));
    for (const each of several) assert.deepEqual(each.saving, { kind: 'saved' });
  });

  it('brings back what a window that died had claimed, and sets a torn tail aside', async () => {
    const path = join(machine(), 'labels', 'ann', 'aaaaaaaa.jsonl.claimed');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${encodeEvent(label(1))}{"v":1,"ki`);
    await store();
    assert.deepEqual(idsIn(study()), ids(1));
    assert.deepEqual(filesIn(machine()), {});
  });

  it('keeps a held file with lines that this version can’t use, says so, and brings the others back once', async () => {
    const path = join(machine(), 'labels', 'ann', 'aaaaaaaa.jsonl');
    mkdirSync(dirname(path), { recursive: true });
    const later = '{"v":2,"kind":"applaud","id":"x"}\n';
    writeFileSync(path, encodeEvent(label(1)) + later);
    for (let opening = 0; opening < 2; opening++) {
      const one = await store();
      assert.deepEqual(one.saving, { kind: 'saved' });
      assert.match(one.problems.join(), /lines that can’t be used \(1\); they stay in/);
      assert.ok(Object.values(filesIn(machine())).join().includes(later));
      assert.deepEqual(
        eventsIn(study()).map(event => event.id),
        ids(1),
      );
    }
  });

  it('leaves files of others in its folder on this machine alone', async () => {
    mkdirSync(join(machine(), 'labels', 'ann'), { recursive: true });
    writeFileSync(join(machine(), 'labels', 'ann', '.DS_Store'), 'x');
    assert.deepEqual((await store()).problems, []);
    assert.deepEqual(filesIn(machine()), { 'labels/ann/.DS_Store': 'x' });
  });

  it('opens, and says so, where the labels held on this machine can’t be read', async () => {
    mkdirSync(machine());
    writeFileSync(join(machine(), 'labels'), 'a file in its place');
    const one = await store();
    await one.append('ann', [label(1)]);
    assert.deepEqual(one.saving, { kind: 'saved' });
    assert.match(
      one.problems.join(),
      /^Labels held on this machine could not be read .*: a part of its path is not a folder\.$/,
    );
  });

  it('takes in on reload what other windows and merges have added, and says whether anything was new', async () => {
    const one = await store();
    const two = await store();
    await one.append('ann', [label(1)]);
    assert.equal(await two.reload(), true);
    assert.deepEqual(indexed(two), ids(1));
    assert.equal(await two.reload(), false);
    assert.equal(await one.reload(), false, 'its own are no news');
    const merged = join(study(), 'labels', 'ben', 'zzzzzzzz.jsonl');
    mkdirSync(dirname(merged), { recursive: true });
    writeFileSync(merged, encodeEvent(label(2, 'ben')));
    assert.equal(await one.reload(), true);
    assert.equal(labelsOf(one.index, 'ben', item({ turn: 3 })).current?.id, ids(2)[0]);
  });

  it('reports anew on reload what is wrong with the files', async () => {
    const one = await store();
    await one.append('ann', [label(1)]);
    assert.deepEqual(one.problems, []);
    const torn = join(study(), 'labels', 'ben', 'zzzzzzzz.jsonl');
    mkdirSync(dirname(torn), { recursive: true });
    writeFileSync(torn, '{"v":1');
    await one.reload();
    assert.match(one.problems.join(), /^labels\/ben\/zzzzzzzz\.jsonl ends in the middle/);
    rmSync(torn);
    await one.reload();
    assert.deepEqual(one.problems, []);
  });

  it('reports a label file that links out of the folder and does not read it', async () => {
    const outside = join(root(), 'outside.jsonl');
    writeFileSync(outside, encodeEvent(label(1)));
    mkdirSync(join(study(), 'labels', 'ann'), { recursive: true });
    symlinkSync(outside, join(study(), 'labels', 'ann', 'aaaaaaaa.jsonl'));
    const one = await store();
    assert.deepEqual(indexed(one), []);
    assert.match(one.problems.join(), /link out of the annotations folder/);
  });

  it('knows the files that it writes itself', async () => {
    const one = await store();
    await one.append('ann', [label(1)]);
    const [name = ''] = Object.keys(filesIn(study()));
    assert.equal(one.owns(join(study(), name)), true);
    assert.equal((await store()).owns(join(study(), name)), false);
  });

  it('has all acknowledged labels on the disk after its folder was deleted underneath and one more was given', async () => {
    const one = await store();
    for (let serial = 0; serial < 5; serial++) await one.append('ann', [label(serial)]);
    rmSync(study(), { recursive: true });
    await one.append('ann', [label(5)]);
    assert.deepEqual(idsIn(study()), ids(0, 1, 2, 3, 4, 5));
    assert.deepEqual(one.saving, { kind: 'saved' });
  });
});
