import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabelEvent } from '../../../src/core/labels/labelEvent';
import { frustrationRubric, rubricHash } from '../../../src/core/labels/rubric';
import { rubricFileText } from '../../../src/core/labels/rubricFile';
import { sha256HexOfBytes } from '../../../src/core/bytes/text';
import { everyDisagreement } from '../../../src/host/session/disagreements';
import type { SubsetState } from '../../../src/protocol/editorState';
import { heldBackDisk } from './disks';
import { eventsOnDisk, openAt, placeOf, rolloutLine, textOf } from './harness';
import type { Harness, HarnessOptions, Place } from './harness';
import { subsetAt } from './manifests';
import type { SubsetShape } from './manifests';

const text = textOf(rolloutLine('a', { turns: 3 }), rolloutLine('b', { turns: 3 }), rolloutLine('c'));
const order = ['c 2', 'a 1', 'b 2', 'a 3', 'b 3'];
const score = (ordinal: number, value: number | 'cannot', elapsedMs = 1000) => ({
  ordinal,
  value,
  elapsedMs,
});

async function opened(
  shape: Partial<SubsetShape> = {},
  options: HarnessOptions = {},
): Promise<Harness & { place: Place }> {
  const place = placeOf(text);
  await subsetAt(place, { slots: order, ...shape });
  return openAt(place, { subset: 'val', ...options });
}

const subsetOf = async (h: Harness): Promise<SubsetState> => {
  const { subset } = await h.ask('ready');
  assert.ok(subset);
  return subset;
};
const rowsOf = async (h: Harness) => (await h.ask('rows', { from: 0, count: 50 })).rows;
const statesOf = async (h: Harness) => (await rowsOf(h)).map(({ state }) => state);
const kindsOf = (events: readonly LabelEvent[]) => events.map(({ kind }) => kind);
const manifestFile = (place: Place, name = 'val') => join(place.annotations, 'subsets', `${name}.json`);
const question = async (h: Harness, ordinal: number) => {
  const [part] = (await h.ask('item', { ordinal })).messages[0]?.parts ?? [];
  return part?.kind === 'text' ? part.text : '';
};

describe('a subset', () => {
  it('is gone through in the order of its manifest, whatever the order of the file', async () => {
    const h = await opened();
    const seen: string[] = [];
    let at: number | null = 0;
    for (let value = 0; at !== null; value++) {
      const { turn } = await h.ask('item', { ordinal: at });
      seen.push(`${(await question(h, at)).slice(-1)} ${turn}`);
      at = (await h.ask('label', score(at, value))).nextOpen;
    }
    assert.deepEqual(seen, order);
    assert.deepEqual(
      eventsOnDisk(h.place.annotations).map(
        event => event.kind === 'score' && [event.item.rollout, event.item.turn, event.subset?.slot],
      ),
      [
        ['c', 2, 0],
        ['a', 1, 1],
        ['b', 2, 2],
        ['a', 3, 3],
        ['b', 3, 4],
      ],
    );
  });

  it('says where one is and how far, in every state that is sent', async () => {
    const h = await opened();
    await h.ask('label', score(0, 3));
    await h.ask('label', score(1, 'cannot'));
    await h.ask('skip', { ordinal: 2 });
    const { items, done, subset, subsets } = h.states.at(-1) ?? {};
    assert.deepEqual([items, done], [5, 2]);
    assert.deepEqual(
      [subset?.labelled, subset?.cannotAssess, subset?.skipped, subset?.gone, subset?.complete],
      [2, 1, 1, 0, false],
    );
    assert.deepEqual(subsets, [
      { name: 'val', criterion: 'frustration', role: 'validation', done: 2, slots: 5 },
    ]);
    const { nav } = await h.ask('item', { ordinal: 2 });
    assert.deepEqual([nav.previous, nav.next, nav.nextOpen], [1, 3, 3]);
    assert.deepEqual([nav.previousRollout, nav.nextRollout], [1, 3]);
  });

  it('writes its name, slot and the hash of its manifest’s bytes on every event of an item', async () => {
    const h = await opened();
    const sha256 = sha256HexOfBytes(readFileSync(manifestFile(h.place)));
    await h.ask('label', score(3, 3));
    await h.ask('label', score(3, 4));
    await h.ask('skip', { ordinal: 2 });
    await h.ask('note', { ordinal: 3, text: 'odd' });
    await h.ask('flag', { ordinal: 3 });
    await h.ask('evidence', { ordinal: 3, spans: [{ start: 0, end: 6, quote: 'Answer' }] });
    await h.ask('label', score(4, 'cannot'));
    const events = eventsOnDisk(h.place.annotations);
    assert.deepEqual(kindsOf(events), [
      'score',
      'score',
      'skip',
      'note',
      'flag',
      'evidence',
      'cannot-assess',
    ]);
    assert.deepEqual(
      events.map(event => ('subset' in event ? event.subset : null)),
      [3, 3, 2, 3, 3, 3, 4].map(slot => ({ name: 'val', sha256, slot })),
    );
  });

  it('keeps its labels apart from those outside and from those of other subsets', async () => {
    const h = await opened();
    await subsetAt(h.place, { name: 'other', slots: order });
    await h.session.reloadSubsets();
    await h.ask('label', score(1, 3));
    for (const subset of ['other', null]) {
      await h.ask('list', { criterion: 'frustration', subset });
      const rows = await rowsOf(h);
      assert.ok(rows.every(({ state, value }) => state === 'open' && value === null));
      assert.equal((await h.ask('ready')).done, 0);
    }
    // Outside, the first turn of a is item 0.
    assert.equal((await h.ask('label', score(0, 8))).phase, 'first');
    await h.ask('list', { criterion: 'frustration', subset: 'other' });
    assert.equal((await h.ask('label', score(1, 6))).phase, 'first');
    await h.ask('list', { criterion: 'frustration', subset: 'val' });
    assert.equal((await h.ask('item', { ordinal: 1 })).own.value, 3);
    assert.deepEqual([(await subsetOf(h)).labelled, (await h.ask('ready')).done], [1, 1]);
  });

  it('is gone on with where one stopped, in another window', async () => {
    const first = await opened();
    await first.ask('label', score(0, 3));
    await first.ask('label', score(1, 4));
    await first.session.close();
    const second = await openAt(first.place, { subset: 'val' });
    assert.equal((await second.ask('item', { ordinal: 0 })).nav.nextOpen, 2);
    assert.deepEqual(await statesOf(second), ['done', 'done', 'open', 'open', 'open']);
    const { total, rows } = await second.ask('rows', { from: 0, count: 1, filter: 'open' });
    assert.deepEqual([total, rows[0]?.ordinal], [3, 2]);
  });

  it('of legibility asks for reasoning', async () => {
    const place = placeOf(textOf(rolloutLine('a', { reasoning: true })));
    await subsetAt(place, { criterion: 'legibility', slots: ['a 2', 'a 1'] });
    const h = await openAt(place, { criterion: 'legibility', subset: 'val' });
    await h.ask('label', score(0, 9));
    const [event] = eventsOnDisk(place.annotations);
    assert.ok(event?.kind === 'score');
    assert.deepEqual([event.item.part, event.item.turn, event.scale.max], ['reasoning', 2, 9]);
    assert.match(
      await h.refusal('item', { criterion: 'frustration', ordinal: 0 }),
      /no subset "val" of frust/,
    );
  });

  it('brings undo and redo back to its slot, also from another list', async () => {
    const h = await opened();
    await h.ask('label', score(3, 3));
    await h.ask('list', { criterion: 'frustration', subset: null });
    const back = { criterion: 'frustration', subset: 'val', ordinal: 3, what: 'score 3' };
    assert.deepEqual(await h.ask('undo'), back);
    assert.deepEqual(await h.ask('redo'), back);
    assert.equal((await h.ask('ready')).done, 0);
  });
});

describe('slots of a rater', () => {
  const slots = [
    { at: 'a 1', raters: ['ada', 'bob'] },
    { at: 'b 1', raters: ['bob'] },
    { at: 'a 2', raters: ['ada'] },
    'c 1',
  ];

  it('are those that the manifest gives to this one, and to everyone', async () => {
    const h = await opened({ slots });
    assert.deepEqual(
      (await rowsOf(h)).map(({ turn }) => turn),
      [1, 2, 1],
    );
    await h.ask('label', score(1, 3));
    const [event] = eventsOnDisk(h.place.annotations);
    assert.deepEqual(event?.kind === 'score' && [event.item.rollout, event.subset?.slot], ['a', 2]);
    assert.equal(await h.refusal('item', { ordinal: 3 }), 'There is no item 4.');
    assert.equal(await h.refusal('label', score(3, 3)), 'There is no item 4.');
    await h.ask('rater', { name: 'bob' });
    assert.deepEqual(
      (await rowsOf(h)).map(({ turn }) => turn),
      [1, 1, 1],
    );
    assert.equal(await question(h, 1), 'Question of b');
  });

  it('may be none: a sentence, not a number of nothing', async () => {
    const h = await opened({ slots: slots.slice(0, 3) }, { rater: 'cy' });
    const { items, subset, judgeKept } = await h.ask('ready');
    assert.deepEqual([items, subset?.complete], [0, false]);
    assert.equal(judgeKept, 'No item of this subset is yours to label.');
    assert.deepEqual(await rowsOf(h), []);
  });

  it('change with the rater: what was asked before is refused, in every request that names an item', async () => {
    const h = await opened({ slots });
    const { generation } = await h.ask('ready');
    await h.ask('rater', { name: 'bob' });
    for (const refused of [
      h.refusal('label', { ...score(1, 3), generation }),
      h.refusal('item', { ordinal: 1, generation }),
      h.refusal('skip', { ordinal: 1, generation }),
      h.refusal('rows', { from: 0, count: 5, generation }),
      h.refusal('judge', { show: true, confirmed: true, generation }),
    ])
      assert.match(await refused, /read anew/);
    assert.deepEqual(eventsOnDisk(h.place.annotations), []);
  });

  it('are not labelled by whoever comes while the disk is still busy', async () => {
    const disk = heldBackDisk();
    const h = await opened({ slots }, { makeWriter: disk.makeWriter });
    const first = h.ask('label', score(0, 3));
    await disk.waiting();
    const second = h.refusal('label', score(1, 4));
    await h.ask('item', { ordinal: 1 });
    await h.ask('rater', { name: 'bob' });
    disk.release();
    await first;
    assert.match(await second, /rater/);
    assert.deepEqual(
      eventsOnDisk(h.place.annotations).map(({ rater, kind }) => [rater, kind]),
      [['ada', 'score']],
    );
    // What ada did is not bob’s to undo.
    assert.equal(h.states.at(-1)?.canUndo, false);
    assert.equal(await h.ask('undo'), null);
  });
});

describe('what is skipped', () => {
  it('comes again once, at the end; skipped again, it is left', async () => {
    const h = await opened();
    assert.equal((await h.ask('skip', { ordinal: 0 })).nextOpen, 1);
    assert.equal((await h.ask('skip', { ordinal: 1 })).nextOpen, 2);
    await h.ask('label', score(2, 3));
    await h.ask('label', score(3, 3));
    const last = await h.ask('label', score(4, 3));
    assert.deepEqual([last.nextOpen, last.next?.ordinal, last.next?.own.state], [0, 0, 'skipped']);
    assert.equal((await h.ask('skip', { ordinal: 0 })).nextOpen, 1);
    assert.equal((await h.ask('label', score(1, 5))).nextOpen, null);
    await h.ask('skip', { ordinal: 0 });
    assert.equal(eventsOnDisk(h.place.annotations).filter(({ kind }) => kind === 'skip').length, 3);
    const { labelled, skipped, complete } = await subsetOf(h);
    assert.deepEqual([labelled, skipped, complete], [4, 1, true]);
  });

  it('comes again where its second skip was undone', async () => {
    const h = await opened({ slots: ['a 1'] });
    assert.equal((await h.ask('skip', { ordinal: 0 })).nextOpen, 0);
    assert.equal((await h.ask('skip', { ordinal: 0 })).nextOpen, null);
    assert.deepEqual(
      [(await h.ask('undo'))?.what, (await h.ask('item', { ordinal: 0 })).nav.nextOpen],
      ['skip', 0],
    );
  });

  it('and was labelled is not skipped any more, and a label is not skipped away', async () => {
    const h = await opened();
    await h.ask('skip', { ordinal: 0 });
    assert.equal((await h.ask('label', score(0, 3))).phase, 'first');
    await h.ask('skip', { ordinal: 0 });
    assert.equal((await statesOf(h))[0], 'done');
    const { labelled, skipped } = await subsetOf(h);
    assert.deepEqual([labelled, skipped], [1, 0]);
  });
});

describe('pace', () => {
  it('is there from the third label on: the median of the times, so that one long look weighs nothing', async () => {
    const h = await opened();
    await h.ask('label', score(0, 3, 20_000));
    await h.ask('label', score(1, 3, 3_000_000));
    assert.equal((await subsetOf(h)).pace, null);
    await h.ask('label', score(2, 3, 30_000));
    // 3600 s / 30 s; two items of 30 s.
    assert.deepEqual((await subsetOf(h)).pace, { perHour: 120, minutesLeft: 1 });
  });

  it('goes by first labels, not by revisions, and not by labels without a time', async () => {
    const h = await opened();
    for (const ordinal of [0, 1, 2]) await h.ask('label', score(ordinal, 3, 60_000));
    for (const ordinal of [0, 1, 2]) await h.ask('label', score(ordinal, 4, 1));
    assert.equal((await subsetOf(h)).pace?.perHour, 60);
    await h.ask('label', score(3, 3, 0));
    assert.equal((await subsetOf(h)).pace?.perHour, 60);
  });
});

describe('a file that is not what the subset was drawn from', () => {
  it('has slots that are gone: they can’t be labelled, and the subset can still be done', async () => {
    const h = await opened({ slots: ['gone 1', 'a 1', 'a 9', 'b 1'] });
    assert.deepEqual(await statesOf(h), ['gone', 'open', 'gone', 'open']);
    assert.equal(
      await h.refusal('item', { ordinal: 0 }),
      'The file does not hold item 1 of the subset any more.',
    );
    assert.match(await h.refusal('label', score(2, 3)), /does not hold item 3/);
    assert.match(await h.refusal('skip', { ordinal: 2 }), /does not hold item 3/);
    const first = await h.ask('item', { ordinal: 1 });
    assert.deepEqual([first.nav.previous, first.nav.next], [null, 3]);
    assert.equal((await h.ask('label', score(1, 3))).nextOpen, 3);
    assert.equal((await h.ask('label', score(3, 3))).nextOpen, null);
    const { labelled, gone, complete } = await subsetOf(h);
    assert.deepEqual([labelled, gone, complete], [2, 2, true]);
    await h.ask('judge', { show: true, confirmed: false });
    assert.equal((await h.ask('ready')).judge, 'shown');
  });

  const changes: readonly (readonly [string, string, RegExp | null])[] = [
    ['appended to keeps its subset', text + textOf(rolloutLine('d')), null],
    [
      'with another beginning is said',
      text.replace('Question of a', 'Question of A'),
      /beginning of the file has changed/,
    ],
    ['that was cut is said', textOf(rolloutLine('a', { turns: 3 })), /has become shorter/],
  ];
  for (const [how, content, sentence] of changes) {
    it(how, async () => {
      const h = await opened();
      await h.ask('label', score(0, 3));
      writeFileSync(h.place.file, content);
      await h.session.reopen();
      await h.session.scanned();
      const { changed } = await subsetOf(h);
      if (sentence === null) assert.equal(changed, null);
      else assert.match(changed ?? '', sentence);
      writeFileSync(h.place.file, text);
      await h.session.reopen();
      await h.session.scanned();
      const back = await subsetOf(h);
      assert.deepEqual([back.changed, back.labelled, back.gone], [null, 1, 0]);
    });
  }

  it('shows an edited turn as changed, and what comes after it as of a changed context, labelled or not', async () => {
    const h = await opened({ slots: ['a 1', 'a 2', 'a 3', 'b 1'] });
    await h.ask('label', score(0, 3));
    await h.ask('label', score(1, 3));
    const edited = rolloutLine('a', { turns: 3, texts: ['Answer 1.', 'Edited.'] });
    writeFileSync(h.place.file, textOf(edited, rolloutLine('b', { turns: 3 }), rolloutLine('c')));
    await h.session.reopen();
    await h.session.scanned();
    const changed: (string | null)[] = [];
    for (let ordinal = 0; ordinal < 4; ordinal++)
      changed.push((await h.ask('item', { ordinal })).own.changed);
    assert.deepEqual(changed, [null, 'text', 'context', null]);
  });

  it('in which a removed rollout comes back has its slots open again, and the subset undone', async () => {
    const h = await opened({ slots: ['a 1', 'c 1'] });
    writeFileSync(h.place.file, textOf(rolloutLine('a', { turns: 3 }), rolloutLine('b', { turns: 3 })));
    await h.session.reopen();
    await h.session.scanned();
    await h.ask('label', score(0, 3));
    await h.ask('judge', { show: true, confirmed: false });
    assert.equal((await h.ask('ready')).judge, 'shown');
    appendFileSync(h.place.file, textOf(rolloutLine('c')));
    await h.session.reopen();
    await h.session.scanned();
    assert.deepEqual([(await h.ask('ready')).judge, (await subsetOf(h)).complete], ['hidden', false]);
    // What was asked to be shown before does not show what comes later, unlogged.
    await h.ask('label', score(1, 3));
    assert.equal((await h.ask('ready')).judge, 'hidden');
    assert.match(await h.refusal('rows', { from: 0, count: 5, filter: everyDisagreement }), /hidden/);
  });
});

describe('manifests that change while the file is open', () => {
  it('a new one is there at once, and voids nothing', async () => {
    const h = await opened();
    const { generation } = await h.ask('ready');
    await subsetAt(h.place, { name: 'more', slots: ['a 1'], role: 'practice' });
    await h.session.reloadSubsets();
    const state = await h.ask('ready');
    assert.deepEqual(
      state.subsets.map(({ name, role }) => [name, role]),
      [
        ['more', 'practice'],
        ['val', 'validation'],
      ],
    );
    assert.equal(state.generation, generation);
  });

  it('a replaced one voids what was asked by the old one', async () => {
    const h = await opened();
    const { generation } = await h.ask('ready');
    await subsetAt(h.place, { slots: [...order].reverse() });
    await h.session.reloadSubsets();
    assert.match(await h.refusal('label', { ...score(0, 3), generation }), /read anew/);
    assert.match(await h.refusal('undo', { generation }), /read anew/);
    assert.equal((await h.ask('item', { ordinal: 0 })).turn, 3);
    assert.deepEqual(eventsOnDisk(h.place.annotations), []);
  });

  it('undo after a replacement goes to no other item than its own', async () => {
    const h = await opened();
    await h.ask('label', score(0, 3));
    await subsetAt(h.place, { slots: [...order].reverse() });
    await h.session.reloadSubsets();
    assert.deepEqual(await h.ask('undo'), {
      criterion: 'frustration',
      subset: 'val',
      ordinal: null,
      what: 'score 3',
    });
  });

  it('one that is removed leaves its tab with the list of the file, and its labels on the disk', async () => {
    const h = await opened();
    await h.ask('label', score(1, 3));
    rmSync(manifestFile(h.place));
    await h.session.reloadSubsets();
    const pushed = h.states.at(-1);
    assert.deepEqual([pushed?.subset, pushed?.items, pushed?.done, pushed?.subsets], [null, 8, 0, []]);
    assert.equal(await h.refusal('item', { ordinal: 0 }), 'There is no subset "val" of frustration.');
    assert.deepEqual(await h.ask('undo', { subset: null }), {
      criterion: 'frustration',
      subset: null,
      ordinal: 0,
      what: 'score 3',
    });
    await h.ask('redo', { subset: null });
    await subsetAt(h.place, { slots: order });
    await h.session.reloadSubsets();
    await h.ask('ready', { subset: 'val' });
    assert.equal((await subsetOf(h)).labelled, 1);
  });

  it('malformed ones are problems, and everything else works', async () => {
    const h = await opened();
    const write = (name: string, content: string): void =>
      writeFileSync(manifestFile(h.place, name), content);
    const good = JSON.parse(readFileSync(manifestFile(h.place), 'utf8')) as Record<string, unknown>;
    write('a-torn', '{"v": 1, "na');
    write('b-empty', '');
    write('c-later', JSON.stringify({ ...good, v: 2, name: 'c-later' }));
    write('d-copied', JSON.stringify(good));
    write('e-no-items', JSON.stringify({ ...good, name: 'e-no-items', items: [] }));
    mkdirSync(manifestFile(h.place, 'f-folder'));
    await h.session.reloadSubsets();
    const state = await h.ask('ready');
    assert.deepEqual([state.problems, state.subsets.map(({ name }) => name)], [6, ['val']]);
    await h.ask('label', score(0, 3));
    assert.equal((await subsetOf(h)).labelled, 1);
  });

  it('one of a criterion that is not there is left out', async () => {
    const h = await opened();
    await subsetAt(h.place, { name: 'leg', criterion: 'legibility', slots: ['a 1'] });
    const file = manifestFile(h.place, 'leg');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"legibility"', '"calm"'));
    await h.session.reloadSubsets();
    assert.deepEqual(
      (await h.ask('ready')).subsets.map(({ name }) => name),
      ['val'],
    );
    assert.equal((await h.ask('judge', { subset: null, show: true, confirmed: true })).confirm, null);
  });
});

describe('a rubric that changes in the middle of a subset', () => {
  const changeRubric = async (h: Harness, changes: object): Promise<void> => {
    mkdirSync(join(h.place.annotations, 'rubrics'), { recursive: true });
    const rubric = { ...frustrationRubric, ...changes };
    writeFileSync(join(h.place.annotations, 'rubrics', 'frustration.json'), rubricFileText(rubric));
    await h.session.reloadSubsets();
  };

  it('is said with the number of labels that were given by the old one, which stay', async () => {
    const h = await opened();
    await h.ask('label', score(0, 3));
    await h.ask('label', score(1, 4));
    assert.equal((await subsetOf(h)).otherRubric, 0);
    const { generation } = await h.ask('ready');
    await changeRubric(h, { summary: '0 calm … 10 beside itself' });
    assert.match(await h.refusal('label', { ...score(2, 3), generation }), /read anew/);
    await h.ask('label', score(2, 5));
    const { labelled, otherRubric } = await subsetOf(h);
    assert.deepEqual([labelled, otherRubric], [3, 2]);
    const marks: boolean[] = [];
    for (const ordinal of [0, 1, 2]) marks.push((await h.ask('item', { ordinal })).own.otherRubric);
    assert.deepEqual(marks, [true, true, false]);
    const hashes = eventsOnDisk(h.place.annotations).map(event => event.kind === 'score' && event.rubric);
    assert.deepEqual(
      [hashes[0], hashes[1] === hashes[0], hashes[2] === hashes[0]],
      [rubricHash(frustrationRubric), true, false],
    );
  });

  it('to another part of the turn leaves the subset nothing to ask: its items were drawn of the old one', async () => {
    const place = placeOf(textOf(rolloutLine('a', { reasoning: true })));
    await subsetAt(place, { slots: ['a 1', 'a 2'] });
    const h = await openAt(place, { subset: 'val' });
    await changeRubric(h, { part: 'reasoning' });
    assert.deepEqual(await statesOf(h), ['gone', 'gone']);
    assert.match(await h.refusal('label', score(0, 3)), /does not hold item 1/);
  });
});
