import assert from 'node:assert/strict';
import { labelledItems, ratersOf, unitId } from '../../../src/core/agreement/ratingTableOfRun';
import type { RatingTable } from '../../../src/core/agreement/ratingTable';
import { refuseSubset } from '../../../src/core/agreement/subsetFacts';
import { addEvent, newLabelIndex } from '../../../src/core/labels/labelIndex';
import type { LabelEvent } from '../../../src/core/labels/labelEvent';
import { itemKeyText } from '../../../src/core/rollout/item';
import type { Item } from '../../../src/core/rollout/item';
import { cannotIn, itemOf, opened, rolloutsOf, scoreIn, skipIn, subsetOf, subsetTable } from './subsets';
import type { Drawn } from './subsets';
import { firstPair, report } from './tables';

const four: readonly Drawn[] = [1, 2, 3, 4].map(judge => ({ judge, weight: 10 }));
const val = subsetOf(four);

const valuesOf = (table: RatingTable, name = 'ada') =>
  table.columns.find(column => column.name === name)?.values;
const causesOf = (table: RatingTable, name = 'ada') => [
  ...(table.columns.find(column => column.name === name)?.excluded ?? []),
];
const indexOf = (...events: readonly LabelEvent[]) => {
  const index = newLabelIndex();
  for (const event of events) addEvent(index, event);
  return index;
};
const noteWith = (table: RatingTable, text: string) => table.notes.find(note => note.includes(text)) ?? '';

describe('the ratings of a subset', () => {
  it('are one unit for each item drawn, labelled or not, with its stratum and weight', () => {
    const drawn: readonly Drawn[] = [
      { judge: 1, stratum: 'low', weight: 10, prompt: 'p' },
      { judge: 8, stratum: 'high', weight: 2, prompt: 'p' },
      { judge: 2, stratum: 'low', weight: 10, prompt: 'q' },
    ];
    const subset = subsetOf(drawn);
    const table = subsetTable(subset, drawn, [scoreIn(subset, 1, 'ada', 7)]);
    assert.deepEqual(table.units, [
      { id: unitId(itemOf(0)), cluster: 'p', weight: 10, stratum: 'low' },
      { id: unitId(itemOf(1)), cluster: 'p', weight: 2, stratum: 'high' },
      { id: unitId(itemOf(2)), cluster: 'q', weight: 10, stratum: 'low' },
    ]);
    assert.deepEqual(valuesOf(table), [null, 7, null]);
    assert.deepEqual(valuesOf(table, 'm r1'), [1, 8, 2]);
    assert.deepEqual(table.thresholds, [5]);
    assert.ok(table.notes.every(note => !note.includes('not a probability sample')));
    assert.equal(firstPair(report(table)).excluded.missing, 2);
  });

  it('take no label from outside it, nor from another subset', () => {
    const other = subsetOf(four, { name: 'other' });
    const outside = { subset: undefined };
    const events = [
      scoreIn(val, 0, 'ada', 3, outside),
      scoreIn(other, 1, 'ada', 3),
      scoreIn(val, 2, 'ada', 3),
      scoreIn(other, 2, 'bob', 3),
    ];
    const table = subsetTable(val, four, events);
    assert.deepEqual(valuesOf(table), [null, null, 3, null]);
    assert.equal(valuesOf(table, 'bob'), undefined);
    const index = indexOf(...events);
    assert.deepEqual([...ratersOf(index, 'frustration', val)], [['ada', 1]]);
    assert.deepEqual([...ratersOf(index, 'frustration')], [['ada', 1]]);
    assert.deepEqual(labelledItems(index, 'frustration', val).length, 4);
  });

  it('take the first answer alone of an item that is asked again', () => {
    const [first, ...rest] = val.manifest.items;
    assert.ok(first);
    const repeat = { ...first, slot: 4, repeatOf: 0 };
    const subset = subsetOf(four, { items: [first, ...rest, repeat] });
    const table = subsetTable(subset, four, [
      scoreIn(subset, 0, 'ada', 3),
      scoreIn(subset, 4, 'ada', 9, { phase: 'repeat' }),
      scoreIn(subset, 4, 'bob', 9, { phase: 'repeat' }),
    ]);
    assert.deepEqual([table.units.length, valuesOf(table)], [4, [3, null, null, null]]);
    assert.equal(valuesOf(table, 'bob'), undefined);
    assert.deepEqual(table.subset?.raters, [
      { rater: 'ada', slots: 4, labelled: 1, skipped: 0, cannotAssess: 0 },
    ]);
  });

  it('leave out and count labels that were given under another version of the manifest', () => {
    const old = subsetOf(four, { seed: 8 });
    assert.notEqual(old.sha256, val.sha256);
    const table = subsetTable(val, four, [
      scoreIn(old, 0, 'ada', 3),
      scoreIn(old, 1, 'ada', 3),
      scoreIn(val, 2, 'ada', 3),
    ]);
    assert.deepEqual(valuesOf(table), [null, null, 3, null]);
    assert.equal(
      noteWith(table, 'another version of the manifest'),
      '2 labels were given under another version of the manifest, and left out.',
    );
    assert.equal(table.subset?.raters[0]?.labelled, 1);
  });

  it('count items that the file no longer has, and labels of changed ones as stale', () => {
    const events = [0, 1, 2, 3].map(slot => scoreIn(val, slot, 'ada', 3));
    const now = new Map<string, Item>([
      [itemKeyText(itemOf(1)), { ...itemOf(1), sha256: 'changed' }],
      [itemKeyText(itemOf(2)), { ...itemOf(2), contextSha256: 'changed' }],
      [itemKeyText(itemOf(3)), itemOf(3)],
    ]);
    const table = subsetTable(val, four, events, {
      rollouts: rolloutsOf(four).slice(1),
      itemsNow: now,
    });
    assert.equal(
      noteWith(table, 'not in the file'),
      'One item of the subset is not in the file (any more), and left out.',
    );
    assert.deepEqual(valuesOf(table), [null, null, null, 3]);
    assert.deepEqual(causesOf(table), [
      [0, 'stale'],
      [1, 'stale'],
      [2, 'stale'],
    ]);
    assert.equal(table.units.length, 4);
  });

  it('count a label as stale whose text is the file’s now, but not the one that was drawn', () => {
    const changed: Item = { ...itemOf(0), sha256: 'changed' };
    const table = subsetTable(val, four, [scoreIn(val, 0, 'ada', 3, { item: { ...changed } })], {
      itemsNow: new Map([[itemKeyText(changed), changed]]),
    });
    assert.deepEqual(causesOf(table), [[0, 'stale']]);
  });

  it('of a design without inclusion probabilities are unweighted, and it is said', () => {
    const drawn = four.map(({ judge }) => ({ judge, weight: null }));
    const subset = subsetOf(drawn, { design: { kind: 'disagreement', n: 4 } });
    const table = subsetTable(subset, drawn, [scoreIn(subset, 0, 'ada', 3)]);
    assert.deepEqual([table.strata, table.units.map(({ weight }) => weight)], [undefined, [1, 1, 1, 1]]);
    assert.match(noteWith(table, 'unfit for estimation'), /chose items by the judge’s scores/);
    assert.equal(table.subset?.unfit, true);
  });

  it('know neighbouring ranges of judge scores by all else being the same', () => {
    const stratum = (id: string, where: Record<string, unknown>) => ({ id, where, population: 1, drawn: 1 });
    const subset = subsetOf(four, {
      strata: [
        stratum('a', { judge: '0–4', condition: 'x' }),
        stratum('b', { judge: '5–10', condition: 'x' }),
        stratum('c', { judge: '5–10', condition: 'y' }),
        stratum('d', { judge: null, condition: 'x' }),
        stratum('e', { condition: 'x' }),
      ],
    });
    const [a, b, c, d, e] = (subsetTable(subset, four, []).strata ?? []).map(({ binsOf }) => binsOf);
    assert.ok(a !== null && a === b);
    assert.ok(c !== null && c !== a);
    assert.deepEqual([d, e], [null, null]);
  });
});

describe('a subset is refused', () => {
  it('where it is for practice', () => {
    const practice = subsetOf(four, { role: 'practice' });
    assert.match(refuseSubset(practice.manifest, 'frustration') ?? '', /“val” is a practice subset/);
    assert.throws(() => subsetTable(practice, four, []), /practice subset/);
  });

  it('where it is about another criterion', () => {
    assert.equal(
      refuseSubset(val.manifest, 'legibility'),
      'The subset “val” is about frustration, not legibility.',
    );
    assert.equal(refuseSubset(val.manifest, 'frustration'), null);
  });
});

describe('what a report says of its subset', () => {
  it('is what was drawn, what of each stratum each rater’s ratings may be used of, and why the others may not', () => {
    const drawn: readonly Drawn[] = [
      { judge: 1, stratum: 'low', weight: 600 },
      { judge: null, stratum: 'low', weight: 600 },
      { judge: 8, stratum: 'high', weight: 3 },
      { judge: 9, stratum: 'high', weight: 3 },
    ];
    const subset = subsetOf(drawn);
    const { subset: facts } = report(
      subsetTable(subset, drawn, [
        scoreIn(subset, 0, 'ada', 3),
        scoreIn(subset, 1, 'ada', 11),
        scoreIn(subset, 2, 'ada', 3, { judgeVisible: true }),
        cannotIn(subset, 3, 'ada'),
        scoreIn(subset, 3, 'bob', 3),
      ]),
    );
    const none = { missing: 0, offScale: 0, judgeVisible: 0, cannotAssess: 0, stale: 0 };
    assert.deepEqual([facts?.sha256, facts?.population, facts?.drawn], [subset.sha256, 1206, 4]);
    assert.deepEqual(facts?.strata, [
      {
        id: 'low',
        population: 1200,
        drawn: 2,
        usable: { ada: 1, bob: 0 },
        lost: {
          'm r1': { ...none, missing: 1 },
          ada: { ...none, offScale: 1 },
          bob: { ...none, missing: 2 },
        },
      },
      {
        id: 'high',
        population: 6,
        drawn: 2,
        usable: { ada: 0, bob: 1 },
        lost: { ada: { ...none, judgeVisible: 1, cannotAssess: 1 }, bob: { ...none, missing: 1 } },
      },
    ]);
  });

  it('is how far each rater came in the slots that are theirs', () => {
    const drawn = four.map((each, place) => ({ ...each, raters: place < 3 ? ['ada', 'bob'] : ['bob'] }));
    const subset = subsetOf(drawn);
    const table = subsetTable(subset, drawn, [
      scoreIn(subset, 0, 'ada', 3),
      cannotIn(subset, 1, 'ada'),
      skipIn(subset, 2, 'ada'),
      scoreIn(subset, 3, 'bob', 3),
    ]);
    assert.deepEqual(table.subset?.raters, [
      { rater: 'ada', slots: 3, labelled: 1, skipped: 1, cannotAssess: 1 },
      { rater: 'bob', slots: 4, labelled: 1, skipped: 0, cannotAssess: 0 },
    ]);
    assert.ok(table.notes.includes('ada: 1 of 3 labelled, 1 skipped, 1 could not be assessed.'));
  });

  it('is after how many labels a rater opened the judge or the report', () => {
    const table = subsetTable(val, four, [
      scoreIn(val, 0, 'ada', 3),
      cannotIn(val, 1, 'ada'),
      opened('ada'),
      scoreIn(val, 2, 'ada', 3),
      scoreIn(val, 0, 'bob', 3),
    ]);
    assert.equal(table.subset?.raters[0]?.openedAfter, 2);
    assert.equal(table.subset?.raters[1]?.openedAfter, undefined);
    assert.match(noteWith(table, 'ada:'), /opened after 2 of 4\.$/);
    assert.deepEqual(causesOf(table), [
      [1, 'cannotAssess'],
      [2, 'judgeVisible'],
    ]);
  });

  it('is silent of an opening after every slot was labelled or skipped', () => {
    const done = [scoreIn(val, 0, 'ada', 3), scoreIn(val, 1, 'ada', 3), scoreIn(val, 2, 'ada', 3)];
    const table = subsetTable(val, four, [...done, skipIn(val, 3, 'ada'), opened('ada', 'judge')]);
    assert.equal(table.subset?.raters[0]?.openedAfter, undefined);
    const early = subsetTable(val, four, [...done, opened('ada', 'judge')]);
    assert.equal(early.subset?.raters[0]?.openedAfter, 3);
  });

  it('is silent of an item whose judge was shown after its label', () => {
    const shown: LabelEvent = {
      ...opened('ada', 'judge'),
      scope: 'item',
      item: { rollout: 'r0', turn: 1 },
    } as LabelEvent;
    const table = subsetTable(val, four, [scoreIn(val, 0, 'ada', 3), shown]);
    assert.equal(table.subset?.raters[0]?.openedAfter, undefined);
  });

  it('is there for the consensus as well, where that is asked for', () => {
    const events = [scoreIn(val, 0, 'ada', 3), scoreIn(val, 0, 'consensus', 4, { judgeVisible: true })];
    const table = subsetTable(val, four, events, { raters: ['consensus'] });
    assert.deepEqual(valuesOf(table, 'consensus'), [4, null, null, null]);
    assert.equal(table.columns.length, 2);
  });

  it('say where the judge scores an item otherwise than when it was drawn, by the bins of the drawing', () => {
    const drawn: readonly Drawn[] = [
      { judge: 1, stratum: 'judge=0–4' },
      { judge: 6, stratum: 'judge=5–10' },
      { judge: null, stratum: 'no judge score' },
    ];
    const strata = [
      { id: 'judge=0–4', where: { judge: '0–4' }, population: 1, drawn: 1 },
      { id: 'judge=5–10', where: { judge: '5–10' }, population: 1, drawn: 1 },
      { id: 'no judge score', where: { judge: null }, population: 1, drawn: 1 },
    ];
    const design = { kind: 'balanced', n: 3, bins: [0, 5], judge: 'm r1' } as const;
    const subset = subsetOf(drawn, { strata, design: { ...design, bins: [...design.bins] } });
    const noteFor = (...scores: readonly (number | null)[]): string =>
      noteWith(
        subsetTable(
          subset,
          drawn.map((item, place) => ({ ...item, judge: scores[place] ?? null })),
          [],
        ),
        'when the subset was drawn',
      );
    assert.equal(noteFor(1, 6, null), '');
    assert.equal(noteFor(4, 10, 11), '', 'within its bin, or off the scale as before');
    assert.match(noteFor(5, 6, null), /^One item has another score of m r1 /);
    assert.match(noteFor(7, null, 3), /^3 items have another score of m r1 /);
  });
});
