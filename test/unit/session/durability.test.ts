import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { logWriter } from '../../../src/disk/logWriter';
import { heldBackDisk, ioError, syncedBy } from './disks';
import { eventsOnDisk, labelFiles, openAt, openOn, placeOf, rolloutLine, textOf } from './harness';

const text = textOf(rolloutLine('a'), rolloutLine('b'));
const score = (ordinal: number, value: number) => ({ ordinal, value, elapsedMs: 1 });

describe('an acknowledged label', () => {
  it('is acknowledged only after the disk has synced it', async () => {
    const disk = heldBackDisk();
    const h = await openOn(text, { makeWriter: disk.makeWriter });
    const reply = h.ask('label', score(0, 3));
    await disk.waiting();
    for (let turn = 0; turn < 20; turn++) await setImmediate();
    assert.deepEqual(h.recorded, []);
    assert.equal((await h.ask('rows', { from: 0, count: 1 })).rows[0]?.state, 'open');
    disk.release();
    const { phase, nextOpen } = await reply;
    assert.deepEqual([phase, nextOpen], ['first', 1]);
    assert.equal((await h.ask('rows', { from: 0, count: 1 })).rows[0]?.state, 'done');
  });

  it('skips, notes, flags and undos wait for the disk too', async () => {
    let syncs = 0;
    const h = await openOn(text, { makeWriter: syncedBy(() => Promise.resolve(void (syncs += 1))) });
    await h.ask('skip', { ordinal: 0 });
    await h.ask('note', { ordinal: 0, text: 'x' });
    await h.ask('flag', { ordinal: 0 });
    await h.ask('undo');
    await h.ask('redo');
    assert.equal(syncs, 5);
  });

  it('is whole on the disk though the disk takes a byte at a time', async () => {
    const h = await openOn(text, { makeWriter: syncedBy(() => Promise.resolve(), 1) });
    await h.ask('label', score(0, 3));
    await h.ask('note', { ordinal: 0, text: 'zwölf 🙂' });
    assert.deepEqual(
      eventsOnDisk(h.place.annotations).map(({ kind }) => kind),
      ['score', 'note'],
    );
  });

  it('outlives a window that is killed', async () => {
    const place = placeOf(text);
    const killed = await openAt(place);
    await killed.ask('label', score(0, 3));
    await killed.ask('label', { ordinal: 1, value: 'cannot', elapsedMs: 1 });
    const next = await openAt(place);
    assert.deepEqual(
      (await next.ask('rows', { from: 0, count: 4 })).rows.map(({ value }) => value),
      [3, 'cannot', null, null],
    );
    assert.equal((await next.ask('ready')).done, 2);
  });

  it('outlives a tail that was torn off after it, which is reported and left as it is', async () => {
    const place = placeOf(text);
    const killed = await openAt(place);
    await killed.ask('label', score(0, 3));
    const [file] = labelFiles(place.annotations);
    assert.ok(file);
    appendFileSync(file, '{"v":1,"id":"id-000002","at":"2026');
    const torn = readFileSync(file, 'utf8');
    const next = await openAt(place);
    assert.equal((await next.ask('ready')).problems, 1);
    assert.match(next.session.state.store?.problems[0] ?? '', /ends in the middle of an event \(34 bytes\)/);
    await next.ask('label', score(1, 4));
    assert.equal(readFileSync(file, 'utf8'), torn);
    assert.deepEqual(
      (await (await openAt(place)).ask('rows', { from: 0, count: 2 })).rows.map(({ value }) => value),
      [3, 4],
    );
  });

  it('is written again, with those before it, when its file is taken away between two labels', async () => {
    const h = await openOn(text);
    await h.ask('label', score(0, 3));
    rmSync(join(h.place.annotations, 'labels'), { recursive: true });
    await h.ask('label', score(1, 4));
    assert.deepEqual(
      eventsOnDisk(h.place.annotations).map(event => event.kind === 'score' && event.value),
      [3, 4],
    );
  });

  it('leaves the rollout file as it was', async () => {
    const h = await openOn(text);
    await h.ask('label', score(0, 3));
    await h.ask('judge', { show: true, confirmed: false });
    assert.equal(readFileSync(h.place.file, 'utf8'), text);
  });

  it('is found again by source.json: the name, the size and hashes of the first lines', async () => {
    const h = await openOn(text);
    await h.ask('label', score(0, 3));
    const source = JSON.parse(readFileSync(join(h.place.annotations, 'source.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    assert.deepEqual([source['v'], source['name'], source['bytes']], [1, 'run.rollouts.jsonl', text.length]);
    assert.deepEqual(
      (source['sample'] as { id: string; sha256: string }[]).map(({ id, sha256 }) => [id, sha256.length]),
      [
        ['a', 64],
        ['b', 64],
      ],
    );
  });
});

describe('a study folder that takes no labels', () => {
  it('has the label held on this machine, said with its reason, and gets it when it can', async () => {
    let full = true;
    const place = placeOf(text);
    const makeWriter = syncedBy(folder =>
      full && folder === place.annotations ? Promise.reject(ioError('ENOSPC')) : Promise.resolve(),
    );
    const h = await openAt(place, { makeWriter });
    await h.ask('label', score(0, 3));
    assert.deepEqual(h.states.at(-1)?.saving, { kind: 'held', count: 1, reason: 'the disk is full' });
    assert.equal(h.states.at(-1)?.done, 1);
    assert.equal(eventsOnDisk(place.held).length, 1);
    await h.ask('copyUnsaved');
    assert.match(h.called[0] ?? '', /^copy \{.*"value":3.*\}\n$/);

    full = false;
    await h.ask('retrySaving');
    assert.deepEqual(h.states.at(-1)?.saving, { kind: 'saved', count: 0, reason: '' });
    assert.deepEqual(labelFiles(place.held), []);
    assert.ok(eventsOnDisk(place.annotations).some(event => event.kind === 'score' && event.value === 3));
    await h.ask('label', score(1, 4));
    const next = await openAt(place);
    assert.deepEqual(
      (await next.ask('rows', { from: 0, count: 2 })).rows.map(({ value }) => value),
      [3, 4],
    );
  });

  it('gets what was held at the next opening', async () => {
    const place = placeOf(text);
    const makeWriter = syncedBy(folder =>
      folder === place.annotations ? Promise.reject(ioError('EROFS')) : Promise.resolve(),
    );
    const first = await openAt(place, { makeWriter });
    await first.ask('label', score(0, 3));
    await first.session.close();
    rmSync(join(place.annotations, 'labels'), { recursive: true, force: true });
    const next = await openAt(place);
    assert.deepEqual((await next.ask('ready')).saving.kind, 'saved');
    assert.deepEqual(
      eventsOnDisk(place.annotations).map(event => event.kind === 'score' && event.value),
      [3],
    );
    assert.equal((await next.ask('ready')).done, 1);
  });

  it('is no way around the log of exposure: it is held, and counts', async () => {
    const place = placeOf(text);
    const makeWriter = syncedBy(folder =>
      folder === place.annotations ? Promise.reject(ioError('EROFS')) : Promise.resolve(),
    );
    const h = await openAt(place, { makeWriter });
    await h.ask('judge', { show: true, confirmed: false });
    assert.deepEqual(
      eventsOnDisk(place.held).map(({ kind }) => kind),
      ['exposed'],
    );
    await h.ask('label', score(0, 3));
    assert.deepEqual(
      eventsOnDisk(place.held).map(event => event.kind === 'score' && event.judgeVisible),
      [false, true],
    );
  });

  it('where it is a plain file holds labels on this machine', async () => {
    const place = placeOf(text);
    writeFileSync(place.annotations, 'in the way');
    const h = await openAt(place);
    await h.ask('label', score(0, 3));
    assert.equal(h.states.at(-1)?.saving.kind, 'held');
    assert.equal(eventsOnDisk(place.held).length, 1);
  });
});

describe('no disk that takes labels', () => {
  const text503 = /^The label is not saved: the disk is full; on this machine: permission denied\.$/;

  it('is an error for the label, which is not shown as given, and ends scoring until it is saved', async () => {
    let broken = true;
    const place = placeOf(text);
    const makeWriter = syncedBy(folder =>
      broken ? Promise.reject(ioError(folder === place.held ? 'EACCES' : 'ENOSPC')) : Promise.resolve(),
    );
    const h = await openAt(place, { makeWriter });
    assert.match(await h.refusal('label', score(0, 3)), text503);
    const state = await h.ask('ready');
    assert.deepEqual(
      [state.saving.kind, state.saving.count, state.done, state.canUndo],
      ['failed', 1, 0, false],
    );
    for (const refused of [
      await h.refusal('label', score(1, 4)),
      await h.refusal('skip', { ordinal: 1 }),
      await h.refusal('flag', { ordinal: 1 }),
      await h.refusal('note', { ordinal: 1, text: 'x' }),
      await h.refusal('judge', { show: true, confirmed: false }),
      await h.refusal('openReport', { confirmed: true }),
    ]) {
      assert.match(refused, /copy the unsaved labels or try again/);
    }
    await h.ask('copyUnsaved');
    assert.match(h.called[0] ?? '', /^copy \{.*"value":3.*\}\n$/);
    await h.ask('retrySaving');
    assert.equal(h.states.at(-1)?.saving.kind, 'failed');

    broken = false;
    await h.ask('retrySaving');
    const saved = h.states.at(-1);
    assert.deepEqual([saved?.saving.kind, saved?.done], ['saved', 1]);
    const { phase, nextOpen } = await h.ask('label', score(1, 4));
    assert.deepEqual([phase, nextOpen], ['first', 2]);
    const next = await openAt(place);
    assert.deepEqual(
      (await next.ask('rows', { from: 0, count: 2 })).rows.map(({ value }) => value),
      [3, 4],
    );
  });

  it('is told to the page before it asks', async () => {
    const h = await openOn(text, { makeWriter: syncedBy(() => Promise.reject(ioError('ENOSPC'))) });
    await h.refusal('label', score(0, 3));
    assert.equal(h.states.at(-1)?.saving.kind, 'failed');
  });

  it('is no reason to lose a label that is already there', async () => {
    const place = placeOf(text);
    const fine = await openAt(place);
    await fine.ask('label', score(0, 3));
    const h = await openAt(place, {
      makeWriter: folder => logWriter(folder, () => Promise.reject(ioError('EACCES'))),
    });
    await h.refusal('label', score(1, 4));
    assert.equal((await h.ask('rows', { from: 0, count: 1 })).rows[0]?.value, 3);
  });
});

describe('many at once', function () {
  // A loaded machine may take its time over these.
  this.timeout(20_000);

  it('two labels of one item, posted together, are a first and a revision, and one item done', async () => {
    const h = await openOn(text);
    const [one, two] = await Promise.all([h.ask('label', score(0, 3)), h.ask('label', score(0, 4))]);
    assert.deepEqual([one.phase, two.phase], ['first', 'revision']);
    assert.equal((await h.ask('ready')).done, 1);
  });

  it('two undos, posted together, undo two things', async () => {
    const h = await openOn(text);
    await h.ask('label', score(0, 3));
    await h.ask('label', score(1, 4));
    const undone = await Promise.all([h.ask('undo'), h.ask('undo'), h.ask('undo')]);
    assert.deepEqual(
      undone.map(entry => entry?.ordinal ?? null),
      [1, 0, null],
    );
    const state = await h.ask('ready');
    assert.deepEqual([state.done, state.canUndo, state.canRedo], [0, false, true]);
    assert.deepEqual(
      (await Promise.all([h.ask('redo'), h.ask('redo')])).map(entry => entry?.ordinal),
      [0, 1],
    );
    assert.equal((await h.ask('ready')).done, 2);
  });

  it('two flags, posted together, set it and take it away', async () => {
    const h = await openOn(text);
    const flags = await Promise.all([h.ask('flag', { ordinal: 0 }), h.ask('flag', { ordinal: 0 })]);
    assert.deepEqual(flags, [{ set: true }, { set: false }]);
  });

  it('one rater’s labels by many hands at once all stand', async () => {
    const lines = Array.from({ length: 40 }, (_, index) => rolloutLine(`r${index}`));
    const h = await openOn(textOf(...lines));
    await Promise.all(
      Array.from({ length: 80 }, (_, ordinal) => h.ask('label', score(ordinal, ordinal % 11))),
    );
    assert.equal((await h.ask('ready')).done, 80);
    assert.equal(new Set(eventsOnDisk(h.place.annotations).map(({ id }) => id)).size, 80);
    const next = await openAt(h.place);
    assert.deepEqual(
      (await next.ask('rows', { from: 0, count: 80 })).rows.map(({ value }) => value),
      Array.from({ length: 80 }, (_, ordinal) => ordinal % 11),
    );
  });
});

describe('a folder of labels that holds more than labels', () => {
  it('reads what it can and says the rest, a line each', async () => {
    const place = placeOf(text);
    const h = await openAt(place);
    await h.ask('label', score(0, 3));
    const folder = join(place.annotations, 'labels', 'ada');
    const [own = ''] = readFileSync(labelFiles(place.annotations)[0] ?? '', 'utf8').split('\n');
    mkdirSync(join(folder, 'aaaaaaaa.jsonl'));
    writeFileSync(
      join(folder, 'bbbbbbbb.jsonl'),
      textOf(
        '{not json}',
        '{"v":1,"kind":"score"}',
        '{"v":2,"kind":"score"}',
        '{"v":1,"kind":"song"}',
        '',
        own,
      ),
    );
    writeFileSync(join(folder, 'notes.txt'), 'not read');
    const next = await openAt(place);
    assert.equal((await next.ask('ready')).done, 1);
    const problems = next.session.state.store?.problems ?? [];
    const said = [
      /^labels\/ada\/aaaaaaaa\.jsonl could not be read: .+\.$/,
      /^labels\/ada\/bbbbbbbb\.jsonl, line 1: not valid JSON; the line was left out\.$/,
      /^labels\/ada\/bbbbbbbb\.jsonl, line 2: not a label event: .+; the line was left out\.$/,
    ];
    assert.equal(problems.length, said.length);
    said.forEach((pattern, index) => assert.match(problems[index] ?? '', pattern));
  });
});
