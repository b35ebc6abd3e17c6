import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import type { LabelEvent } from '../../../src/core/labels/labelEvent';
import { addEvent, allSlots, labelsOf, newLabelIndex } from '../../../src/core/labels/labelIndex';
import { readLabelFolder } from '../../../src/disk/labelFolder';
import { openLabelStore } from '../../../src/disk/labelStore';
import { addSourceFile } from '../../../src/disk/sourceFile';
import { item, retract, score } from '../labels/events';
import { filesIn, temporaryFolder } from './temporary';

const hour = 3_600_000;
const folderOf = (checkout: string): string => join(checkout, 'run.jsonl.annotations');

/** A score of a turn, with an id as the clock of a machine gives it. */
const label = (turn: number, value: number, { rater = 'ann', id = v7() } = {}): LabelEvent =>
  score(0, value, { id, rater, item: { ...item({ turn }) } });

describe('labels in a git repository', function () {
  this.timeout(60_000);
  const root = temporaryFolder();

  const git = (checkout: string, ...args: readonly string[]): string => {
    // As if nobody had set git up here, and not within a hook of it.
    const clean = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
    const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org'];
    const { status, stdout, stderr } = spawnSync('git', [...who, ...args], {
      cwd: checkout,
      encoding: 'utf8',
      env: {
        ...Object.fromEntries(clean),
        HOME: root(),
        GIT_CONFIG_GLOBAL: devNull,
        GIT_CONFIG_NOSYSTEM: '1',
      },
    });
    assert.equal(status, 0, `git ${args.join(' ')}: ${stdout}${stderr}`);
    return stdout;
  };

  const commit = (checkout: string, message: string): void => {
    git(checkout, 'add', '-A');
    git(checkout, 'commit', '-q', '-m', message);
  };

  /** Opens the labels of a checkout as a window does, appends, and closes. */
  const write = async (checkout: string, ...events: readonly LabelEvent[]): Promise<void> => {
    const store = await openLabelStore({ folder: folderOf(checkout), heldFolder: join(root(), 'held') });
    for (const event of events) await store.append(event.rater, [event]);
    assert.deepEqual(store.saving, { kind: 'saved' });
    await store.close();
  };

  /** A repository with a rollout file and one label, and a clone of it, each on a branch of its own. */
  const twoCheckouts = async (): Promise<{ here: string; there: string; first: LabelEvent }> => {
    const here = join(root(), 'here');
    const there = join(root(), 'there');
    mkdirSync(here);
    git(here, 'init', '-q', '-b', 'main');
    writeFileSync(join(here, 'run.jsonl'), '{"messages":[]}\n');
    const first = label(1, 1);
    await addSourceFile(folderOf(here), { v: 1, name: 'run.jsonl', bytes: 16, sample: [] });
    await write(here, first);
    commit(here, 'one label');
    git(root(), 'clone', '-q', here, there);
    git(here, 'checkout', '-q', '-b', 'office');
    git(there, 'checkout', '-q', '-b', 'home');
    return { here, there, first };
  };

  /** Commits both and merges one into the other, by git's defaults. */
  const merge = (here: string, there: string): void => {
    commit(here, 'office');
    commit(there, 'home');
    git(here, 'fetch', '-q', there, 'home');
    git(here, 'merge', '-q', '--no-edit', 'FETCH_HEAD');
    assert.equal(git(here, 'status', '--porcelain'), '');
    for (const [name, content] of Object.entries(filesIn(folderOf(here))))
      assert.doesNotMatch(content, /^(?:<{7}|={7}|>{7})/m, name);
  };

  const idsOf = (events: readonly LabelEvent[]): string[] => [...new Set(events.map(({ id }) => id))].sort();
  const read = async (checkout: string): Promise<readonly LabelEvent[]> => {
    const { events, problems } = await readLabelFolder(folderOf(checkout));
    assert.deepEqual(problems, []);
    return events;
  };
  const foldOf = (events: readonly LabelEvent[]): string[] => {
    const index = newLabelIndex();
    events.forEach(event => void addEvent(index, event));
    return allSlots(index)
      .map(slot => JSON.stringify(slot))
      .sort();
  };

  it('of one rater on two branches merge without a conflict, and none is lost', async () => {
    const { here, there, first } = await twoCheckouts();
    const office = [label(2, 2), label(3, 3), label(4, 4)];
    const home = [label(5, 5), label(6, 6)];
    await write(here, ...office);
    await write(there, ...home);
    merge(here, there);
    assert.deepEqual(idsOf(await read(here)), idsOf([first, ...office, ...home]));
    const store = await openLabelStore({ folder: folderOf(here), heldFolder: join(root(), 'held') });
    assert.deepEqual(
      [1, 2, 3, 4, 5, 6].map(turn => {
        const { current } = labelsOf(store.index, 'ann', item({ turn }));
        return current?.kind === 'score' && current.value;
      }),
      [1, 2, 3, 4, 5, 6],
    );
    await store.close();
  });

  it('of one rater who labelled, changed and undid the same items on both branches fold as their union', async () => {
    const { here, there, first } = await twoCheckouts();
    const slip = label(2, 9);
    const office = [slip, retract(0, 0, { id: v7(), target: slip.id }), label(2, 2), label(3, 3)];
    const home = [label(2, 4), retract(0, 0, { id: v7(), target: first.id }), label(1, 8)];
    await write(here, ...office);
    await write(there, ...home);
    merge(here, there);
    const union = [...home, first, ...office];
    const merged = await read(here);
    assert.deepEqual(idsOf(merged), idsOf(union));
    assert.deepEqual(foldOf(merged), foldOf(union));
    assert.deepEqual(foldOf(merged), foldOf([...union].reverse()));
  });

  it('of two raters merge without a conflict, and each keeps what they said', async () => {
    const { here, there } = await twoCheckouts();
    await write(here, label(2, 2), label(3, 3));
    await write(there, label(2, 7, { rater: 'ben' }), label(3, 8, { rater: 'ben' }));
    merge(here, there);
    const store = await openLabelStore({ folder: folderOf(here), heldFolder: join(root(), 'held') });
    const valuesOf = (rater: string): unknown[] =>
      [2, 3].map(turn => {
        const { first } = labelsOf(store.index, rater, item({ turn }));
        return first?.kind === 'score' && first.value;
      });
    assert.deepEqual(
      [valuesOf('ann'), valuesOf('ben')],
      [
        [2, 3],
        [7, 8],
      ],
    );
    await store.close();
  });

  it('that came both ways, under another file name, count once', async () => {
    const { here, there, first } = await twoCheckouts();
    const office = [label(2, 2), label(3, 3)];
    await write(here, ...office);
    const from = join(folderOf(here), 'labels', 'ann');
    const to = join(folderOf(there), 'labels', 'ann');
    // Somebody sent the files by mail and saved them under names of their own.
    readdirSync(from).forEach((name, index) => {
      copyFileSync(join(from, name), join(to, `copy-${String(index)}.jsonl`));
    });
    merge(here, there);
    const merged = await read(here);
    assert.ok(merged.length > 3, 'the copies are there');
    assert.deepEqual(idsOf(merged), idsOf([first, ...office]));
    assert.deepEqual(foldOf(merged), foldOf([first, ...office]));
  });

  it('of a machine whose clock is an hour behind lose nothing: the lower id is the first, the other is reported', async () => {
    const { here, there, first } = await twoCheckouts();
    const now = Date.now();
    const behind = (turn: number, value: number): LabelEvent =>
      label(turn, value, { id: v7({ msecs: now - hour + turn }) });
    const office = [label(2, 2), label(3, 3)];
    const home = [behind(2, 6), behind(4, 4)];
    await write(here, ...office);
    await write(there, ...home);
    merge(here, there);
    const merged = await read(here);
    assert.deepEqual(idsOf(merged), idsOf([first, ...office, ...home]));
    assert.deepEqual(foldOf(merged), foldOf([first, ...office, ...home]));
    const index = newLabelIndex();
    merged.forEach(event => void addEvent(index, event));
    const both = labelsOf(index, 'ann', item({ turn: 2 }));
    assert.deepEqual(
      [
        both.first?.kind === 'score' && both.first.value,
        both.current?.kind === 'score' && both.current.value,
      ],
      [6, 2],
    );
    assert.equal(both.competing, 1);
  });

  it('go on in files of their own after the merge, so that the next one has no conflict either', async () => {
    const { here, there } = await twoCheckouts();
    await write(here, label(2, 2));
    await write(there, label(3, 3));
    merge(here, there);
    git(there, 'pull', '-q', '--no-edit', here, 'office');
    await write(here, label(4, 4));
    await write(there, label(5, 5));
    merge(here, there);
    assert.equal(idsOf(await read(here)).length, 5);
  });
});
