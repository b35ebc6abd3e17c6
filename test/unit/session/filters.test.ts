import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { everyDisagreement } from '../../../src/host/session/disagreements';
import type { ListFilter } from '../../../src/protocol/listFilter';
import { eventsOnDisk, openAt, placeOf, rolloutLine, textOf } from './harness';
import type { Harness } from './harness';
import { subsetAt } from './manifests';

const lineOf = (id: string, texts?: readonly string[]): string =>
  rolloutLine(id, { judge: [1, 9], ...(texts ? { texts } : {}) });
const text = textOf(...['a', 'b', 'c', 'd'].map(id => lineOf(id)));
const slots = ['d 1', 'a 1', 'c 1', 'b 1', 'a 2', 'd 2'];
const score = (ordinal: number, value: number | 'cannot' = 4) => ({ ordinal, value, elapsedMs: 1000 });

async function opened(): Promise<Harness> {
  const place = placeOf(text);
  await subsetAt(place, { slots });
  return openAt(place, { subset: 'val' });
}

const listed = async (h: Harness, filter: ListFilter): Promise<number[]> => {
  const { total, rows } = await h.ask('rows', { from: 0, count: 500, filter });
  assert.equal(rows.length, total);
  return rows.map(({ ordinal }) => ordinal);
};
/** From an item on by `next`, and back by `previous`. */
async function walked(h: Harness, filter: ListFilter, from: number): Promise<[number[], number[]]> {
  const along = async (where: 'next' | 'previous'): Promise<number[]> => {
    const seen: number[] = [];
    let at: number | null = from;
    while (at !== null && seen.length < 20) {
      seen.push(at);
      at = (await h.ask('item', { ordinal: at, filter })).nav[where];
    }
    return seen.slice(1);
  };
  return [await along('next'), await along('previous')];
}

describe('filters of a subset', () => {
  it('list what is open, skipped or flagged, in the order of the slots', async () => {
    const h = await opened();
    await h.ask('label', score(1));
    await h.ask('skip', { ordinal: 3 });
    await h.ask('skip', { ordinal: 0 });
    await h.ask('flag', { ordinal: 5 });
    await h.ask('flag', { ordinal: 1 });
    assert.deepEqual(await listed(h, 'all'), [0, 1, 2, 3, 4, 5]);
    assert.deepEqual(await listed(h, 'open'), [2, 4, 5]);
    assert.deepEqual(await listed(h, 'skipped'), [0, 3]);
    assert.deepEqual(await listed(h, 'flagged'), [1, 5]);
    assert.deepEqual(await listed(h, 'stale'), []);
    await h.ask('undo');
    assert.deepEqual(await listed(h, 'flagged'), [5]);
  });

  it('are gone along by next and previous, also from an item that is not among them', async () => {
    const h = await opened();
    for (const ordinal of [0, 2, 3]) await h.ask('label', score(ordinal));
    assert.deepEqual(await walked(h, 'open', 4), [[5], [1]]);
    assert.deepEqual(await walked(h, 'open', 1), [[4, 5], []]);
    assert.deepEqual(await walked(h, 'open', 2), [[4, 5], [1]]);
    assert.deepEqual(await walked(h, 'all', 2), [
      [3, 4, 5],
      [1, 0],
    ]);
    assert.deepEqual(await walked(h, 'flagged', 2), [[], []]);
  });

  it('give pages with the total of all', async () => {
    const h = await opened();
    await h.ask('label', score(2));
    const page = await h.ask('rows', { from: 1, count: 2, filter: 'open' });
    assert.deepEqual([page.total, page.rows.map(({ ordinal }) => ordinal)], [5, [1, 3]]);
    assert.deepEqual((await h.ask('rows', { from: 5, count: 2, filter: 'open' })).rows, []);
  });

  it('say where a label goes on to: to the next of them, round the end', async () => {
    const h = await opened();
    for (const ordinal of [1, 3, 5]) await h.ask('flag', { ordinal });
    const first = await h.ask('label', { ...score(1), filter: 'flagged' });
    assert.deepEqual([first.nextOpen, first.next?.nav.previous, first.next?.nav.next], [3, 1, 5]);
    assert.equal((await h.ask('label', { ...score(5), filter: 'flagged' })).nextOpen, 1);
    assert.equal((await h.ask('skip', { ordinal: 3, filter: 'flagged' })).nextOpen, 5);
    await h.ask('skip', { ordinal: 0 });
    assert.equal((await h.ask('label', { ...score(3), filter: 'skipped' })).nextOpen, 0);
    assert.equal((await h.ask('label', { ...score(0), filter: 'skipped' })).nextOpen, null);
  });

  it('stale: labels on a text or context that is another now, not items that nobody has labelled', async () => {
    const h = await opened();
    for (const ordinal of [0, 1, 4]) await h.ask('label', score(ordinal));
    const edited = [
      lineOf('a', ['Edited.', 'Answer 2.']),
      lineOf('b', ['Edited.']),
      lineOf('c'),
      lineOf('d'),
    ];
    writeFileSync(h.place.file, textOf(...edited));
    await h.session.reopen();
    await h.session.scanned();
    assert.deepEqual(await listed(h, 'stale'), [1, 4]);
    assert.deepEqual(await walked(h, 'stale', 1), [[4], []]);
    writeFileSync(h.place.file, text);
    await h.session.reopen();
    await h.session.scanned();
    assert.deepEqual(await listed(h, 'stale'), []);
  });

  it('leave out what is gone from the file', async () => {
    const h = await opened();
    writeFileSync(h.place.file, textOf(lineOf('a'), lineOf('b')));
    await h.session.reopen();
    await h.session.scanned();
    assert.deepEqual(await listed(h, 'open'), [1, 3, 4]);
    assert.deepEqual(await listed(h, 'all'), [0, 1, 2, 3, 4, 5]);
    assert.deepEqual(await walked(h, 'all', 1), [[3, 4], []]);
  });

  it('disagreements: refused while the judge is hidden, in the list of the file too', async () => {
    const h = await opened();
    assert.equal(
      await h.refusal('rows', { from: 0, count: 5, filter: everyDisagreement }),
      'The judge is hidden.',
    );
    const ask = { from: 0, count: 5, filter: everyDisagreement, subset: null } as const;
    assert.equal(await h.refusal('rows', ask), 'The judge is hidden.');
    assert.match(await h.refusal('rows', { ...ask, filter: 'judge' as never }), /malformed/);
  });

  it('that can no longer be used do not take a label back that is stored', async () => {
    const h = await opened();
    const { phase, nextOpen } = await h.ask('label', { ...score(0), filter: everyDisagreement });
    assert.deepEqual([phase, nextOpen, eventsOnDisk(h.place.annotations).length], ['first', 1, 1]);
    assert.equal((await h.ask('skip', { ordinal: 1, filter: everyDisagreement })).nextOpen, 2);
  });

  it('of the whole file go by the labels outside subsets', async () => {
    const h = await opened();
    await h.ask('label', score(0));
    await h.ask('list', { criterion: 'frustration', subset: null });
    await h.ask('label', score(2, 3));
    await h.ask('skip', { ordinal: 5 });
    assert.deepEqual(await listed(h, 'open'), [0, 1, 3, 4, 6, 7]);
    assert.deepEqual(await listed(h, 'skipped'), [5]);
    await h.ask('judge', { show: true, confirmed: true });
    assert.deepEqual(await listed(h, everyDisagreement), [2]);
  });
});
