import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { readLabelFolder } from '../../../src/disk/labelFolder';
import { labelChildren } from './children';
import type { LabelChild } from './children';
import { filesIn, temporaryFolder } from './temporary';

const seed = 20261123;

describe('a process that is killed while it labels', function () {
  this.timeout(120_000);
  const root = temporaryFolder();
  const start = labelChildren();

  /** Labels in processes that all end by SIGKILL, until so many labels were acknowledged. */
  const labelUntil = async (
    wanted: number,
    begin: (run: number) => LabelChild,
    end: (child: LabelChild) => Promise<void>,
  ) => {
    const acknowledged: string[] = [];
    let runs = 0;
    while (acknowledged.length < wanted) {
      assert.ok(runs < wanted, 'the processes label nothing');
      const child = begin(runs++);
      await end(child);
      assert.equal((await child.ended).signal, 'SIGKILL');
      acknowledged.push(...child.said);
    }
    const read = await readLabelFolder(join(root(), 'run.annotations'));
    const ids = read.events.map(({ id }) => id);
    const there = new Set(ids);
    assert.deepEqual(
      acknowledged.filter(id => !there.has(id)),
      [],
      'acknowledged labels that are not in the folder',
    );
    assert.equal(there.size, ids.length, 'no label stands twice');
    // Beside them there may be the one that each process was at when it was killed.
    assert.ok(ids.length <= acknowledged.length + runs, `${ids.length} labels in ${runs} runs`);
    assert.deepEqual(filesIn(join(root(), 'held')), {});
    return { runs, problems: read.problems };
  };

  const task = () => ({
    folder: join(root(), 'run.annotations'),
    heldFolder: join(root(), 'held'),
    rater: 'ann',
    count: 1_000_000,
  });

  it('has every acknowledged label in the folder, whenever the kill comes', async () => {
    const random = xoroshiro128plus(seed);
    await labelUntil(
      500,
      () => start(task()),
      async child => {
        await child.lines(uniformInt(random, 0, 30));
        await setTimeout(uniformInt(random, 0, 4));
        child.kill();
      },
    );
  });

  it('costs no other line where the tail is torn in the middle of an event', async () => {
    const random = xoroshiro128plus(seed + 1);
    const { runs, problems } = await labelUntil(
      500,
      () =>
        start({
          ...task(),
          dies: { writeBytes: uniformInt(random, 20, 120), atCall: uniformInt(random, 1, 300) },
        }),
      () => Promise.resolve(),
    );
    // One for each tail, and nothing else.
    for (const problem of problems) assert.match(problem, /ends in the middle of an event/);
    assert.ok(problems.length > 0 && problems.length <= runs, `${problems.length} tails in ${runs} runs`);
  });
});
