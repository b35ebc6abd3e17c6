import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { labelsOf } from '../../../src/core/labels/labelIndex';
import type { LabelEvent } from '../../../src/core/labels/labelEvent';
import { decodeLog, encodeEvent } from '../../../src/core/labels/labelLog';
import { openLabelStore } from '../../../src/disk/labelStore';
import type { LabelStore } from '../../../src/disk/labelStore';
import { item, score } from '../labels/events';
import { faultyDisk } from './faultyDisk';
import type { Fault, FaultyDisk } from './faultyDisk';
import { filesIn, temporaryFolder } from './temporary';

/** A score of turn `serial`, so that each is an item of its own. */
const label = (serial: number, rater = 'ann'): LabelEvent =>
  score(serial, 7, { rater, item: { ...item({ turn: serial + 1 }) } });
const ids = (...serials: readonly number[]): string[] => serials.map(serial => label(serial).id);
const eventsOf = (text: string): readonly LabelEvent[] => decodeLog(Buffer.from(text)).events;
/** Ids in the label files of a folder, held files that a window has claimed among them. */
const idsIn = (folder: string): string[] => {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  const logs = Object.entries(filesIn(folder)).filter(([name]) => /\.jsonl(?:\.claimed)?$/.test(name));
  return [...new Set(logs.flatMap(([, content]) => eventsOf(content).map(({ id }) => id)))].sort();
};
const logsIn = (folder: string): string[] =>
  existsSync(folder) && statSync(folder).isDirectory()
    ? Object.keys(filesIn(folder)).map(name => join(folder, name))
    : [];
const full: Fault = { kind: 'write', code: 'ENOSPC', left: 40 };

describe('a label store on a disk that fails', function () {
  this.timeout(60_000);
  const root = temporaryFolder();
  const study = (): string => join(root(), 'run.annotations');
  const machine = (): string => join(root(), 'held');
  let disk: FaultyDisk;
  beforeEach(() => {
    disk = faultyDisk();
  });
  afterEach(() => disk.end());
  const open = (): Promise<LabelStore> =>
    openLabelStore({ folder: study(), heldFolder: machine(), makeWriter: disk.makeWriter });
  const replaceByFile = (folder: string): void => {
    rmSync(folder, { recursive: true, force: true });
    writeFileSync(folder, 'a file in its place');
  };

  it('holds a label where the disk fills up in the middle of it, and has it once after a retry', async () => {
    const store = await open();
    await store.append('ann', [label(1)]);
    disk.fail(study(), full);
    await store.append('ann', [label(2)]);
    assert.deepEqual(store.saving, { kind: 'held', count: 1, reason: 'the disk is full' });
    assert.deepEqual([idsIn(study()), idsIn(machine())], [ids(1), ids(2)]);
    await store.reload();
    assert.match(
      store.problems.join(),
      /^labels\/ann\/[a-z2-7]{8}\.jsonl ends in the middle of an event \(40 bytes\)/,
    );

    await store.retry();
    assert.deepEqual(store.saving, { kind: 'held', count: 1, reason: 'the disk is full' }, 'it still is');
    disk.fail(study(), null);
    await store.retry();
    assert.deepEqual([store.saving, store.unsaved()], [{ kind: 'saved' }, '']);
    await store.append('ann', [label(3)]);
    const lines = Object.values(filesIn(study())).flatMap(content => eventsOf(content).map(({ id }) => id));
    assert.deepEqual(lines.sort(), ids(1, 2, 3), 'each on one line');
    assert.deepEqual(filesIn(machine()), {});
  });

  it('gives all lines to copy where the folder on this machine fills up too, and has them once after a retry', async () => {
    const store = await open();
    disk.fail(study(), full);
    disk.fail(machine(), full);
    for (const serial of [1, 2])
      await assert.rejects(
        store.append('ann', [label(serial)]),
        /^Error: The label is not saved: the disk is full; on this machine: the disk is full\.$/,
      );
    assert.deepEqual(
      [store.saving.kind, store.unsaved()],
      ['failed', [1, 2].map(serial => encodeEvent(label(serial))).join('')],
    );
    disk.fail(study(), null);
    await store.retry();
    assert.deepEqual([store.saving, store.unsaved(), idsIn(study())], [{ kind: 'saved' }, '', ids(1, 2)]);
  });

  it('writes a label anew on retry though it can be read, since what was not synced may not outlive a power cut', async () => {
    const store = await open();
    await store.append('ann', [label(1)]);
    disk.fail(study(), { kind: 'sync', code: 'EIO' });
    await store.append('ann', [label(2)]);
    assert.equal(store.saving.kind, 'held');
    assert.deepEqual(idsIn(study()), ids(1, 2), 'read from memory');
    disk.fail(study(), null);
    await store.retry();
    assert.deepEqual([store.saving.kind, filesIn(machine())], ['saved', {}]);
    disk.powerCut(root());
    assert.deepEqual(idsIn(study()), ids(1, 2));
  });

  it('holds also what was saved before, where its folder was deleted and can’t be made again', async () => {
    const store = await open();
    for (const serial of [1, 2, 3]) await store.append('ann', [label(serial)]);
    replaceByFile(study());
    await store.append('ann', [label(4)]);
    assert.deepEqual(store.saving, { kind: 'held', count: 4, reason: 'a part of its path is not a folder' });
    assert.deepEqual(idsIn(machine()), ids(1, 2, 3, 4));
    assert.deepEqual(
      eventsOf(store.unsaved())
        .map(({ id }) => id)
        .sort(),
      ids(1, 2, 3, 4),
    );

    const next = await open();
    assert.deepEqual([next.saving.kind, [...next.index.ids].sort()], ['held', ids(1, 2, 3, 4)]);
    rmSync(study());
    await next.retry();
    assert.deepEqual([next.saving, idsIn(study())], [{ kind: 'saved' }, ids(1, 2, 3, 4)]);
  });

  it('gives also what was saved before to copy, where no folder takes labels any more', async () => {
    const store = await open();
    await store.append('ann', [label(1)]);
    await store.append('ben', [label(2, 'ben')]);
    rmSync(study(), { recursive: true });
    disk.fail(study(), { kind: 'open', code: 'EROFS' });
    disk.fail(machine(), { kind: 'open', code: 'ENOSPC' });
    for (const [serial, rater] of [
      [3, 'ann'],
      [4, 'ben'],
    ] as const)
      await assert.rejects(
        store.append(rater, [label(serial, rater)]),
        /^Error: The label is not saved: the file system is read-only; on this machine: the disk is full\.$/,
      );
    assert.deepEqual(
      eventsOf(store.unsaved())
        .map(({ id }) => id)
        .sort(),
      ids(1, 2, 3, 4),
    );
    assert.deepEqual(
      [store.saving.kind, store.saving.kind === 'failed' && store.saving.count],
      ['failed', 4],
    );
    disk.fail(study(), null);
    await store.retry();
    assert.deepEqual([store.saving, idsIn(study())], [{ kind: 'saved' }, ids(1, 2, 3, 4)]);
  });

  it('brings held labels back from memory where their folder on this machine was deleted', async () => {
    disk.fail(study(), { kind: 'open', code: 'EACCES' });
    const store = await open();
    await store.append('ann', [label(1)]);
    await store.append('ann', [label(2)]);
    rmSync(machine(), { recursive: true });
    assert.deepEqual(
      eventsOf(store.unsaved()).map(({ id }) => id),
      ids(1, 2),
    );
    await store.append('ann', [label(3)]);
    assert.deepEqual(idsIn(machine()), ids(1, 2, 3), 'they are written there again with the next one');
    rmSync(machine(), { recursive: true });
    disk.fail(study(), null);
    await store.retry();
    assert.deepEqual([store.saving, idsIn(study())], [{ kind: 'saved' }, ids(1, 2, 3)]);
  });

  it('holds labels where the folder may only be read', async function () {
    mkdirSync(study());
    // The superuser may write everywhere: there a file stands in the way.
    if (process.getuid?.() === 0 || process.platform === 'win32') writeFileSync(join(study(), 'labels'), '');
    else chmodSync(study(), 0o555);
    try {
      const store = await openLabelStore({ folder: study(), heldFolder: machine() });
      await store.append('ann', [label(1)]);
      assert.equal(store.saving.kind, 'held');
      assert.deepEqual(idsIn(machine()), ids(1));
      await store.close();
    } finally {
      chmodSync(study(), 0o755);
    }
  });

  it('loses nothing that it was given, and doubles none, whatever fails in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 25 }), async steps => {
        for (const name of readdirSync(root())) rmSync(join(root(), name), { recursive: true });
        disk.end();
        disk = faultyDisk();
        await live(steps);
      }),
      { numRuns: 200 },
    );
  });

  /** Lives through the steps, looking after each where the labels are, and then mends everything. */
  const live = async (steps: readonly Step[]): Promise<void> => {
    const aside = join(root(), 'aside');
    const folders = { study: study(), held: machine() };
    /** By id: all that stores of this study were ever given and that a person has not taken over. */
    const given = new Map<string, LabelEvent>();
    /** Ids of those that this store was given and answers for, whatever is done to its files. */
    let own = new Set<string>();
    let serial = 0;
    let store = await open();

    const append = async (rater: string, count: number): Promise<void> => {
      const events = Array.from({ length: count }, () => label(++serial, rater));
      for (const event of events) {
        given.set(event.id, event);
        own.add(event.id);
      }
      const kept = await store.append(rater, events).then(
        () => true,
        () => false,
      );
      for (const { id } of events) assert.equal(store.index.ids.has(id), kept, 'shown as given, or not');
      if (!kept) assert.equal(store.saving.kind, 'failed');
    };
    /** Files that this store appends to, and so answers for: it does not know those of before. */
    const isOwn = (path: string): boolean => store.owns(path) && disk.isOpen(path);
    const bothAppend = async (): Promise<void> => {
      await append('ann', 1);
      await append('ben', 1);
    };
    const look = (after: string): void => {
      const inStudy = new Set(idsIn(study()));
      const unsaved = eventsOf(store.unsaved()).map(({ id }) => id);
      assert.equal(new Set(unsaved).size, unsaved.length, 'a line to copy stands there twice');
      const kept = new Set([...inStudy, ...idsIn(machine()), ...unsaved]);
      // Files that a person moved aside hold what earlier stores were given; this one still has its own.
      const moved = new Set(idsIn(aside));
      for (const id of given.keys())
        assert.ok(kept.has(id) || (!own.has(id) && moved.has(id)), `${id} is lost after ${after}`);
      if (store.saving.kind === 'saved')
        for (const id of own) assert.ok(inStudy.has(id), `${id} is said to be saved after ${after}`);
    };

    for (const step of steps) {
      if (step.do === 'append') await append(step.rater, step.count);
      else if (step.do === 'fail') disk.fail(folders[step.where], step.fault);
      else if (step.do === 'retry') await store.retry();
      else if (step.do === 'reload') await store.reload();
      else if (step.do === 'wipe held') rmSync(machine(), { recursive: true, force: true });
      else if (step.do === 'delete own files') {
        for (const path of logsIn(study())) if (isOwn(path)) rmSync(path);
        await bothAppend();
      } else if (step.do === 'put a file in its place') {
        if (existsSync(study()) && !existsSync(aside)) {
          for (const path of logsIn(study()))
            if (!isOwn(path)) eventsOf(readFileSync(path, 'utf8')).forEach(({ id }) => own.delete(id));
          renameSync(study(), aside);
          writeFileSync(study(), '');
          await bothAppend();
        }
      } else if (step.do === 'put it back') putBack(aside);
      else {
        // The person has copied what was on no disk; the process ends, and the power with it.
        disk.powerCut(root());
        const kept = new Set([study(), machine(), aside].flatMap(idsIn));
        const copied = new Set(eventsOf(store.unsaved()).map(({ id }) => id));
        for (const id of [...given.keys()]) {
          if (kept.has(id)) continue;
          assert.ok(copied.has(id), `${id} is lost by a power cut`);
          given.delete(id);
        }
        own = new Set();
        store = await open();
      }
      look(step.do);
    }

    disk.fail(study(), null);
    disk.fail(machine(), null);
    putBack(aside);
    await store.reload();
    await store.retry();
    assert.deepEqual([store.saving, store.unsaved()], [{ kind: 'saved' }, '']);
    disk.powerCut(root());
    assert.deepEqual(idsIn(study()), [...given.keys()].sort(), 'the study has all of them, and no others');
    const last = await open();
    assert.deepEqual([...last.index.ids].sort(), [...given.keys()].sort());
    for (const event of given.values()) {
      assert.ok(event.kind === 'score');
      const { first, current, competing } = labelsOf(last.index, event.rater, event.item);
      assert.deepEqual([first, current, competing], [event, event, 0]);
    }
  };

  const putBack = (aside: string): void => {
    if (!existsSync(aside)) return;
    rmSync(study());
    renameSync(aside, study());
  };
});

type Step =
  | { readonly do: 'append'; readonly rater: string; readonly count: number }
  | { readonly do: 'fail'; readonly where: 'study' | 'held'; readonly fault: Fault | null }
  | {
      readonly do:
        | 'retry'
        | 'reload'
        | 'wipe held'
        | 'delete own files'
        | 'put a file in its place'
        | 'put it back'
        | 'open anew';
    };

const anyFault = fc.oneof(
  fc.constant(null),
  fc.record({
    kind: fc.constantFrom('open' as const, 'sync' as const),
    code: fc.constantFrom('EROFS', 'EIO'),
  }),
  fc.record({ kind: fc.constant('write' as const), code: fc.constant('ENOSPC'), left: fc.nat(900) }),
);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      rater: fc.constantFrom('ann', 'ben'),
      count: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('fail' as const),
      where: fc.constantFrom('study' as const, 'held' as const),
      fault: anyFault,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'retry' as const,
        'reload' as const,
        'wipe held' as const,
        'delete own files' as const,
        'put a file in its place' as const,
        'put it back' as const,
        'open anew' as const,
      ),
    }),
  },
);
