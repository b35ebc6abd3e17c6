import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import type { ItemsBehind } from '../../../src/core/figures/figure';
import { itemsBehind, mayGoTo } from '../../../src/host/session/picking';
import { openAt, openOn, placeOf, rolloutLine, textOf } from './harness';
import type { Harness } from './harness';
import { subsetAt } from './manifests';

const lines = [
  rolloutLine('a', { judge: [2, 8], fields: { condition: 'baseline' } }),
  rolloutLine('b', { judge: [8, 8], fields: { condition: 'treated' } }),
  rolloutLine('c', { judge: [8], fields: {}, texts: ['It is four.', 'I stop. <<rm -rf gemma-3-27b>>'] }),
];
const text = textOf(...lines);
const score = (ordinal: number, value: number) => ({ ordinal, value, elapsedMs: 1000 });
const unit = (rollout: string, turn: number): string => JSON.stringify([rollout, turn]);

const picked = async (h: Harness, behind: ItemsBehind, subset: string | null = null) => {
  const queue = h.session.queue('frustration', subset);
  return itemsBehind(h.session.state, queue, behind).map(({ ordinal }) => ordinal);
};
const where = (more: Partial<Extract<ItemsBehind, { kind: 'where' }>>): ItemsBehind => ({
  kind: 'where',
  title: 'Those',
  ...more,
});
async function pick(h: Harness, behind: ItemsBehind, subset: string | null = null): Promise<number> {
  const queue = h.session.queue('frustration', subset);
  h.session.goToPicked(queue, behind.title, itemsBehind(h.session.state, queue, behind));
  return h.session.state.picked?.serial ?? 0;
}

describe('items behind a mark', () => {
  it('named by their units stand in the list’s order, each once; those that are gone are left out', async () => {
    const h = await openOn(text);
    const units = [unit('c', 1), unit('a', 2), unit('gone', 1), unit('a', 2), unit('b', 9)];
    assert.deepEqual(await picked(h, { kind: 'units', title: 'Those', units }), [1, 4]);
  });

  it('named by what the judge gave, by turn and by fields are all of the run that fit', async () => {
    const h = await openOn(text);
    assert.deepEqual(await picked(h, where({ judge: { min: 8, max: 8 } })), [1, 2, 3, 4]);
    assert.deepEqual(await picked(h, where({ judge: { min: 0, max: 7 } })), [0]);
    assert.deepEqual(await picked(h, where({ turn: 2 })), [1, 3, 5]);
    assert.deepEqual(await picked(h, where({ fields: { condition: 'treated' } })), [2, 3]);
    assert.deepEqual(await picked(h, where({ fields: { condition: null } })), [4, 5]);
    assert.deepEqual(
      await picked(h, where({ judge: { min: 8, max: 8 }, turn: 2, fields: { condition: 'baseline' } })),
      [1],
    );
    assert.deepEqual(await picked(h, where({})), [0, 1, 2, 3, 4, 5]);
  });
});

describe('a picked list', () => {
  it('is these items alone, under their title, and is gone along by next and previous', async () => {
    const h = await openOn(text);
    await h.ask('judge', { show: true, confirmed: false });
    const serial = await pick(h, {
      kind: 'units',
      title: 'Human 3, judge 8',
      units: [unit('b', 2), unit('a', 2)],
    });
    const state = await h.ask('ready');
    assert.deepEqual(state.picked, { serial, title: 'Human 3, judge 8', items: 2 });
    assert.deepEqual(
      [state.goTo?.ordinal, state.goTo?.filter, state.goTo?.subset],
      [1, { kind: 'picked', serial }, null],
    );
    const filter = { kind: 'picked', serial } as const;
    const { total, rows } = await h.ask('rows', { from: 0, count: 9, filter });
    assert.deepEqual(
      [total, rows.map(({ ordinal, id, judge }) => [ordinal, id, judge])],
      [
        2,
        [
          [1, 'a', 8],
          [3, 'b', 8],
        ],
      ],
    );
    const { nav } = await h.ask('item', { ordinal: 1, filter });
    assert.deepEqual([nav.previous, nav.next], [null, 3]);
  });

  it('is void once others were picked, in another list, for another rater, and while the judge is hidden again', async () => {
    const h = await openOn(text);
    await h.ask('judge', { show: true, confirmed: false });
    const former = await pick(h, where({ turn: 1 }));
    const serial = await pick(h, where({ turn: 2 }));
    assert.ok(serial > former);
    const ask = (of: number) => ({ from: 0, count: 9, filter: { kind: 'picked', serial: of } as const });
    assert.match(await h.refusal('rows', ask(former)), /not there any more/);
    assert.match(await h.refusal('rows', { ...ask(serial), criterion: 'legibility' }), /not there any more/);
    await h.ask('judge', { show: false, confirmed: false });
    assert.equal((await h.ask('ready')).picked, null);
    assert.equal(await h.refusal('rows', ask(serial)), 'The judge is hidden.');
    await h.ask('judge', { show: true, confirmed: false });
    assert.equal((await h.ask('ready')).picked?.serial, serial);
    await h.ask('rater', { name: 'bob' });
    assert.equal((await h.ask('ready')).picked, null);
    await h.ask('judge', { show: true, confirmed: false });
    assert.match(await h.refusal('rows', ask(serial)), /not there any more/);
  });

  it('follows its items when the file is read anew', async () => {
    const h = await openOn(text);
    await h.ask('judge', { show: true, confirmed: false });
    const serial = await pick(h, { kind: 'units', title: 'Those', units: [unit('b', 1), unit('c', 1)] });
    writeFileSync(h.place.file, textOf(lines[1]!));
    await h.session.reopen();
    await h.session.scanned();
    const { rows } = await h.ask('rows', { from: 0, count: 9, filter: { kind: 'picked', serial } });
    assert.deepEqual(
      rows.map(({ ordinal, id }) => [ordinal, id]),
      [[0, 'b']],
    );
  });

  it('of nothing is refused, and what was picked before stays', async () => {
    const h = await openOn(text);
    await h.ask('judge', { show: true, confirmed: false });
    const serial = await pick(h, where({ turn: 2 }));
    await assert.rejects(pick(h, where({ turn: 17 })), /none of these items/);
    assert.equal((await h.ask('ready')).picked?.serial, serial);
  });

  it('of a subset is refused until its judge is shown, a single item too unless a report has shown it', async () => {
    const place = placeOf(text);
    await subsetAt(place, { slots: ['c 1', 'a 2', 'b 1'] });
    const h = await openAt(place, { subset: 'val' });
    const eights = where({ judge: { min: 8, max: 8 } });
    const first = h.session.queue('frustration', 'val').at(0)!;
    await assert.rejects(pick(h, eights, 'val'), /hidden/);
    assert.equal(mayGoTo(h.session.state, h.session.queue('frustration', 'val'), first), false);
    await h.ask('label', score(0, 3));
    await h.ask('openReport', { confirmed: true });
    assert.equal(mayGoTo(h.session.state, h.session.queue('frustration', 'val'), first), true);
    await assert.rejects(pick(h, eights, 'val'), /hidden/);
    for (const ordinal of [1, 2]) await h.ask('label', score(ordinal, 3));
    await assert.rejects(pick(h, eights, 'val'), /hidden/);
    await h.ask('judge', { show: true, confirmed: false });
    const serial = await pick(h, eights, 'val');
    const { rows } = await h.ask('rows', { from: 0, count: 9, filter: { kind: 'picked', serial } });
    assert.deepEqual(
      rows.map(({ ordinal, id }) => [ordinal, id]),
      [
        [0, undefined],
        [1, undefined],
        [2, undefined],
      ],
    );
  });
});
