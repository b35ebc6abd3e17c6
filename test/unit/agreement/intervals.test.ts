import assert from 'node:assert/strict';
import studentQuantile from '@stdlib/stats-base-dists-t-quantile';
import { krippendorffAlphaOrdinal } from '../../../src/core/agreement/measures/krippendorffAlphaOrdinal';
import { spearmanRho } from '../../../src/core/agreement/measures/spearmanRho';
import { sampleOf } from '../../../src/core/agreement/pairReport';
import { wilson } from '../../../src/core/agreement/wilson';
import { reportAgreement } from '../../../src/core/agreement/reportAgreement';
import { close, cutMeasure, firstPair, measure, report, tableOf, type TableRow } from './tables';

const scale = { min: 0, max: 10 };
const judged = { judges: 1, scale };

/** `times` rows of a judge's and a human's score. */
function rows(judge: number, human: number, times: number): TableRow[] {
  return Array.from({ length: times }, () => ({ ratings: [judge, human] }));
}

describe('when an interval is given', () => {
  const varied = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      ratings: [index % 5, (index * 3) % 7 === 0 ? 4 : index % 5],
    }));

  it('under 10 clusters there is none, with the reason and a warning', () => {
    const made = report(tableOf(varied(9), judged), [2]);
    const pair = firstPair(made);
    for (const [id, { value, ci, reason }] of [
      ...Object.entries(pair.measures),
      ...Object.entries(pair.thresholds[0]!.measures),
    ]) {
      assert.notEqual(value, null, id);
      assert.equal(ci, null, id);
      assert.match(reason ?? '', /at least 10 are needed/, id);
    }
    assert.deepEqual(pair.warnings, ['Only 9 clusters: no interval is given under 10.']);
  });

  it('10 to 19 clusters give intervals and a warning, 20 no warning', () => {
    const ten = firstPair(report(tableOf(varied(10), judged)));
    assert.ok(ten.measures['cohenKappaQuadratic']?.ci);
    assert.deepEqual(ten.warnings, ['Only 10 clusters: the intervals are rough under 20.']);
    assert.equal(firstPair(report(tableOf(varied(19), judged))).warnings.length, 1);
    assert.deepEqual(firstPair(report(tableOf(varied(20), judged))).warnings, []);
  });

  it('counts clusters, not rows: 40 rows in 8 rollouts give none', () => {
    const clustered = varied(40).map((row, index) => ({ ...row, cluster: `rollout-${index % 8}` }));
    const pair = firstPair(report(tableOf(clustered, judged)));
    assert.equal(pair.clusters, 8);
    assert.equal(pair.measures['pearsonR']?.ci, null);
  });

  it('clusters that repeat the same items widen it', () => {
    const once = varied(30);
    const fourfold = once.flatMap((row, index) =>
      Array.from({ length: 4 }, () => ({ ...row, cluster: `c${index}` })),
    );
    const width = (table: TableRow[]) => {
      const { ci } = measure(report(tableOf(table, judged)), 'meanDifference');
      return (ci?.[1] ?? NaN) - (ci?.[0] ?? NaN);
    };
    close(width(fourfold), width(once), 1e-12);
    assert.ok(width(fourfold.map(row => ({ ratings: row.ratings }))) < 0.6 * width(once));
  });

  it('is computed on groups of clusters where deleting each would take too long, and says so', function () {
    this.timeout(30_000);
    const many = Array.from({ length: 9000 }, (_, index) => {
      const wave = ((index * 7919) % 9001) / 9001;
      return { ratings: [wave + ((index * 104729) % 9007) / 9007, wave + ((index * 1299709) % 9011) / 9011] };
    });
    const table = tableOf(many, { judges: 1 });
    const sample = sampleOf(
      table,
      table.columns,
      table.units.map((_, unit) => unit),
      {
        mode: 'scale',
        scale: null,
        averaged: false,
        declared: null,
        thresholds: [],
        text: false,
        seed: 1,
      },
    );
    const { value, ci, method } = krippendorffAlphaOrdinal.of(sample);
    assert.equal(method, 'cluster jackknife, 200 random groups of clusters, seed 1');
    // The same ranks' correlation, every row deleted, agrees to the third decimal.
    const rho = spearmanRho.of(sample);
    assert.equal(rho.method, 'cluster jackknife');
    close(value, rho.value ?? NaN, 1e-3);
    close(ci?.[0], rho.ci?.[0] ?? NaN, 5e-3);
    close(ci?.[1], rho.ci?.[1] ?? NaN, 5e-3);
  });
});

describe('no disagreement', () => {
  const perfect = [...rows(0, 0, 15), ...rows(4, 4, 6), ...rows(9, 9, 4)];
  const made = report(tableOf(perfect, judged), [5]);

  it('κ ends below where Wilson on exact agreement puts it, chance agreement held', () => {
    const { value, ci, method } = measure(made, 'cohenKappa');
    const chance = (15 * 15 + 6 * 6 + 4 * 4) / (25 * 25);
    const exact = wilson(1, 25, studentQuantile(0.975, 24))[0];
    assert.equal(value, 1);
    close(ci?.[0], (exact - chance) / (1 - chance), 1e-12);
    assert.equal(ci?.[1], 1);
    assert.match(method ?? '', /chance agreement held/);
  });

  for (const id of [
    'cohenKappaLinear',
    'cohenKappaQuadratic',
    'krippendorffAlphaNominal',
    'krippendorffAlphaOrdinal',
    'krippendorffAlphaInterval',
    'meanAbsoluteError',
  ]) {
    it(`${id} has no interval and says why`, () => {
      const { value, ci, reason } = measure(made, id);
      assert.equal(value, id === 'meanAbsoluteError' ? 0 : 1);
      assert.equal(ci, null);
      assert.equal(reason, 'no disagreement observed');
    });
  }

  it('exact agreement of 1 has the Wilson interval of as many items as clusters, at most', () => {
    const inClusters = perfect.map((row, index) => ({ ...row, cluster: `c${index % 12}` }));
    const { ci, analyticCi } = measure(report(tableOf(inClusters, judged)), 'exactAgreement');
    assert.deepEqual(ci, wilson(1, 12, studentQuantile(0.975, 11)));
    close(analyticCi?.[0], wilson(1, 25, 1.959963984540054)[0], 1e-12);
  });

  it('at p = 1 unequal weights count for fewer items (Kish)', () => {
    const weighted = perfect.map((row, index) => ({ ...row, weight: index < 5 ? 10 : 1 }));
    const { ci, analyticCi } = measure(report(tableOf(weighted, judged)), 'exactAgreement');
    const kish = (5 * 10 + 20) ** 2 / (5 * 100 + 20);
    close(ci?.[0], wilson(1, kish, studentQuantile(0.975, 24))[0], 1e-12);
    assert.equal(analyticCi, undefined);
  });
});

describe('an interval of no width is never given', () => {
  it('where every item differs by the same', () => {
    const made = report(
      tableOf(
        Array.from({ length: 30 }, (_, index) => ({ ratings: [(index % 5) + 1, index % 5] })),
        judged,
      ),
    );
    for (const id of ['meanDifference', 'meanAbsoluteError']) {
      const { value, ci, reason } = measure(made, id);
      assert.equal(value, 1);
      assert.equal(ci, null);
      assert.match(reason ?? '', /^no interval: every item/);
    }
    assert.equal(measure(made, 'pearsonR').value, 1);
    assert.equal(measure(made, 'pearsonR').reason, 'all items lie on one line');
  });

  it('where every cluster has the same share', () => {
    const even = Array.from({ length: 40 }, (_, index) => ({
      ratings: [index % 2, index % 2 === 0 ? 0 : 2],
      cluster: `c${Math.floor(index / 2)}`,
    }));
    const { value, ci, reason } = measure(report(tableOf(even, judged)), 'exactAgreement');
    assert.equal(value, 0.5);
    assert.equal(ci, null);
    assert.match(reason ?? '', /changes nothing/);
  });

  it('where one side never varies, κ is 0 and says why it has none', () => {
    const made = report(
      tableOf(
        Array.from({ length: 30 }, (_, index) => ({ ratings: [3, index % 5] })),
        judged,
      ),
    );
    const kappa = measure(made, 'cohenKappaQuadratic');
    assert.deepEqual([kappa.value, kappa.ci], [0, null]);
    assert.equal(measure(made, 'pearsonR').value, null);
    assert.equal(measure(made, 'pearsonR').reason, "a's ratings never vary");
    assert.deepEqual(firstPair(made).warnings, ['rater-1 gave every item the same rating.']);
  });

  it('where nobody varies, κ and α are undefined, never 1', () => {
    const made = report(tableOf(rows(2, 2, 30), judged));
    for (const id of [
      'cohenKappa',
      'cohenKappaQuadratic',
      'krippendorffAlphaInterval',
      'krippendorffAlphaOrdinal',
      'krippendorffAlphaNominal',
      'spearmanRho',
    ]) {
      assert.equal(measure(made, id).value, null, id);
      assert.match(measure(made, id).reason ?? '', /same|never vary/, id);
      assert.equal(measure(made, id).ci, undefined, id);
    }
  });
});

describe('one cluster holds everything', () => {
  it('all disagreement in one cluster: a score interval inside −1 to 1, said in the method', () => {
    const made = report(tableOf([...rows(0, 0, 60), ...rows(5, 5, 39), ...rows(5, 0, 1)], judged));
    const { value, ci, method } = measure(made, 'cohenKappa');
    close(value, 0.979, 1e-3);
    assert.match(method ?? '', /^score interval/);
    assert.ok(ci && ci[0] > 0.8 && ci[0] < 0.95 && ci[1] > (value ?? 1) && ci[1] < 1, String(ci));
  });

  it('all variation in one cluster: no interval, since without it the measure is undefined', () => {
    const { value, ci, reason } = measure(
      report(tableOf([...rows(0, 0, 30), ...rows(5, 8, 1)], judged)),
      'pearsonR',
    );
    assert.equal(value, 1);
    assert.equal(ci, null);
    assert.ok(reason);
    const three = report(
      tableOf(
        [...rows(0, 0, 30), { ratings: [5, 8], cluster: 'x' }, { ratings: [7, 8], cluster: 'x' }],
        judged,
      ),
    );
    const r = measure(three, 'pearsonR');
    assert.ok(r.value !== null && r.value < 1);
    assert.equal(r.ci, null);
    assert.equal(r.reason, 'no interval: without one of the clusters the measure is undefined');
  });
});

it('a mean absolute error ends at 0, where a difference may go on below', () => {
  const made = report(tableOf([...rows(1, 0, 1), ...rows(0, 0, 11)], judged));
  assert.equal(measure(made, 'meanAbsoluteError').ci?.[0], 0);
  assert.ok((measure(made, 'meanDifference').ci?.[0] ?? 0) < 0);
});

it('fractional weights leave no trace of a cluster that is taken out', () => {
  const weights = [0.1, 0.7, 0.3, 1.1, 0.2];
  const positives = weights.map((weight, index) => ({
    ratings: [9, index < 4 ? 9 : 1],
    weight,
    cluster: 'x',
  }));
  const negatives = weights.flatMap((weight, index) =>
    Array.from({ length: 5 }, (_, copy) => ({ ratings: [1, 1], weight, cluster: `n${index}${copy}` })),
  );
  const mcc = cutMeasure(report(tableOf([...negatives, ...positives], judged), [5]), 5, 'mcc');
  assert.ok(mcc.value !== null && mcc.value < 1);
  assert.equal(mcc.reason, 'no interval: without one of the clusters the measure is undefined');
});

describe('conditional proportions', () => {
  it('count only the clusters that have an item in the denominator', () => {
    const positives = Array.from({ length: 8 }, (_, index) => ({
      ratings: [index < 6 ? 7 : 1, 6],
      cluster: `p${index}`,
    }));
    const negatives = Array.from({ length: 30 }, (_, index) => ({
      ratings: [index < 4 ? 6 : 2, 1],
      cluster: `n${index}`,
    }));
    const made = report(tableOf([...positives, ...negatives], judged), [5]);
    const sensitivity = cutMeasure(made, 5, 'sensitivity');
    assert.equal(sensitivity.value, 0.75);
    assert.equal(sensitivity.ci, null);
    assert.match(
      sensitivity.reason ?? '',
      /^no interval from 8 clusters with items that b puts at or above the cut/,
    );
    const specificity = cutMeasure(made, 5, 'specificity');
    close(specificity.value, 26 / 30, 1e-12);
    // Rows as clusters: v = p(1 − p)/(G − 1), so n* = G − 1 and t has G − 1 df, G = 30 and not 38.
    const expected = wilson(26 / 30, 29, studentQuantile(0.975, 29));
    close(specificity.ci?.[0], expected[0], 1e-9);
    close(specificity.ci?.[1], expected[1], 1e-9);
    assert.match(cutMeasure(made, 5, 'balancedAccuracy').reason ?? '', /^no interval from 8 clusters/);
  });

  it('without an item in the denominator are undefined', () => {
    const made = report(tableOf(rows(7, 2, 12).concat(rows(1, 0, 12)), judged), [5]);
    assert.deepEqual(cutMeasure(made, 5, 'sensitivity'), {
      value: null,
      reason: 'no items that b puts at or above the cut',
    });
    assert.equal(cutMeasure(made, 5, 'mcc').value, null);
    assert.equal(cutMeasure(made, 5, 'balancedAccuracy').value, null);
    assert.equal(cutMeasure(made, 5, 'prevalenceHuman').value, 0);
  });
});

describe('analytic intervals', () => {
  const table = [...rows(0, 1, 4), ...rows(0, 2, 1), ...rows(1, 1, 8), ...rows(2, 1, 1), ...rows(2, 2, 5)];

  it('the standard error of linear κ is that of the SAS printout, .1457', () => {
    const { analyticCi } = measure(
      report(tableOf(table, { judges: 1, scale: { min: 0, max: 2 } })),
      'cohenKappaLinear',
    );
    assert.ok(analyticCi);
    close((analyticCi[1] - analyticCi[0]) / 2 / 1.959963984540054, 0.1457, 5e-5);
  });

  it('Pearson’s is Fisher’s z ± 1.96/√(n − 3)', () => {
    const half = [...rows(6, 6, 9), ...rows(4, 4, 12), ...rows(6, 4, 3), ...rows(4, 6, 4)];
    const { value, analyticCi } = measure(report(tableOf(half, judged)), 'pearsonR');
    const z = Math.atanh(value ?? NaN);
    close(analyticCi?.[0], Math.tanh(z - 1.959963984540054 / 5), 1e-12);
    close(analyticCi?.[1], Math.tanh(z + 1.959963984540054 / 5), 1e-12);
  });

  it('are absent under unequal weights', () => {
    const weighted = table.map((row, index) => ({ ...row, weight: 1 + (index % 2) }));
    const pair = firstPair(report(tableOf(weighted, { judges: 1, scale: { min: 0, max: 2 } }), [1]));
    for (const [id, value] of [
      ...Object.entries(pair.measures),
      ...Object.entries(pair.thresholds[0]!.measures),
    ]) {
      assert.equal('analyticCi' in value, false, id);
    }
  });
});

it('the seed changes nothing where nothing is random', () => {
  const table = tableOf(rows(1, 1, 20).concat(rows(2, 3, 9), rows(5, 4, 7)), judged);
  const made = [1, 2].map(seed =>
    reportAgreement(table, { thresholds: [2], categories: 'scale', seed, resamples: 10 }),
  );
  assert.deepEqual({ ...made[0], seed: 0 }, { ...made[1], seed: 0 });
});
