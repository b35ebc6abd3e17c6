import assert from 'node:assert/strict';
import fc from 'fast-check';
import { kendallTauB } from '../../../src/core/agreement/measures/kendallTauB';
import { close, firstPair, measure, report, tableOf, type TableRow } from './tables';

const scale = { min: 0, max: 4 };
const score = fc.integer({ min: 0, max: 4 });
const pairs: fc.Arbitrary<TableRow[]> = fc.array(fc.record({ ratings: fc.tuple(score, score) }), {
  minLength: 12,
  maxLength: 50,
});
const rows = (ratings: readonly (number | null)[], times: number): TableRow[] =>
  Array.from({ length: times }, () => ({ ratings }));

describe('what is undefined', () => {
  const notNull = /^(mean|sd|limits|root|exact|within|prevalence)/;

  it('is null where nobody varies, with a reason', () => {
    const made = report(tableOf(rows([2, 2, 2], 15), { scale }));
    for (const [id, { value, reason }] of [
      ...Object.entries(firstPair(made).measures),
      ...Object.entries(made.overall?.measures ?? {}),
    ]) {
      assert.equal(value === null, !notNull.test(id), id);
      assert.ok(value !== null || reason, id);
    }
  });

  it('is null of one item, but for means and shares', () => {
    const made = report(tableOf(rows([1, 3], 1), { scale }));
    for (const [id, { value, reason }] of Object.entries(firstPair(made).measures)) {
      const defined = notNull.test(id) && !/^(sd|limits)/.test(id);
      assert.equal(value === null, !defined, id);
      if (value === null) assert.equal(reason, 'fewer than 2 items', id);
    }
  });

  it('is null where no two raters share an item', () => {
    const apart = [...rows([1, null, null], 6), ...rows([null, 3, null], 6), ...rows([null, null, 2], 6)];
    const made = report(tableOf(apart, { scale }));
    for (const [id, { value, reason }] of Object.entries(made.overall?.measures ?? {})) {
      assert.equal(value, null, id);
      assert.ok(reason, id);
    }
  });

  it('is null where no item has all ratings, and says how many there are', () => {
    const apart = [...rows([1, 2, null], 12), ...rows([null, 3, 4], 12)];
    const { measures } = report(tableOf(apart, { scale })).overall!;
    for (const id of ['iccA1', 'iccCk', 'icc1', 'kendallW'])
      assert.deepEqual(measures[id], {
        value: null,
        reason: 'fewer than 2 items; 0 of 24 items have all ratings',
      });
    assert.notEqual(measures['fleissKappa']?.value, null);
  });

  it('α-ratio is null with a negative rating; κ-like measures without categories are', () => {
    const negative = [...rows([1, 2], 12), ...rows([-1, 0], 3)];
    assert.deepEqual(measure(report(tableOf(negative)), 'krippendorffAlphaRatio'), {
      value: null,
      reason: 'negative ratings have no ratio',
    });
    const fractions = report(tableOf([...rows([0.5, 1], 6), ...rows([2, 2], 6)], { averaged: true }));
    for (const id of ['scottPi', 'brennanPrediger', 'gwetAc1', 'gwetAc2Ordinal'])
      assert.equal(measure(fractions, id).reason, 'not a category scale (fractional means)', id);
  });

  it('Kendall’s W is null under unequal weights', () => {
    const weighted = [...rows([1, 2, 2], 8), ...rows([3, 3, 4], 8)].map((row, index) => ({
      ...row,
      weight: 1 + (index % 2),
    }));
    assert.deepEqual(report(tableOf(weighted, { scale })).overall?.measures['kendallW'], {
      value: null,
      reason: 'not defined under unequal weights',
    });
  });
});

describe('intervals of all measures', () => {
  it('are not given under 10 clusters, whatever the number of items', () => {
    fc.assert(
      fc.property(pairs, table => {
        const clustered = table.map((row, index) => ({ ...row, cluster: `c${index % 9}` }));
        const made = report(tableOf(clustered, { scale }), [2]);
        const { measures, thresholds } = firstPair(made);
        for (const [id, { ci }] of [
          ...Object.entries(measures),
          ...Object.entries(thresholds[0]!.measures),
          ...Object.entries(made.overall?.measures ?? {}),
        ])
          assert.ok(ci == null, id);
      }),
      { numRuns: 30 },
    );
  });

  it('count the clusters with two ratings of an item: single ones say nothing of agreement', () => {
    const paired = Array.from({ length: 9 }, (_, index) => ({ ratings: [index % 3, (index * 2) % 3, null] }));
    const made = report(tableOf([...paired, ...rows([null, null, 1], 10)], { scale }));
    for (const id of ['fleissKappa', 'congerKappa', 'gwetAc1', 'randolphKappa'])
      assert.match(made.overall?.measures[id]?.reason ?? '', /^no interval from 9 clusters/, id);
  });

  it('without disagreement end below where exact agreement puts them, chance agreement held', () => {
    const perfect = [...rows([0, 0], 12), ...rows([3, 3], 8)];
    const made = report(tableOf(perfect, { scale }));
    const exact = measure(made, 'exactAgreement').ci![0];
    const scott = 0.6 ** 2 + 0.4 ** 2;
    const chances = { scottPi: scott, brennanPrediger: 1 / 5, gwetAc1: (1 - scott) / 4 };
    for (const [id, chance] of Object.entries(chances)) {
      const { value, ci } = measure(made, id);
      assert.equal(value, 1);
      close(ci?.[0], (exact - chance) / (1 - chance), 1e-12, id);
      assert.equal(ci?.[1], 1);
    }
    assert.equal(measure(made, 'gwetAc2Linear').reason, 'no disagreement observed');
  });

  it('AC2 below −1 has none: atanh has no value there', () => {
    const opposed = [...rows([0, 4], 5), ...rows([4, 0], 5), ...rows([0, 3], 3), ...rows([4, 1], 3)];
    const { value, ci, reason } = measure(report(tableOf(opposed, { scale })), 'gwetAc2Quadratic');
    assert.ok(value !== null && value < -1);
    assert.deepEqual([ci, reason], [null, 'no interval for a coefficient of −1 or less']);
  });

  it('an ICC of the raters’ mean has none where one rating may be as unreliable as −1/(k − 1)', () => {
    // Ratings that go against each other: the sum of an item's four hardly varies.
    const opposed = Array.from({ length: 14 }, (_, index) => {
      const ratings = [0, 1, 2, 3].map(rater => [0, 1, 3, 4][(rater + index) % 4]!);
      if (index % 7 === 0) ratings[index % 4 === 0 ? 1 : 0] = 2;
      return { ratings };
    });
    const { iccC1, iccCk } = report(tableOf(opposed, { scale })).overall!.measures;
    assert.ok(iccC1?.ci && iccC1.ci[0] < -1 / 3);
    assert.equal(iccCk?.ci, null);
    assert.match(iccCk?.reason ?? '', /−1\/\(k − 1\)/);
  });
});

it('τ-b of many different values is the same as over all pairs, from groups of clusters', () => {
  const n = 5000;
  const [a, b] = [7919, 104729].map(step =>
    Float64Array.from({ length: n }, (_, item) => (item * step) % 5003),
  );
  let surplus = 0;
  for (let left = 0; left < n; left++)
    for (let right = 0; right < left; right++)
      surplus += Math.sign(a![left]! - a![right]!) * Math.sign(b![left]! - b![right]!);
  const { value, method } = kendallTauB.of({
    columns: [a!, b!],
    n,
    weights: new Float64Array(n).fill(1),
    equalWeights: true,
    clusters: Array.from({ length: n }, (_, item) => Int32Array.of(item)),
    categories: { kind: 'none', reason: 'not needed' },
    seed: 1,
  });
  close(value, surplus / ((n * (n - 1)) / 2), 1e-12);
  assert.equal(method, 'cluster jackknife, 200 random groups of clusters, seed 1');
});
