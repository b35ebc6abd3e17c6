import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LabelEvent } from '../../../src/core/labels/labelEvent';
import { labelsOf } from '../../../src/core/labels/labelIndex';
import { encodeEvent } from '../../../src/core/labels/labelLog';
import type { Subset } from '../../../src/core/subset/manifest';
import { eventsOnDisk, labelFiles, openAt, placeOf, rolloutLine, textOf } from './harness';
import type { Harness, Place } from './harness';
import { subsetAt } from './manifests';
import type { SubsetShape } from './manifests';

const text = textOf(rolloutLine('a'), rolloutLine('b'));
const slots = ['a 1', 'b 1', 'a 2', 'b 2'];
const score = (ordinal: number, value: number | 'cannot' = 4) => ({ ordinal, value, elapsedMs: 1000 });
const windowOf = (place: Place, rater = 'ada') => openAt(place, { subset: 'val', rater });

async function placed(shape: Partial<SubsetShape> = {}): Promise<{ place: Place; subset: Subset }> {
  const place = placeOf(text);
  return { place, subset: await subsetAt(place, { slots, ...shape }) };
}
const progressOf = async (h: Harness) =>
  (await h.ask('ready')).subset?.raters.map(({ rater, done, slots: asked }) => `${rater} ${done}/${asked}`);
const valuesOf = async (h: Harness) =>
  (await h.ask('rows', { from: 0, count: 9 })).rows.map(({ value }) => value);
const labelsIn = (h: Harness, { manifest }: Subset, slot: number, rater = 'ada') => {
  const { store } = h.session.state;
  const item = manifest.items[slot]?.item;
  assert.ok(store && item);
  return labelsOf(store.index, rater, item, { name: manifest.name, slot });
};

/** A label as another machine wrote it. */
const pulled = (
  { manifest, sha256 }: Subset,
  slot: number,
  id: string,
  value: number,
  more: object = {},
): LabelEvent =>
  ({
    v: 1,
    id,
    at: '2026-01-01T00:00:00.000Z',
    rater: 'bob',
    kind: 'score',
    item: { ...manifest.items[slot]?.item },
    subset: { name: manifest.name, sha256, slot },
    value,
    scale: { min: 0, max: 10, worst: 'max' },
    rubric: 'r'.repeat(64),
    phase: 'first',
    judgeVisible: false,
    ...more,
  }) as LabelEvent;

/** What a git pull brings: a file of another writer. */
function pull(place: Place, rater: string, writer: string, events: readonly LabelEvent[]): void {
  const file = join(place.annotations, 'labels', rater, `${writer}.jsonl`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, events.map(encodeEvent).join(''));
}

describe('raters of one subset', () => {
  it('see of one another how far each is, and nothing else while they are blind', async () => {
    const { place } = await placed();
    const bob = await windowOf(place, 'bob');
    await bob.ask('label', score(0, 9));
    await bob.ask('skip', { ordinal: 1 });
    await bob.ask('note', { ordinal: 0, text: 'bobs-own-words' });
    await bob.ask('flag', { ordinal: 2 });
    const ada = await windowOf(place);
    await ada.ask('label', score(3));
    assert.deepEqual(await progressOf(ada), ['ada 1/4', 'bob 2/4']);
    assert.deepEqual(await progressOf(bob), ['bob 2/4']);
    await bob.session.reloadLabels();
    assert.deepEqual(await progressOf(bob), ['bob 2/4', 'ada 1/4']);
    assert.deepEqual(await valuesOf(ada), [null, null, null, 4]);
    for (const ordinal of [0, 1, 2, 3]) {
      const { own } = await ada.ask('item', { ordinal });
      assert.deepEqual([own.note, own.flags, own.value], ['', [], ordinal === 3 ? 4 : null]);
    }
    assert.ok(!ada.recorded.join('\n').includes('bobs-own-words'));
  });

  it('count by the slots that are theirs, also those who have not begun; who has none is not named', async () => {
    const { place } = await placed({
      slots: [
        { at: 'a 1', raters: ['ada', 'bob'] },
        { at: 'b 1', raters: ['bob', 'cy'] },
        { at: 'a 2', raters: ['ada', 'cy'] },
      ],
    });
    const ada = await windowOf(place);
    await ada.ask('label', score(1));
    assert.deepEqual(await progressOf(ada), ['ada 1/2', 'bob 0/2', 'cy 0/2']);
    assert.deepEqual(await progressOf(await windowOf(place, 'zoe')), ['ada 1/2', 'bob 0/2', 'cy 0/2']);
  });

  it('who share a session keep their labels, progress and undo apart', async () => {
    const { place } = await placed();
    const h = await windowOf(place);
    await h.ask('label', score(0, 1));
    await h.ask('rater', { name: 'bob' });
    assert.deepEqual([await valuesOf(h), h.states.at(-1)?.canUndo], [[null, null, null, null], false]);
    assert.equal((await h.ask('label', score(0, 2))).phase, 'first');
    await h.ask('rater', { name: 'ada' });
    assert.deepEqual([await valuesOf(h), await h.ask('undo')], [[1, null, null, null], null]);
    assert.deepEqual(await progressOf(h), ['ada 1/4', 'bob 1/4']);
  });

  it('do not become exposed by what another has seen', async () => {
    const { place, subset } = await placed();
    const bob = await windowOf(place, 'bob');
    for (const ordinal of [0, 1, 2, 3]) await bob.ask('label', score(ordinal));
    await bob.ask('judge', { show: true, confirmed: false });
    const ada = await windowOf(place);
    assert.equal((await ada.ask('ready')).exposed, false);
    await ada.ask('label', score(0));
    assert.equal(labelsIn(ada, subset, 0).judgeVisible, false);
  });
});

describe('labels that a git pull brings while the editor is open', () => {
  it('come in from any number of files, each event once', async () => {
    const { place, subset } = await placed();
    const ada = await windowOf(place);
    await ada.ask('label', score(0));
    const events = [0, 1, 2].map(slot => pulled(subset, slot, `id-9${slot}`, slot));
    pull(place, 'bob', 'aaaaaaaa', events.slice(0, 2));
    pull(place, 'bob', 'bbbbbbbb', events);
    pull(place, 'cy', 'cccccccc', [pulled(subset, 3, 'id-95', 3, { rater: 'cy' })]);
    // A copy of ada's own file, as a merge may leave it.
    const [own = ''] = labelFiles(place.annotations).filter(file => file.includes('/ada/'));
    writeFileSync(own.replace(/[^/]+$/, 'dddddddd.jsonl'), readFileSync(own));
    await ada.session.reloadLabels();
    assert.deepEqual(await progressOf(ada), ['ada 1/4', 'bob 3/4', 'cy 1/4']);
    assert.equal(labelsIn(ada, subset, 0, 'bob').competing, 0);
    assert.equal(labelsIn(ada, subset, 0).competing, 0);
    const before = ada.states.length;
    await ada.session.reloadLabels();
    assert.equal(ada.states.length, before);
  });

  it('of a machine whose clock is wrong are in order of their ids, whatever time they carry', async () => {
    const { place, subset } = await placed();
    pull(place, 'bob', 'aaaaaaaa', [
      pulled(subset, 0, 'id-000200', 7, { at: '1970-01-01T00:00:00.000Z' }),
      pulled(subset, 0, 'id-000100', 3, { at: '2099-01-01T00:00:00.000Z' }),
      pulled(subset, 0, 'id-000300', 5, { at: '1999-01-01T00:00:00.000Z', phase: 'revision' }),
    ]);
    const bob = await windowOf(place, 'bob');
    const labels = labelsIn(bob, subset, 0, 'bob');
    assert.deepEqual([labels.first?.id, labels.current?.id, labels.competing], ['id-000100', 'id-000300', 1]);
    assert.deepEqual(await valuesOf(bob), [5, null, null, null]);
  });

  it('with lines that nobody can read, or of a later version, leave the others good', async () => {
    const { place, subset } = await placed();
    pull(place, 'bob', 'aaaaaaaa', [pulled(subset, 0, 'id-91', 7)]);
    const [file = ''] = labelFiles(place.annotations);
    appendFileSync(file, '<<<<<<< HEAD\n{"v":2,"kind":"score","id":"x"}\n{"v":1,"kind":"wink","id":"y"}\n');
    appendFileSync(file, `${encodeEvent(pulled(subset, 1, 'id-92', 7))}{"v":1,"kind":"sco`);
    const ada = await windowOf(place);
    assert.deepEqual(await progressOf(ada), ['ada 0/4', 'bob 2/4']);
    assert.ok((await ada.ask('ready')).problems > 0);
  });

  it('of a slot with another item than the manifest’s count for no slot', async () => {
    const { place, subset } = await placed();
    const other = subset.manifest.items[3]?.item;
    pull(place, 'ada', 'aaaaaaaa', [pulled(subset, 0, 'id-91', 7, { rater: 'ada', item: { ...other } })]);
    const ada = await windowOf(place);
    assert.deepEqual([await valuesOf(ada), await progressOf(ada)], [[null, null, null, null], ['ada 0/4']]);
  });

  it('that say the rater had seen the judge before make what was labelled here count as seen', async () => {
    const { place, subset } = await placed();
    const ada = await windowOf(place);
    await ada.ask('label', score(0));
    await ada.ask('label', score(1));
    const seen = (id: string, item: object): LabelEvent =>
      ({
        ...pulled(subset, 0, id, 0),
        rater: 'ada',
        kind: 'exposed',
        scope: 'item',
        what: 'judge',
        item,
      }) as LabelEvent;
    pull(place, 'ada', 'aaaaaaaa', [seen('id-000000', { ...subset.manifest.items[0]?.item })]);
    await ada.session.reloadLabels();
    assert.deepEqual(
      [0, 1].map(slot => labelsIn(ada, subset, slot).judgeVisible),
      [true, false],
    );
  });
});

describe('two windows of one rater on one subset', () => {
  it('take in each other’s labels and go on past them', async () => {
    const { place } = await placed();
    const [one, two] = [await windowOf(place), await windowOf(place)];
    await one.ask('label', score(0, 1));
    await two.ask('label', score(1, 2));
    await one.session.reloadLabels();
    await two.session.reloadLabels();
    for (const h of [one, two]) {
      assert.deepEqual(await valuesOf(h), [1, 2, null, null]);
      assert.equal((await h.ask('item', { ordinal: 0 })).nav.nextOpen, 2);
    }
    assert.equal((await two.ask('label', score(0, 9))).phase, 'revision');
  });

  it('give one first between them: the lowest id; the other is a competing one', async () => {
    const { place, subset } = await placed();
    const [one, two] = [await windowOf(place), await windowOf(place)];
    await two.ask('label', score(0, 8));
    await one.ask('label', score(0, 3));
    for (const h of [one, two]) {
      await h.session.reloadLabels();
      const { first, current, competing } = labelsIn(h, subset, 0);
      assert.deepEqual([first?.id, current?.id, competing], ['id-000001', 'id-000002', 1]);
      assert.deepEqual(await progressOf(h), ['ada 1/4']);
    }
  });

  it('finish it together: what one had left is done by the other', async () => {
    const { place } = await placed();
    const [one, two] = [await windowOf(place), await windowOf(place)];
    for (const ordinal of [0, 1]) await one.ask('label', score(ordinal));
    for (const ordinal of [2, 3]) await two.ask('label', score(ordinal));
    assert.match(await one.refusal('judge', { show: true, confirmed: false }), /2 of 4 to go/);
    await one.session.reloadLabels();
    assert.equal(one.states.at(-1)?.subset?.complete, true);
    await one.ask('judge', { show: true, confirmed: false });
    assert.ok((await one.ask('item', { ordinal: 3 })).shown);
  });

  it('a label undone in one ends the reveal in the other', async () => {
    const { place } = await placed();
    const [one, two] = [await windowOf(place), await windowOf(place)];
    await one.ask('label', score(0));
    for (const ordinal of [1, 2, 3]) await two.ask('label', score(ordinal));
    await one.session.reloadLabels();
    await one.ask('judge', { show: true, confirmed: false });
    await two.session.reloadLabels();
    await two.ask('undo');
    await one.session.reloadLabels();
    assert.deepEqual([one.states.at(-1)?.judge, one.states.at(-1)?.subset?.complete], ['hidden', false]);
    assert.equal((await one.ask('item', { ordinal: 0 })).shown, undefined);
    assert.equal((await one.ask('label', score(3))).phase, 'revision');
  });

  it('a first that is undone in one leaves what the other said of the slot as its first', async () => {
    const { place, subset } = await placed();
    const [one, two] = [await windowOf(place), await windowOf(place)];
    await one.ask('label', score(0, 3));
    await two.session.reloadLabels();
    assert.equal((await two.ask('label', score(0, 7))).phase, 'revision');
    await one.ask('undo');
    for (const h of [one, two]) {
      await h.session.reloadLabels();
      const { first, current, judgeVisible, nextPhase } = labelsIn(h, subset, 0);
      assert.deepEqual(
        [first?.id, current?.id, judgeVisible, nextPhase],
        ['id-000002', 'id-000002', false, 'revision'],
      );
      assert.deepEqual([await progressOf(h), (await valuesOf(h))[0]], [['ada 1/4'], 7]);
    }
    await one.ask('redo');
    assert.equal(labelsIn(one, subset, 0).first?.id, 'id-000001');
    // On the disk all is kept.
    assert.equal(eventsOnDisk(place.annotations).length, 4);
  });
});
