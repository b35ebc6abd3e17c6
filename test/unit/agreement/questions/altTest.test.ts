import assert from 'node:assert/strict';
import { altTestOf, benjaminiYekutieli } from '../../../../src/core/agreement/questions/altTest';
import { ratingsOf } from '../../../../src/core/agreement/questions/ratings';
import { signedRankBelow } from '../../../../src/core/agreement/questions/signedRank';
import { studentBelow } from '../../../../src/core/agreement/questions/studentTail';
import type { RatingTable } from '../../../../src/core/agreement/ratingTable';
import { close, tableOf } from '../tables';

const names = ['judge', 'ada', 'bob', 'eve'];
const ask = (table: RatingTable) =>
  altTestOf(ratingsOf({ table, judges: ['judge'], thresholds: [], seed: 3 }));

/** Judge and three raters, drawn once by numpy; rows in twos are the clusters of the second test. */
const forty = `10 10 10 10,5 5 7 3,9 9 7 9,7 10 10 10,8 4 6 4,9 8 9 8,7 10 10 5,0 4 0 0,0 1 0 0,1 4 3 6,1 1 2 7,9 10 7 10,
10 10 7 10,0 0 0 1,7 4 7 1,10 9 6 8,3 2 0 5,9 8 10 7,1 2 4 0,5 7 3 3,7 9 5 10,3 2 4 0,2 4 0 7,2 3 2 6,9 5 7 8,0 0 5 2,
8 10 7 10,2 3 5 4,7 5 5 5,6 4 2 3,8 5 8 6,5 4 8 8,6 4 5 1,9 10 10 6,8 8 9 10,6 7 10 7,8 7 10 10,8 8 6 2,4 2 1 7,8 10 8 7`;
const sixteen = `8 10 10 10,7 8 3 2,5 9 4 3,9 10 9 6,8 7 9 10,7 9 8 10,8 8 10 10,1 4 5 0,1 0 2 2,2 2 4 2,5 5 3 3,9 7 9 5,
10 10 8 10,0 1 0 3,5 3 4 6,9 7 7 6`;

const rowsOf = (text: string, clusterSize: number) =>
  text.split(',').map((row, place) => ({
    ratings: row.trim().split(' ').map(Number),
    cluster: `c${String(Math.floor(place / clusterSize))}`,
    id: `u${String(place).padStart(2, '0')}`,
  }));
const tableFrom = (text: string, clusterSize = 1): RatingTable =>
  tableOf(rowsOf(text, clusterSize), { names, judges: 1, scale: { min: 0, max: 10 } });

describe('the alternative annotator test', () => {
  it('gives the p values of scipy’s t test of the gains, ω and ρ', () => {
    const { answer, sentence } = ask(tableFrom(forty));
    const expected = [
      [0.07176272199695058, 0.000807417457561418, 0.00020420841707097554],
      [0.13485983448408567, 0.00226538558694907, 0.0005946593501664326],
      [0.229944899028907, 0.005987422608369741, 0.0016558310417547064],
    ];
    answer?.at.forEach(({ p, pClustered, rejected, winningRate, passes }, row) => {
      p.forEach((value, index) => close(value, expected[row]?.[index] ?? NaN, 1e-12));
      // Every item its own cluster: the same test.
      pClustered.forEach((value, index) => close(value, p[index] ?? NaN, 1e-12));
      assert.deepEqual([rejected, passes], [[false, true, true], true]);
      close(winningRate, 2 / 3);
    });
    assert.deepEqual(
      answer?.raters.map(({ judgeAdvantage, test }) => [judgeAdvantage, test]),
      [0.65, 0.75, 0.75].map(share => [share, 't']),
    );
    close(answer?.rho, 2.15 / 3);
    assert.equal(answer?.decidedBy, 'items');
    assert.match(sentence, /unweighted: the judge wins at ε = 0\.2 \(expert\) against 2 of 3 raters/);
  });

  it('lets clusters decide where one of them has several items', () => {
    const { answer } = ask(tableFrom(forty, 2));
    assert.equal(answer?.decidedBy, 'clusters');
    const expected = [0.08538720373737273, 0.0005668319956165058, 0.0015519059544384396];
    answer?.at[0]?.pClustered.forEach((value, index) => close(value, expected[index] ?? NaN, 1e-12));
    close(answer?.at[2]?.pClustered[2], 0.0064966238438605274, 1e-12);
  });

  it('takes the signed-rank test under 30 items, exact with its ties', () => {
    const { answer, sentence } = ask(tableFrom(sixteen));
    assert.deepEqual(
      answer?.raters.map(({ test }) => test),
      ['Wilcoxon', 'Wilcoxon', 'Wilcoxon'],
    );
    const expected = [0.0701904296875, 0.022247314453125, 0.0011138916015625];
    answer?.at[0]?.p.forEach((value, index) => close(value, expected[index] ?? NaN, 1e-12));
    assert.deepEqual(answer?.at[0]?.rejected, [false, false, true]);
    assert.equal(answer?.at[0]?.passes, false);
    assert.match(sentence, /signed-rank/);
  });

  it('counts a tie for both, and takes only items with two other raters', () => {
    const rows = rowsOf(forty, 1).map((row, place) => ({
      ...row,
      ratings: place < 5 ? row.ratings.map((score, column) => (column === 3 ? null : score)) : row.ratings,
    }));
    const { answer } = ask(tableOf(rows, { names, judges: 1, scale: { min: 0, max: 10 } }));
    assert.deepEqual(
      answer?.raters.map(({ n }) => n),
      [35, 35, 35],
    );
    const same = rowsOf(forty, 1).map(row => ({ ...row, ratings: [5, 5, 5, 5] }));
    const tied = ask(tableOf(same, { names, judges: 1, scale: { min: 0, max: 10 } })).answer;
    assert.deepEqual([tied?.rho, tied?.raters[0]?.raterAdvantage], [1, 1]);
    // A gain of 0 on every item lies under any ε.
    assert.deepEqual(tied?.at[0]?.p, [0, 0, 0]);
  });

  it('of text labels goes by the share of equal ones', () => {
    const rows = rowsOf(forty, 1).map(row => ({
      ...row,
      ratings: row.ratings.map(score => (score > 5 ? 'high' : 'low')),
    }));
    const binary = rowsOf(forty, 1).map(row => ({
      ...row,
      ratings: row.ratings.map(score => (score > 5 ? 1 : 0)),
    }));
    const text = ask(tableOf(rows, { names, judges: 1 })).answer;
    const numbers = ask(tableOf(binary, { names, judges: 1, scale: { min: 0, max: 1 } })).answer;
    // With two labels the share of equal ones and the squared error order alike.
    assert.equal(text?.score, 'accuracy');
    assert.deepEqual(text?.at, numbers?.at);
  });

  it('takes a rater’s versions of the rubric together, and refuses fewer than three raters', () => {
    const table = tableFrom(forty);
    const [judge, ada, bob, eve] = table.columns;
    assert.ok(judge && ada && bob && eve);
    const half = (first: boolean) => ({
      ...eve,
      name: `eve ${String(first)}`,
      rater: 'eve',
      values: eve.values.map((value, unit) => (unit < 20 === first ? value : null)),
    });
    const split = { ...table, columns: [judge, ada, bob, half(true), half(false)] };
    assert.deepEqual(ask(split).answer?.at, ask(table).answer?.at);
    const two = { ...table, columns: [judge, ada, bob] };
    assert.match(ask(two).refused ?? '', /needs three raters or more: there are 2/);
    const settled = { ...table, columns: [judge, ada, bob, { ...eve, judgeOnly: true as const }] };
    assert.match(ask(settled).refused ?? '', /needs three raters/);
  });
});

describe('the tests behind it', () => {
  it('have the tails of scipy’s Student distribution', () => {
    const facts = [
      [-2.5, 7, 0.020496109292876444],
      [0.3, 29, 0.6168414533355161],
      [-1e-3, 1, 0.49968169021990794],
      [4, 3, 0.9859957719949269],
      [-12, 99, 2.5653148439487405e-21],
    ];
    for (const [t = 0, df = 0, p = 0] of facts) assert.ok(Math.abs(studentBelow(t, df) / p - 1) < 1e-10);
  });

  it('have the exact signed-rank distribution, with and without ties', () => {
    close(signedRankBelow([-1.5, 2.2, -3.1, -4, 0.5, -2]), 0.15625, 1e-15);
    const tied = [0.8, -0.2, -0.2, -1.2, -1.2, -0.2, 0.8, -1.2, -0.2, -1.2, -0.2, -1.2];
    close(signedRankBelow(tied), 0.02294921875, 1e-15);
    close(signedRankBelow([0, 0]), 1);
  });

  it('reject by Benjamini and Yekutieli’s rule', () => {
    // Adjusted by scipy: .0083, .083, .083, 1.
    assert.deepEqual(benjaminiYekutieli([0.001, 0.03, 0.02, 0.9], 0.05), [true, false, false, false]);
    assert.deepEqual(benjaminiYekutieli([0.001, 0.03, 0.02, 0.9], 0.09), [true, true, true, false]);
  });
});
