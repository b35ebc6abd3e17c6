import assert from 'node:assert/strict';
import { join } from 'node:path';
import { decodeLog } from '../../../src/core/labels/labelLog';
import { readLabelFolder } from '../../../src/disk/labelFolder';
import { openLabelStore } from '../../../src/disk/labelStore';
import { labelChildren } from './children';
import { filesIn, temporaryFolder } from './temporary';

describe('two processes that label one file as one rater', function () {
  this.timeout(60_000);
  const root = temporaryFolder();
  const start = labelChildren();

  it('keep 200 labels each in a file of their own, and a third one takes all 400 in', async () => {
    const folder = join(root(), 'run.annotations');
    const third = await openLabelStore({ folder, heldFolder: join(root(), 'held-3') });
    const count = 200;
    const both = ['held-1', 'held-2'].map(held =>
      start({ folder, heldFolder: join(root(), held), rater: 'ann', count, waits: true }),
    );
    await Promise.all(both.map(child => child.lines(1)));
    both.forEach(child => void child.begin());
    for (const child of both) assert.deepEqual(await child.ended, { code: 0, signal: null });

    const acknowledged = both.map(child => child.said.slice(1));
    const all = acknowledged.flat().sort();
    assert.equal(new Set(all).size, 2 * count);
    const read = await readLabelFolder(folder);
    assert.deepEqual(
      read.events.map(({ id }) => id),
      all,
    );
    assert.deepEqual([read.problems, read.unknown], [[], 0]);

    const files = Object.entries(filesIn(folder));
    assert.equal(files.length, 2);
    const byFile = files.map(([name, content]) => {
      assert.match(name, /^labels\/ann\/[a-z2-7]{8}\.jsonl$/);
      return decodeLog(Buffer.from(content)).events.map(({ id }) => id);
    });
    const firstOf = (ids: readonly string[]): string => ids[0] ?? '';
    assert.deepEqual(
      byFile.sort((a, b) => (firstOf(a) < firstOf(b) ? -1 : 1)),
      acknowledged.sort((a, b) => (firstOf(a) < firstOf(b) ? -1 : 1)),
      'each file holds what one process wrote, in order',
    );

    assert.equal(third.index.ids.size, 0);
    assert.equal(await third.reload(), true);
    assert.deepEqual([...third.index.ids].sort(), all);
    assert.equal(await third.reload(), false);
    await third.close();
  });
});
