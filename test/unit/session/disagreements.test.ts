import assert from 'node:assert/strict';
import fc from 'fast-check';
import { everyDisagreement } from '../../../src/host/session/disagreements';
import type { DisagreementFilter } from '../../../src/protocol/listFilter';
import type { ItemRow } from '../../../src/protocol/listRows';
import { openAt, openOn, placeOf, rolloutLine, textOf } from './harness';
import type { Harness } from './harness';
import { subsetAt } from './manifests';

const score = (ordinal: number, value: number | 'cannot') => ({ ordinal, value, elapsedMs: 1000 });
const review = (change: Partial<DisagreementFilter> = {}): DisagreementFilter => ({
  ...everyDisagreement,
  ...change,
});
const rowsOf = async (h: Harness, filter: DisagreementFilter = everyDisagreement): Promise<ItemRow[]> => [
  ...(await h.ask('rows', { from: 0, count: 500, filter })).rows,
];
const ordinalsOf = async (h: Harness, filter?: DisagreementFilter): Promise<number[]> =>
  (await rowsOf(h, filter)).map(({ ordinal }) => ordinal);

/** Turns of one rollout with these judge scores, scored so by ada, the judge shown then. */
async function reviewing(
  judge: readonly (number | null)[],
  own: readonly (number | 'cannot' | null)[],
): Promise<Harness> {
  const h = await openOn(textOf(rolloutLine('a', { turns: judge.length, judge })));
  for (const [ordinal, value] of own.entries())
    if (value !== null) await h.ask('label', score(ordinal, value));
  await h.ask('judge', { show: true, confirmed: false });
  return h;
}

describe('the review of disagreements', () => {
  it('lists the items with a difference, the farthest apart first, with both scores and the sign', async () => {
    const h = await reviewing([8, 3, 5, null, 0, 9, 4], [3, 3, 7, 2, 9, 'cannot', null]);
    assert.deepEqual(
      (await rowsOf(h)).map(({ ordinal, id, turn, judge, review: row }) => [
        ordinal,
        id,
        turn,
        row?.human,
        judge,
        row?.difference,
        row?.of,
        row?.cause,
        row?.consensus,
      ]),
      [
        [4, 'a', 5, 9, 0, -9, 'own', null, null],
        [0, 'a', 1, 3, 8, 5, 'own', null, null],
        [2, 'a', 3, 7, 5, -2, 'own', null, null],
      ],
    );
  });

  it('is of the same items in the same order as a naive sort, whatever the scores and the distance', async () => {
    const value = fc.integer({ min: 0, max: 10 });
    const apart = fc.constantFrom<DisagreementFilter['apart']>(
      'any',
      { least: 1 },
      { least: 2 },
      { least: 3 },
      { across: 5 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(value, fc.option(value)), { minLength: 1, maxLength: 9 }),
        apart,
        async (pairs, asked) => {
          const h = await reviewing(
            pairs.map(([judge]) => judge),
            pairs.map(([, own]) => own),
          );
          const wanted = (judge: number, own: number): boolean => {
            if (asked === 'any') return judge !== own;
            if (asked === 'raters') return false;
            if ('least' in asked) return Math.abs(judge - own) >= asked.least;
            return judge >= 5 ? own < 5 : own >= 5;
          };
          const naive: [number, number][] = [];
          pairs.forEach(([judge, own], ordinal) => {
            if (own !== null && wanted(judge, own)) naive.push([Math.abs(judge - own), ordinal]);
          });
          naive.sort(([a, at], [b, other]) => (a === b ? at - other : b - a));
          assert.deepEqual(
            await ordinalsOf(h, review({ apart: asked })),
            naive.map(([, ordinal]) => ordinal),
          );
          await h.session.close();
        },
      ),
      { numRuns: 25 },
    );
  });

  it('compares the first label, so that a revision ends no disagreement', async () => {
    const h = await reviewing([8, 2], [3, 2]);
    await h.ask('label', score(0, 8));
    await h.ask('label', score(1, 9));
    assert.deepEqual(
      (await rowsOf(h)).map(({ ordinal, value, review: row }) => [ordinal, value, row?.human]),
      [[0, 8, 3]],
    );
  });

  it('counts what is reviewed and by which cause, and each cause is a filter', async () => {
    const h = await reviewing([8, 0, 5, 9], [3, 2, 9, 8]);
    const counts = (change?: Partial<DisagreementFilter>) => h.ask('review', { filter: review(change) });
    assert.deepEqual(await counts(), { items: 4, reviewed: 0, causes: { untagged: 4 } });
    await h.ask('cause', { ordinal: 0, code: 'judge-wrong' });
    await h.ask('cause', { ordinal: 2, code: 'judge-wrong' });
    await h.ask('cause', { ordinal: 1, code: 'other' });
    const all = { items: 4, reviewed: 3, causes: { 'judge-wrong': 2, other: 1, untagged: 1 } };
    assert.deepEqual(await counts(), all);
    assert.deepEqual(await counts({ cause: 'other' }), all);
    assert.deepEqual(await counts({ apart: { least: 3 } }), {
      items: 2,
      reviewed: 2,
      causes: { 'judge-wrong': 2 },
    });
    assert.deepEqual(await ordinalsOf(h, review({ cause: 'judge-wrong' })), [0, 2]);
    assert.deepEqual(await ordinalsOf(h, review({ cause: 'untagged' })), [3]);
    assert.deepEqual(await ordinalsOf(h, review({ cause: 'rubric-gap' })), []);
    await h.ask('undo');
    assert.deepEqual(await ordinalsOf(h, review({ cause: 'untagged' })), [1, 3]);
  });

  it('goes on from an item that its tag has just taken out of the list to the one after its place', async () => {
    // Differences 9, 6, 4 and 2: in the order 3, 1, 0, 2.
    const h = await reviewing([6, 8, 4, 9], [2, 2, 2, 0]);
    const filter = review({ cause: 'untagged' });
    assert.deepEqual(await ordinalsOf(h, filter), [3, 1, 0, 2]);
    await h.ask('cause', { ordinal: 1, code: 'rater-slip' });
    const { nav } = await h.ask('item', { ordinal: 1, filter });
    assert.deepEqual([nav.previous, nav.next], [3, 0]);
  });

  it('is refused with another filter, with an unknown cause, and while the judge is hidden', async () => {
    const h = await openOn(textOf(rolloutLine('a', { judge: [8, 2] })));
    await h.ask('label', score(0, 3));
    assert.equal(await h.refusal('review', { filter: everyDisagreement }), 'The judge is hidden.');
    await h.ask('judge', { show: true, confirmed: false });
    assert.equal(await h.refusal('review', { filter: 'all' }), 'Only disagreements are reviewed.');
    assert.match(await h.refusal('review', { filter: review({ cause: 'boredom' }) }), /malformed/);
  });
});

describe('the review where several have labelled', () => {
  const line = rolloutLine('a', { turns: 3, judge: [8, 5, 2] });
  const raters = ['ada', 'bob'];
  /** Ada in a window of her own, after bob; both have labelled all of the subset. */
  async function both(ada: readonly (number | 'cannot')[], bob: readonly (number | 'cannot')[]) {
    const place = placeOf(textOf(line));
    await subsetAt(place, { slots: ['a 1', 'a 2', 'a 3'].map(at => ({ at, raters })) });
    const second = await openAt(place, { subset: 'val', rater: 'bob' });
    for (const [ordinal, value] of bob.entries()) await second.ask('label', score(ordinal, value));
    const h = await openAt(place, { subset: 'val' });
    for (const [ordinal, value] of ada.entries()) await h.ask('label', score(ordinal, value));
    await h.ask('judge', { show: true, confirmed: false });
    return h;
  }

  it('goes by one’s own score, and by the mean of the others where one could not assess', async () => {
    const h = await both(['cannot', 5, 4], [6, 9, 4]);
    assert.deepEqual(
      (await rowsOf(h)).map(({ ordinal, id, review: row }) => [ordinal, id, row]),
      [
        [0, undefined, { human: 6, of: 'raters', difference: 2, cause: null, consensus: 'open' }],
        [2, undefined, { human: 4, of: 'own', difference: -2, cause: null, consensus: null }],
        [1, undefined, { human: 5, of: 'own', difference: 0, cause: null, consensus: 'open' }],
      ],
    );
    assert.deepEqual(await ordinalsOf(h, review({ apart: 'raters' })), [0, 1]);
    assert.deepEqual(await ordinalsOf(h, review({ apart: { least: 1 } })), [0, 2]);
  });

  it('is done with what has a consensus, whether or not a cause was given', async () => {
    const h = await both([3, 5, 4], [6, 9, 4]);
    await h.ask('consensus', { ordinal: 0, value: 6 });
    assert.deepEqual(await h.ask('review', { filter: everyDisagreement }), {
      items: 3,
      reviewed: 1,
      causes: { untagged: 3 },
    });
    assert.deepEqual(
      (await rowsOf(h)).map(({ ordinal, review: row }) => [ordinal, row?.consensus]),
      [
        [0, 6],
        [2, null],
        [1, 'open'],
      ],
    );
  });
});
