import assert from 'node:assert/strict';
import atanh from '@stdlib/math-base-special-atanh';
import studentQuantile from '@stdlib/stats-base-dists-t-quantile';
import tanh from '@stdlib/math-base-special-tanh';
import fc from 'fast-check';
import { naiveJackknife } from './naive';
import { naiveOverall, type RatedItem } from './naiveRaters';
import { close, measure, report, tableOf } from './tables';

const scale = [0, 1, 2, 3, 4];
const raters = 4;

/** Four raters of 12 to 16 clusters; about a seventh of the ratings is missing, so that some items have one or none. */
function studies(weight: fc.Arbitrary<number>): fc.Arbitrary<RatedItem[]> {
  const rating = fc.option(fc.integer({ min: -1, max: 1 }), { freq: 6 });
  const item = fc.record({
    truth: fc.integer({ min: 0, max: 4 }),
    offsets: fc.array(rating, { minLength: raters, maxLength: raters }),
    w: weight,
  });
  return fc.integer({ min: 12, max: 16 }).chain(clusters =>
    fc.array(item, { minLength: 5 * clusters, maxLength: 6 * clusters }).map(items =>
      items.map(({ truth, offsets, w }, index) => ({
        ratings: offsets.map(offset => (offset === null ? null : Math.max(0, Math.min(4, truth + offset)))),
        w,
        cluster: `c${index % clusters}`,
      })),
    ),
  );
}

function overallOf(items: readonly RatedItem[]) {
  const { overall } = report(
    tableOf(
      items.map(({ ratings, w, cluster }) => ({ ratings, weight: w, cluster })),
      { scale: { min: 0, max: 4 } },
    ),
  );
  assert.ok(overall);
  return overall;
}

/** Σ over the clusters that hold such an item. */
const clustersWith = (items: readonly RatedItem[], has: (item: RatedItem) => boolean) =>
  items.filter(({ cluster }) => items.some(other => other.cluster === cluster && has(other)));
const isComplete = ({ ratings }: RatedItem) => ratings.every(rating => rating !== null);

describe('measures of several raters recomputed from their definitions', () => {
  for (const [name, weight] of [
    ['without weights', fc.constant(1)],
    ['with design weights', fc.constantFrom(1, 1.7, 0.3, 12.5)],
  ] as const) {
    for (const [id, statistic] of Object.entries(naiveOverall)) {
      const listwise = id.startsWith('icc') || id === 'kendallW';
      if (id === 'kendallW' && name !== 'without weights') continue;
      it(`${id} holds ${name}, with missing ratings${listwise ? ', listwise' : ''}`, () => {
        fc.assert(
          fc.property(studies(weight), items => {
            fc.pre(items.filter(isComplete).length > 5);
            const { value, method } = overallOf(items).measures[id]!;
            close(value, statistic(items, scale), 1e-10);
            const complete = items.filter(isComplete).length;
            const counted = overallOf(items).n;
            if (listwise && complete < counted)
              assert.match(method ?? '', new RegExp(`${complete} of ${counted} items`));
          }),
          { numRuns: 8, seed: 5 },
        );
      });
    }
    for (const id of ['fleissKappa', 'congerKappa', 'gwetAc1', 'iccA1', 'icc1']) {
      it(`${id} has the atanh jackknife interval ${name}`, () => {
        fc.assert(
          fc.property(studies(weight), items => {
            const used = clustersWith(items, id.startsWith('icc') ? isComplete : () => true);
            const statistic = (rest: readonly RatedItem[]) => naiveOverall[id]!(rest, scale);
            const { ci } = overallOf(items).measures[id]!;
            const { error, clusters } = naiveJackknife(used, rest => atanh(statistic(rest)));
            fc.pre(Number.isFinite(error) && clusters >= 10);
            const half = studentQuantile(0.975, clusters - 1) * error;
            close(ci?.[0], tanh(atanh(statistic(items)) - half), 1e-7);
            close(ci?.[1], tanh(atanh(statistic(items)) + half), 1e-7);
          }),
          { numRuns: 6, seed: 6 },
        );
      });
    }
  }

  it('the ends of an average’s interval are those of one rating’s, stepped up by k r/(1 + (k − 1) r)', () => {
    fc.assert(
      fc.property(studies(fc.constant(1)), items => {
        const { measures } = overallOf(items);
        for (const [single, average] of [
          ['iccA1', 'iccAk'],
          ['iccC1', 'iccCk'],
          ['icc1', 'icc1k'],
        ] as const) {
          const [one, mean] = [measures[single]!, measures[average]!];
          fc.pre((one.ci?.[0] ?? -1) > -0.33);
          const stepped = (r: number) => (raters * r) / (1 + (raters - 1) * r);
          one.ci!.forEach((end, index) => close(mean.ci?.[index], stepped(end), 1e-10, average));
          one.analyticCi?.forEach((end, index) =>
            close(mean.analyticCi?.[index], stepped(end), 1e-9, average),
          );
        }
      }),
      { numRuns: 15, seed: 9 },
    );
  });

  it('the intraclass correlations of a pair are those of its two columns', () => {
    const ratings = Array.from({ length: 40 }, (_, index) => [
      (index * 7) % 5,
      ((index * 7) % 5) - (index % 3 === 0 ? 1 : 0) + 1,
    ]);
    const items = ratings.map((row, index) => ({
      ratings: row,
      w: 1 + (index % 3),
      cluster: `c${index % 13}`,
    }));
    const made = report(
      tableOf(
        items.map(({ ratings: row, w, cluster }) => ({ ratings: row, weight: w, cluster })),
        { judges: 1 },
      ),
    );
    for (const id of ['iccA1', 'iccC1', 'iccAk', 'iccCk', 'icc1', 'icc1k'])
      close(measure(made, id).value, naiveOverall[id]!(items, scale), 1e-12, id);
  });
});
