import fc from 'fast-check';
import atanh from '@stdlib/math-base-special-atanh';
import tanh from '@stdlib/math-base-special-tanh';
import studentQuantile from '@stdlib/stats-base-dists-t-quantile';
import assert from 'node:assert/strict';
import { naiveCoefficients, naiveJackknife, naiveMeans, type NaiveItem } from './naive';
import { close, measure, report, tableOf } from './tables';

const scale = [0, 1, 2, 3, 4, 5];
const shape = { judges: 1, scale: { min: 0, max: 5 } };
/** Their intervals end at 0. */
const atLeast0 = new Set(['sdDifference', 'meanAbsoluteError', 'rootMeanSquareError']);

/** Correlated ratings in 12 to 16 clusters, so that everything is defined with every cluster left out. */
function studies(weight: fc.Arbitrary<number>): fc.Arbitrary<NaiveItem[]> {
  const item = fc.record({
    b: fc.integer({ min: 0, max: 5 }),
    off: fc.integer({ min: -1, max: 2 }),
    w: weight,
  });
  return fc
    .integer({ min: 12, max: 16 })
    .chain(clusters =>
      fc
        .array(item, { minLength: 3 * clusters, maxLength: 4 * clusters })
        .map(items => ({ clusters, items })),
    )
    .map(({ clusters, items }) =>
      items.map(({ b, off, w }, index) => ({
        a: Math.max(0, Math.min(5, b + off)),
        b,
        w,
        cluster: `c${index % clusters}`,
      })),
    );
}

function reportOf(items: readonly NaiveItem[]) {
  return report(
    tableOf(
      items.map(({ a, b, w, cluster }) => ({ ratings: [a, b], weight: w, cluster })),
      shape,
    ),
  );
}

const weightings: readonly (readonly [string, fc.Arbitrary<number>])[] = [
  ['without weights', fc.constant(1)],
  ['with design weights', fc.constantFrom(1, 1.7, 0.3, 12.5)],
];

describe('measures recomputed from their definitions', () => {
  for (const [name, weight] of weightings) {
    for (const [id, statistic] of Object.entries(naiveCoefficients)) {
      it(`${id} and its atanh jackknife interval hold ${name}`, () => {
        fc.assert(
          fc.property(studies(weight), items => {
            const { value, ci, method } = measure(reportOf(items), id);
            const expected = statistic(items, scale);
            const { error, clusters } = naiveJackknife(items, rest => atanh(statistic(rest, scale)));
            fc.pre(Number.isFinite(expected) && Number.isFinite(error) && error > 1e-6);
            close(value, expected, 1e-10);
            const half = studentQuantile(0.975, clusters - 1) * error;
            assert.equal(method, 'cluster jackknife');
            close(ci?.[0], tanh(atanh(expected) - half), 1e-7);
            close(ci?.[1], tanh(atanh(expected) + half), 1e-7);
          }),
          { numRuns: 10, seed: 7 },
        );
      });
    }
    for (const [id, statistic] of Object.entries(naiveMeans)) {
      it(`${id} and its jackknife interval hold ${name}`, () => {
        fc.assert(
          fc.property(studies(weight), items => {
            const { value, ci } = measure(reportOf(items), id);
            const expected = statistic(items, scale);
            const { error, clusters } = naiveJackknife(items, rest => statistic(rest, scale));
            fc.pre(error > 1e-6);
            const half = studentQuantile(0.975, clusters - 1) * error;
            close(value, expected, 1e-10);
            close(ci?.[0], atLeast0.has(id) ? Math.max(0, expected - half) : expected - half, 1e-9);
            close(ci?.[1], expected + half, 1e-9);
          }),
          { numRuns: 10, seed: 8 },
        );
      });
    }
  }

  it('with one item a cluster, the mean difference has the interval of the paired t test', () => {
    const differences = [1, 0, -2, 3, 1, 1, 0, 2, -1, 4, 0, 1];
    const rows = differences.map((difference, index) => ({
      ratings: [(index % 4) + 3 + difference, (index % 4) + 3],
    }));
    const mean = differences.reduce((sum, value) => sum + value, 0) / 12;
    const sd = Math.sqrt(differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 11);
    const { ci } = measure(report(tableOf(rows, { judges: 1 })), 'meanDifference');
    close(ci?.[0], mean - (2.2009851601 * sd) / Math.sqrt(12), 1e-8);
    close(ci?.[1], mean + (2.2009851601 * sd) / Math.sqrt(12), 1e-8);
  });

  it('α-interval leaves a single rating of an item out and uses items with 2, 3 and 4 ratings', () => {
    const ratings = [
      [1, 2, null, null],
      [3, 3, 4, null],
      [2, 2, 2, 5],
      [null, 4, null, null],
      [5, null, 5, 4],
    ];
    // By hand from the coincidence matrix: pairs within items over m − 1 against all pairs of the 12 paired ratings.
    const paired = ratings.map(row => row.filter(rating => rating !== null)).filter(row => row.length > 1);
    const pool = paired.flat();
    const squares = (values: number[]) =>
      values.flatMap(x => values.map(y => (x - y) ** 2)).reduce((s, d) => s + d, 0);
    const observed = paired.reduce((sum, row) => sum + squares(row) / (row.length - 1), 0) / pool.length;
    const expected = squares(pool) / (pool.length * (pool.length - 1));
    const { overall } = report(tableOf(ratings.map(row => ({ ratings: row }))));
    assert.equal(overall?.n, 4);
    close(overall?.measures['krippendorffAlphaInterval']?.value, 1 - observed / expected, 1e-12);
  });
});
