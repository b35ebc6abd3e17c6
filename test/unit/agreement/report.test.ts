import assert from 'node:assert/strict';
import type { ExclusionCause, RatingTable } from '../../../src/core/agreement/ratingTable';
import { questionTexts } from '../../../src/core/agreement/questionTexts';
import { reportAgreement } from '../../../src/core/agreement/reportAgreement';
import { judgeMeasures } from '../../../src/core/agreement/measureLists';
import { firstPair, measure, report, tableOf } from './tables';

const scale = { min: 0, max: 10 };

describe('reportAgreement', () => {
  it('gives every judge against every human, then every pair of humans', () => {
    const rows = Array.from({ length: 12 }, (_, index) => ({
      ratings: [index % 3, index % 4, index % 5, index % 2],
    }));
    const made = report(tableOf(rows, { judges: 2, names: ['j1', 'j2', 'h1', 'h2'], scale }));
    assert.deepEqual(
      made.pairs.map(({ a, b }) => `${a} ${b}`),
      ['j1 h1', 'j1 h2', 'j2 h1', 'j2 h2', 'h1 h2'],
    );
    assert.deepEqual(made.overall?.raters, ['h1', 'h2']);
  });

  it('answers the seven questions where it is asked, from a table alone as far as that goes', () => {
    const rows = Array.from({ length: 40 }, (_, index) => ({ ratings: [index % 7, (index * 5) % 7] }));
    const table = tableOf(rows, { judges: 1, scale });
    const options = { thresholds: [5], categories: 'scale' as const, seed: 1, resamples: 100 };
    assert.equal('questions' in reportAgreement(table, options), false);
    const { questions } = reportAgreement(table, { ...options, run: {} });
    assert.notEqual(questions?.headline.answer, null);
    assert.match(questions?.corrected.refused ?? '', /Without rollouts/);
    assert.deepEqual(
      questionTexts(questions!).map(({ text }) => text),
      [
        questions?.headline.sentence,
        questions?.comparison.sentence,
        questions?.thresholds.sentence,
        questions?.corrected.sentence,
        questions?.bias.sentence,
        questions?.enough.sentence,
        questions?.drift.sentence,
      ],
    );
  });

  it('with one human has no overall', () => {
    const rows = Array.from({ length: 12 }, (_, index) => ({ ratings: [index % 3, index % 4] }));
    assert.equal('overall' in report(tableOf(rows, { judges: 1 })), false);
  });

  it('counts each item left out once, by its first cause, and uses the rest', () => {
    const table = tableOf(
      [
        { ratings: [3, null] },
        { ratings: [null, 11] },
        { ratings: [12, 4] },
        { ratings: [2, null] },
        { ratings: [11, null] },
        { ratings: [5, null] },
        { ratings: [1, null] },
        { ratings: [6, 'high'] },
        { ratings: [1, 1] },
        { ratings: [2, 3] },
      ],
      { judges: 1, scale },
    );
    const causes: [number, ExclusionCause][] = [
      [3, 'judgeVisible'],
      [4, 'judgeVisible'],
      [5, 'cannotAssess'],
      [6, 'stale'],
    ];
    const marked: RatingTable = {
      ...table,
      columns: table.columns.map(column =>
        column.role === 'human' ? { ...column, excluded: new Map(causes) } : column,
      ),
    };
    const pair = firstPair(report(marked));
    assert.deepEqual(pair.excluded, { missing: 2, offScale: 3, judgeVisible: 1, cannotAssess: 1, stale: 1 });
    const row = (place: number): string => `row-00000${String(place)}`;
    assert.deepEqual(pair.leftOut, {
      missing: [row(0), row(1)],
      offScale: [row(2), row(4), row(7)],
      judgeVisible: [row(3)],
      cannotAssess: [row(5)],
      stale: [row(6)],
    });
    assert.equal(pair.n, 2);
    assert.deepEqual(
      pair.points?.map(({ a, b }) => [a, b]),
      [
        [1, 1],
        [2, 3],
      ],
    );
  });

  it('exclusions follow their items when the units are put in order', () => {
    const table = tableOf(
      [
        { id: 'c', ratings: [1, 1] },
        { id: 'b', ratings: [2, null] },
        { id: 'a', ratings: [3, 3] },
      ],
      { judges: 1, scale },
    );
    const marked: RatingTable = {
      ...table,
      columns: table.columns.map((column, index) =>
        index === 1 ? { ...column, excluded: new Map([[1, 'stale' as const]]) } : column,
      ),
    };
    const pair = firstPair(report(marked));
    assert.equal(pair.excluded.stale, 1);
    assert.deepEqual(
      pair.points?.map(({ unit }) => unit),
      ['a', 'c'],
    );
  });

  it('with nothing usable says so in place of every measure', () => {
    const pair = firstPair(
      report(tableOf([{ ratings: [1, null] }, { ratings: [null, 2] }], { judges: 1 }), [1]),
    );
    assert.equal(pair.n, 0);
    for (const value of [...Object.values(pair.measures), ...Object.values(pair.thresholds[0]!.measures)]) {
      assert.deepEqual(value, { value: null, reason: 'no items' });
    }
    assert.equal(pair.warnings.length, 1);
  });

  it('one item has a mean, but no κ, α or r', () => {
    const made = report(tableOf([{ ratings: [4, 6] }], { judges: 1, scale }));
    assert.equal(measure(made, 'meanDifference').value, -2);
    for (const id of ['cohenKappa', 'krippendorffAlphaInterval', 'pearsonR', 'spearmanRho']) {
      assert.deepEqual(measure(made, id), { value: null, reason: 'fewer than 2 items' });
    }
  });

  it('says the observed range where no scale is declared', () => {
    const made = report(tableOf([{ ratings: [2, 7] }, { ratings: [3, 3] }], { judges: 1 }));
    assert.deepEqual(made.scale, { min: 2, max: 7, observed: true });
    assert.deepEqual(made.notes, [
      'No scale was declared: 2 to 7 is the observed range (scores given, with how often: 2: 1, 3: 2, 7: 1).',
    ]);
    assert.deepEqual(firstPair(made).confusion?.categories, [2, 3, 4, 5, 6, 7]);
  });

  it('counts the confusion of a’s categories by b’s', () => {
    const rows = [
      [0, 0],
      [0, 2],
      [2, 0],
      [2, 0],
    ].map(ratings => ({ ratings }));
    const made = report(tableOf(rows, { judges: 1, scale: { min: 0, max: 2 } }));
    assert.deepEqual(firstPair(made).confusion, {
      categories: [0, 1, 2],
      counts: [
        [1, 0, 1],
        [0, 0, 0],
        [2, 0, 0],
      ],
    });
  });

  it('text labels get the nominal measures, no cuts, no points', () => {
    const labels = ['calm', 'cross', 'calm', 'wild'];
    const rows = Array.from({ length: 12 }, (_, index) => ({
      ratings: [labels[index % 4]!, labels[(index * 5) % 3]!],
    }));
    const made = report(tableOf(rows, { judges: 1 }), [5]);
    const pair = firstPair(made);
    assert.deepEqual(
      Object.keys(pair.measures),
      judgeMeasures.filter(({ ratings }) => ratings === 'any').map(({ id }) => id),
    );
    for (const id of ['cohenKappa', 'krippendorffAlphaNominal', 'exactAgreement'])
      assert.ok(pair.measures[id], id);
    for (const id of ['cohenKappaLinear', 'krippendorffAlphaInterval', 'pearsonR', 'meanDifference'])
      assert.equal(pair.measures[id], undefined, id);
    assert.deepEqual(pair.thresholds, []);
    assert.equal(pair.points, undefined);
    assert.equal(made.scale, null);
    assert.equal(made.notes.length, 2);
    assert.deepEqual(pair.confusion?.categories, ['calm', 'cross', 'wild']);
  });

  it('leaves points out of tables over 10,000 rows', () => {
    const rows = Array.from({ length: 10_001 }, (_, index) => ({ ratings: [index % 3, index % 4] }));
    assert.equal(firstPair(report(tableOf(rows, { judges: 1, scale }))).points, undefined);
    assert.equal(firstPair(report(tableOf(rows.slice(1), { judges: 1, scale }))).points?.length, 10_000);
  });
});

describe('categories', () => {
  const fractional = [0, 0.5, 1, 0.5, 0].map((a, index) => ({ ratings: [a, [0, 1, 1, 0.5, 0][index]!] }));

  it('fractions without a scale are the categories observed', () => {
    assert.deepEqual(
      firstPair(report(tableOf(fractional, { judges: 1 }))).confusion?.categories,
      [0, 0.5, 1],
    );
  });

  it('fractional means are no categories, and neither are scores between the points of a declared scale', () => {
    const averaged = report(tableOf(fractional, { judges: 1, averaged: true }));
    assert.equal(measure(averaged, 'cohenKappa').value, null);
    assert.equal(measure(averaged, 'cohenKappa').reason, 'not a category scale (fractional means)');
    assert.equal(firstPair(averaged).confusion, undefined);
    const declared = report(tableOf(fractional, { judges: 1, scale: { min: 0, max: 1 } }));
    assert.match(measure(declared, 'cohenKappaQuadratic').reason ?? '', /^not a category scale/);
    assert.notEqual(measure(declared, 'krippendorffAlphaInterval').value, null);
  });

  it('50 categories are a scale, 51 are not, unless few of them are observed and asked for', () => {
    const rows = (top: number) =>
      [0, 1, top, top, 1, 0].map((a, index) => ({ ratings: [a, index % 2 === 0 ? a : top] }));
    assert.notEqual(measure(report(tableOf(rows(49), { judges: 1 })), 'cohenKappa').value, null);
    const over = tableOf(rows(50), { judges: 1 });
    assert.equal(measure(report(over), 'cohenKappa').reason, 'not a category scale (51 categories)');
    assert.notEqual(measure(report(over, [], 'observed'), 'cohenKappa').value, null);
  });
});
