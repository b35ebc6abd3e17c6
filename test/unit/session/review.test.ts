import assert from 'node:assert/strict';
import { causeCodes } from '../../../src/core/labels/labelEvent';
import { everyDisagreement } from '../../../src/host/session/disagreements';
import type { ItemView } from '../../../src/protocol/itemView';
import { eventsOnDisk, labelFiles, openAt, placeOf, rolloutLine, textOf } from './harness';
import type { Harness, Place } from './harness';
import { subsetAt } from './manifests';
import type { SubsetShape } from './manifests';
import { tableOf } from './tables';

const text = textOf(rolloutLine('a', { judge: [2, 7] }), rolloutLine('b', { judge: [4, 9] }));
const score = (ordinal: number, value: number | 'cannot') => ({ ordinal, value, elapsedMs: 1000 });

async function placed(shape: Partial<SubsetShape> = {}): Promise<Place> {
  const place = placeOf(text);
  await subsetAt(place, { slots: ['a 1', 'b 1', 'a 2'], ...shape });
  return place;
}
const windowOf = (place: Place, rater = 'ada') => openAt(place, { subset: 'val', rater });

/** A window whose rater gave these scores and then asked for the judge. */
async function revealed(place: Place, rater = 'ada', values: readonly (number | 'cannot')[] = [3, 4, 5]) {
  const h = await windowOf(place, rater);
  for (const [ordinal, value] of values.entries()) await h.ask('label', score(ordinal, value));
  await h.ask('judge', { show: true, confirmed: false });
  return h;
}
const shownOf = async (h: Harness, ordinal: number): Promise<NonNullable<ItemView['shown']>> => {
  const { shown } = await h.ask('item', { ordinal });
  assert.ok(shown);
  return shown;
};
const last = (place: Place) => eventsOnDisk(place.annotations).at(-1);
const count = (place: Place, kind: string) =>
  eventsOnDisk(place.annotations).filter(event => event.kind === kind).length;

describe('after the reveal', () => {
  it('a score is a revision beside the first label, which agreement keeps', async () => {
    const h = await revealed(await placed());
    const { own, shown } = await h.ask('item', { ordinal: 0 });
    assert.deepEqual([own.value, own.first, shown?.judges[0]?.value], [3, null, 2]);
    assert.deepEqual([shown?.judges[0]?.explanation, shown?.judges[0]?.run], ['why 2', 'r1']);
    assert.equal((await h.ask('label', score(0, 2))).phase, 'revision');
    const after = await h.ask('item', { ordinal: 0 });
    assert.deepEqual([after.own.value, after.own.first], [2, 3]);
    const event = last(h.place);
    assert.deepEqual(event?.kind === 'score' && [event.phase, event.judgeVisible], ['revision', true]);
    assert.equal((await h.ask('undo'))?.what, 'score 2');
    assert.equal((await h.ask('item', { ordinal: 0 })).own.value, 3);
    // Labels of a subset are none outside it.
    assert.deepEqual((await tableOf(h)).units, []);
  });

  it('rows carry the judge’s score, and the farthest apart are first among the disagreements', async () => {
    const h = await revealed(await placed(), 'ada', [2, 'cannot', 1]);
    const { rows } = await h.ask('rows', { from: 0, count: 9 });
    assert.deepEqual(
      rows.map(({ value, judge }) => [value, judge]),
      [
        [2, 2],
        ['cannot', 4],
        [1, 7],
      ],
    );
    const apart = await h.ask('rows', { from: 0, count: 9, filter: everyDisagreement });
    assert.deepEqual([apart.total, apart.rows.map(({ ordinal }) => ordinal)], [1, [2]]);
    // A revision takes no item into the review or out of it: the first label is compared.
    await h.ask('label', score(2, 7));
    await h.ask('label', score(0, 10));
    const more = await h.ask('rows', { from: 0, count: 9, filter: everyDisagreement });
    assert.deepEqual(
      more.rows.map(({ ordinal }) => ordinal),
      [2],
    );
  });

  it('the judge can be hidden again, and is logged once', async () => {
    const h = await revealed(await placed());
    const before = count(h.place, 'exposed');
    await h.ask('judge', { show: false, confirmed: false });
    assert.equal((await h.ask('item', { ordinal: 0 })).shown, undefined);
    await h.ask('judge', { show: true, confirmed: false });
    assert.ok((await h.ask('item', { ordinal: 0 })).shown);
    assert.equal(count(h.place, 'exposed'), before);
  });
});

describe('the cause of a disagreement', () => {
  it('is set, replaced and removed, each undoable, on the label that it speaks of', async () => {
    const h = await revealed(await placed());
    const causeOf = async () => (await h.ask('item', { ordinal: 2 })).own.cause;
    const label = eventsOnDisk(h.place.annotations).filter(({ kind }) => kind === 'score')[2];
    await h.ask('cause', { ordinal: 2, code: 'judge-wrong' });
    const event = last(h.place);
    assert.ok(event?.kind === 'cause');
    assert.deepEqual(
      [event.code, event.on, event.subset?.slot, event.rater],
      ['judge-wrong', label?.id, 2, 'ada'],
    );
    assert.equal(await causeOf(), 'judge-wrong');
    await h.ask('cause', { ordinal: 2, code: 'judge-wrong' });
    assert.equal(count(h.place, 'cause'), 1);
    await h.ask('cause', { ordinal: 2, code: 'rubric-gap' });
    assert.equal(await causeOf(), 'rubric-gap');
    await h.ask('cause', { ordinal: 2, code: null });
    assert.equal(await causeOf(), null);
    await h.ask('cause', { ordinal: 2, code: null });
    assert.equal(count(h.place, 'cause'), 3);
    const seen: (string | null)[] = [];
    for (let times = 0; times < 3; times++) {
      await h.ask('undo');
      seen.push(await causeOf());
    }
    assert.deepEqual(seen, ['rubric-gap', 'judge-wrong', null]);
    await h.ask('redo');
    assert.equal(await causeOf(), 'judge-wrong');
    assert.equal((await h.ask('item', { ordinal: 0 })).own.cause, null);
  });

  it('is of a fixed list, and refused while the judge is hidden', async () => {
    const place = await placed();
    const blind = await windowOf(place);
    await blind.ask('label', score(0, 3));
    for (const code of [...causeCodes, null])
      assert.equal(await blind.refusal('cause', { ordinal: 0, code }), 'The judge is hidden.');
    assert.equal(count(place, 'cause'), 0);
    const h = await revealed(await placed());
    assert.match(await h.refusal('cause', { ordinal: 0, code: 'boredom' }), /malformed/);
    assert.match(await h.refusal('cause', { ordinal: 0, code: '' }), /malformed/);
  });

  it('in a subset that reveals after each item is given to what is shown only', async () => {
    const h = await windowOf(await placed({ reveal: 'after-item' }));
    await h.ask('label', score(0, 3));
    await h.ask('item', { ordinal: 0 });
    await h.ask('cause', { ordinal: 0, code: 'rater-slip' });
    assert.match(await h.refusal('cause', { ordinal: 2, code: 'other' }), /hidden/);
  });
});

describe('evidence', () => {
  const spans = [{ start: 0, end: 6, quote: 'Answer' }];

  it('is stored with its quote on the label, replaced as a whole, and undoable, blind or not', async () => {
    const place = await placed();
    const h = await windowOf(place);
    const evidenceOf = async () => (await h.ask('item', { ordinal: 0 })).own.evidence;
    await h.ask('evidence', { ordinal: 0, spans });
    const first = last(place);
    assert.deepEqual(first?.kind === 'evidence' && [first.on, first.spans, first.item.turn], [
      undefined,
      spans,
      1,
    ]);
    await h.ask('label', score(0, 3));
    const two = [...spans, { start: 7, end: 9, quote: '1.' }];
    await h.ask('evidence', { ordinal: 0, spans: two });
    const second = last(place);
    assert.deepEqual(second?.kind === 'evidence' && second.on, eventsOnDisk(place.annotations)[1]?.id);
    assert.deepEqual(await evidenceOf(), two);
    await h.ask('evidence', { ordinal: 0, spans: [] });
    assert.deepEqual(await evidenceOf(), []);
    await h.ask('undo');
    assert.deepEqual(await evidenceOf(), two);
    await h.ask('undo');
    assert.deepEqual(await evidenceOf(), spans);
    await h.ask('redo');
    assert.deepEqual(await evidenceOf(), two);
    assert.equal((await h.ask('ready')).subset?.labelled, 1);
  });

  const refused: readonly (readonly [string, readonly { start: number; end: number; quote: string }[]])[] = [
    ['another quote', [{ start: 0, end: 6, quote: 'answer' }]],
    ['past the end', [{ start: 5, end: 10, quote: 'r 1.' }]],
    ['nothing', [{ start: 3, end: 3, quote: '' }]],
    ['two that overlap', [...spans, { start: 4, end: 6, quote: 'er' }]],
  ];
  for (const [what, wrong] of refused) {
    it(`of ${what} is refused, and what was there stays`, async () => {
      const h = await windowOf(await placed());
      await h.ask('evidence', { ordinal: 0, spans });
      assert.match(await h.refusal('evidence', { ordinal: 0, spans: wrong }), /\.$/);
      assert.deepEqual((await h.ask('item', { ordinal: 0 })).own.evidence, spans);
      assert.equal(count(h.place, 'evidence'), 1);
    });
  }
});

describe('the other raters’ labels', () => {
  const shared = ['a 1', 'b 1', 'a 2'].map(at => ({ at, raters: ['ada', 'bob', 'cy'] }));

  it('are shown once all who are asked have labelled the item, with the number that is waited for', async () => {
    const place = await placed({ slots: shared });
    const bob = await revealed(place, 'bob', [6, 'cannot', 8]);
    await bob.ask('note', { ordinal: 0, text: 'seems cross' });
    const ada = await revealed(place);
    const before = await shownOf(ada, 0);
    assert.deepEqual([before.others, before.waiting], [[], 1]);
    const cy = await windowOf(place, 'cy');
    await cy.ask('label', score(0, 1));
    await ada.session.reloadLabels();
    const after = await shownOf(ada, 0);
    assert.equal(after.waiting, 0);
    assert.deepEqual(after.others, [
      { rater: 'bob', value: 6, note: 'seems cross', judgeVisible: false },
      { rater: 'cy', value: 1, note: '', judgeVisible: false },
    ]);
    assert.deepEqual((await shownOf(ada, 1)).others, []);
  });

  it('of one who skipped the item are not waited for', async () => {
    const place = await placed({ slots: shared });
    await revealed(place, 'bob');
    const cy = await windowOf(place, 'cy');
    await cy.ask('skip', { ordinal: 0 });
    const { others, waiting } = await shownOf(await revealed(place), 0);
    assert.deepEqual([others.map(({ rater, value }) => [rater, value]), waiting], [[['bob', 3]], 0]);
  });

  it('are waited for from whoever has begun, where the manifest names nobody', async () => {
    const place = await placed();
    const bob = await windowOf(place, 'bob');
    await bob.ask('label', score(1, 6));
    const ada = await revealed(place);
    assert.deepEqual([(await shownOf(ada, 0)).waiting, (await shownOf(ada, 1)).waiting], [1, 0]);
    assert.deepEqual(
      (await shownOf(ada, 1)).others.map(({ value }) => value),
      [6],
    );
  });

  it('move no item among the disagreements before they are shown', async () => {
    const place = await placed({ slots: shared });
    const bob = await windowOf(place, 'bob');
    await bob.ask('label', score(0, 10));
    // What the judge gave: 2, 4, 7.
    const ada = await revealed(place, 'ada', [2, 4, 7]);
    assert.equal((await ada.ask('rows', { from: 0, count: 9, filter: everyDisagreement })).total, 0);
    const cy = await windowOf(place, 'cy');
    await cy.ask('label', score(0, 2));
    await ada.session.reloadLabels();
    const { rows } = await ada.ask('rows', { from: 0, count: 9, filter: everyDisagreement });
    assert.deepEqual(
      rows.map(({ ordinal }) => ordinal),
      [0],
    );
  });

  it('that were undone are gone', async () => {
    const place = await placed({ slots: shared.map(slot => ({ ...slot, raters: ['ada', 'bob'] })) });
    const bob = await windowOf(place, 'bob');
    await bob.ask('label', score(0, 6));
    await bob.ask('undo');
    const { others, waiting } = await shownOf(await revealed(place), 0);
    assert.deepEqual([others, waiting], [[], 1]);
  });
});

describe('a consensus', () => {
  it('is a label of its own rater: what it settles, who stored it, with the judge seen', async () => {
    const place = await placed();
    const bob = await windowOf(place, 'bob');
    await bob.ask('label', score(0, 8));
    await bob.ask('label', score(0, 7));
    const ada = await revealed(place);
    assert.equal((await shownOf(ada, 0)).consensus, null);
    await ada.ask('consensus', { ordinal: 0, value: 5 });
    const events = eventsOnDisk(place.annotations);
    const event = events.at(-1);
    assert.ok(event?.kind === 'score');
    const idOf = (rater: string, value: number) =>
      events.find(each => each.kind === 'score' && each.rater === rater && each.value === value)?.id;
    assert.deepEqual(
      [event.rater, event.value, event.by, event.from, event.judgeVisible, event.phase, event.subset?.slot],
      ['consensus', 5, 'ada', [idOf('ada', 3), idOf('bob', 7)], true, 'first', 0],
    );
    assert.equal(labelFiles(place.annotations).filter(file => file.includes('/labels/consensus/')).length, 1);
    assert.deepEqual((await shownOf(ada, 0)).consensus, { value: 5, by: 'ada' });
    const { own, shown } = await ada.ask('item', { ordinal: 0 });
    assert.deepEqual([own.value, own.first, shown?.others.map(({ rater }) => rater)], [3, null, ['bob']]);
    assert.ok(!(await ada.ask('ready')).subset?.raters.some(({ rater }) => rater === 'consensus'));
  });

  it('is revised, undone and redone as consensus, and leaves everyone’s own labels alone', async () => {
    const ada = await revealed(await placed());
    const consensus = async () => (await shownOf(ada, 0)).consensus?.value ?? null;
    await ada.ask('consensus', { ordinal: 0, value: 5 });
    await ada.ask('consensus', { ordinal: 0, value: 'cannot' });
    const event = last(ada.place);
    assert.deepEqual(event?.kind === 'cannot-assess' && [event.phase, event.rater], [
      'revision',
      'consensus',
    ]);
    assert.equal(await consensus(), 'cannot');
    assert.deepEqual(await ada.ask('undo'), {
      criterion: 'frustration',
      subset: 'val',
      ordinal: 0,
      what: 'consensus cannot assess',
    });
    const retract = last(ada.place);
    assert.deepEqual(retract?.kind === 'retract' && [retract.rater, retract.target], [
      'consensus',
      event?.id,
    ]);
    assert.equal(await consensus(), 5);
    await ada.ask('undo');
    assert.equal(await consensus(), null);
    await ada.ask('redo');
    assert.equal(await consensus(), 5);
    assert.equal((await ada.ask('item', { ordinal: 0 })).own.value, 3);
  });

  it('is refused while the judge is hidden, off the scale, and where nobody has labelled', async () => {
    const place = await placed({ slots: ['a 1', 'b 1'] });
    const ada = await windowOf(place);
    await ada.ask('label', score(0, 3));
    assert.equal(await ada.refusal('consensus', { ordinal: 0, value: 3 }), 'The judge is hidden.');
    await ada.ask('skip', { ordinal: 1 });
    await ada.ask('judge', { show: true, confirmed: false });
    assert.match(await ada.refusal('consensus', { ordinal: 0, value: 11 }), /off the scale/);
    assert.match(await ada.refusal('consensus', { ordinal: 0, value: 2.5 }), /off the scale/);
    assert.match(await ada.refusal('consensus', { ordinal: 1, value: 3 }), /nothing to settle/);
    assert.ok(eventsOnDisk(place.annotations).every(({ rater }) => rater === 'ada'));
  });

  it('in another slot or subset is another one', async () => {
    const place = await placed();
    await subsetAt(place, { name: 'other', slots: ['a 1'] });
    const ada = await openAt(place, { subset: 'val' });
    for (let ordinal = 0; ordinal < ada.session.queue('frustration', 'val').count; ordinal++)
      await ada.ask('label', score(ordinal, 4));
    // The other subset has an item of this one, which is not labelled there.
    const { confirm } = await ada.ask('judge', { show: true, confirmed: false });
    assert.match(confirm ?? '', /^The judge of 1 item of other, which you have not labelled there yet/);
    await ada.ask('judge', { show: true, confirmed: true });
    await ada.ask('consensus', { ordinal: 0, value: 5 });
    await ada.ask('list', { criterion: 'frustration', subset: 'other' });
    await ada.ask('label', score(0, 3));
    await ada.ask('judge', { show: true, confirmed: false });
    assert.equal((await shownOf(ada, 0)).consensus, null);
  });
});
