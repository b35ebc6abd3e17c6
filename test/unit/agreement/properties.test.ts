import assert from 'node:assert/strict';
import fc from 'fast-check';
import { reportJson } from '../../../src/core/agreement/reportJson';
import type { RatingTable } from '../../../src/core/agreement/ratingTable';
import { close, firstPair, measure, report, tableOf, type TableRow } from './tables';

const scale = { min: 0, max: 6 };
const shape = { judges: 1, scale };
const score = fc.integer({ min: 0, max: 6 });
const item = fc.record({
  ratings: fc.tuple(fc.option(score, { freq: 9 }), fc.option(score, { freq: 9 })),
  cluster: fc.constantFrom(...Array.from({ length: 14 }, (_, index) => `rollout-${index}`)),
  weight: fc.constantFrom(1, 0.1, 2.5, 7.3),
});
const items: fc.Arbitrary<TableRow[]> = fc
  .array(item, { minLength: 20, maxLength: 60 })
  .map(rows => rows.map((row, index) => ({ ...row, id: `unit-${String(index).padStart(3, '0')}` })));
const complete: fc.Arbitrary<TableRow[]> = fc.array(
  fc.record({ ratings: fc.tuple(score, score), cluster: item.map(({ cluster }) => cluster) }),
  { minLength: 12, maxLength: 60 },
);
const ofPairs = [
  'cohenKappa',
  'cohenKappaLinear',
  'cohenKappaQuadratic',
  'krippendorffAlphaNominal',
  'krippendorffAlphaOrdinal',
  'krippendorffAlphaInterval',
  'pearsonR',
  'spearmanRho',
];
const shares = ['exactAgreement', 'withinOneAgreement', 'meanAbsoluteError'];

function values(rows: readonly TableRow[], ids: readonly string[], of = shape) {
  const made = report(tableOf(rows, of));
  return ids.map(id => measure(made, id).value);
}

function alike(
  left: readonly (number | null)[],
  right: readonly (number | null)[],
  names: readonly string[],
): void {
  left.forEach((value, index) => {
    if (value === null) assert.equal(right[index], null, names[index]);
    else close(right[index], value, 1e-10, names[index]);
  });
}

describe('whatever the ratings', () => {
  it('the order of rows changes no byte of the report', () => {
    const shuffled = items.chain(rows =>
      fc.tuple(
        fc.constant(rows),
        fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([rows, other]) => {
        const [one, two] = [rows, other].map(order => reportJson(report(tableOf(order, shape), [3, 5])));
        assert.equal(one, two);
      }),
      { numRuns: 60 },
    );
  });

  it('judge and human may change places: every measure of the pair is the same, the difference turns its sign', () => {
    fc.assert(
      fc.property(complete, rows => {
        const turned = rows.map(row => ({ ...row, ratings: [...row.ratings].reverse() }));
        const ids = [...ofPairs, ...shares];
        alike(values(rows, ids), values(turned, ids), ids);
        const [difference, back] = [rows, turned].map(table => values(table, ['meanDifference'])[0] ?? NaN);
        close(difference, -(back ?? NaN), 1e-12);
      }),
    );
  });

  it('unordered measures don’t depend on which label stands for which category', () => {
    const names = ['f', 'a', 'q', 'b', 'z', 'c', 'm'];
    fc.assert(
      fc.property(complete, rows => {
        const ids = ['cohenKappa', 'krippendorffAlphaNominal', 'exactAgreement'];
        const renamed = rows.map(row => ({
          ...row,
          ratings: row.ratings.map(rating => names[Number(rating)]!),
        }));
        const made = report(tableOf(renamed, { judges: 1 }));
        alike(
          values(rows, ids),
          ids.map(id => measure(made, id).value),
          ids,
        );
      }),
    );
  });

  it('α-interval and r don’t change with the unit of the scale, ranks not with any rising map', () => {
    fc.assert(
      fc.property(complete, rows => {
        const mapped = (of: (rating: number) => number) =>
          rows.map(row => ({ ...row, ratings: row.ratings.map(rating => of(Number(rating))) }));
        const linear = ['krippendorffAlphaInterval', 'pearsonR'];
        const ranks = ['krippendorffAlphaOrdinal', 'spearmanRho'];
        const free = { judges: 1, scale: { min: -1e9, max: 1e9 } };
        alike(
          values(rows, linear),
          values(
            mapped(x => 0.3 - 7.1 * x),
            linear,
            free,
          ),
          linear,
        );
        alike(
          values(rows, ranks),
          values(
            mapped(x => x * x * x + x),
            ranks,
            free,
          ),
          ranks,
        );
      }),
    );
  });

  it('every row twice changes no κ, r, ρ or share', () => {
    fc.assert(
      fc.property(complete, rows => {
        const ids = [...ofPairs.filter(id => !id.startsWith('krippendorff')), ...shares];
        alike(values(rows, ids), values([...rows, ...rows], ids), ids);
      }),
    );
  });

  it('weights that are all the same are no weights, to the byte', () => {
    fc.assert(
      fc.property(items, fc.constantFrom(0.1, 3, 1e-7, 12345.6), (rows, weight) => {
        const [plain, weighted] = [1, weight].map(each =>
          reportJson(
            report(
              tableOf(
                rows.map(row => ({ ...row, weight: each })),
                shape,
              ),
              [3],
            ),
          ),
        );
        assert.equal(weighted, plain);
      }),
      { numRuns: 40 },
    );
  });

  it('only the proportions of weights matter', () => {
    fc.assert(
      fc.property(items, fc.constantFrom(0.2, 17), (rows, factor) => {
        const scaled = rows.map(row => ({ ...row, weight: (row.weight ?? 1) * factor }));
        const ids = [...ofPairs, ...shares];
        alike(values(rows, ids), values(scaled, ids), ids);
      }),
      { numRuns: 40 },
    );
  });

  it('perfect agreement is 1 wherever it is defined', () => {
    fc.assert(
      fc.property(fc.array(score, { minLength: 2, maxLength: 40 }), scores => {
        const found = values(
          scores.map(rating => ({ ratings: [rating, rating] })),
          [...ofPairs, 'exactAgreement'],
        );
        const expected = new Set(scores).size > 1 ? 1 : null;
        assert.deepEqual(found, [...ofPairs.map(() => expected), 1]);
      }),
    );
  });

  it('intervals have width, hold the value and stay in bounds; what is undefined has a reason', () => {
    const bounded = [...ofPairs, 'exactAgreement', 'withinOneAgreement'];
    fc.assert(
      fc.property(items, rows => {
        const pair = firstPair(report(tableOf(rows, shape), [3, 6]));
        const all = [
          ...Object.entries(pair.measures),
          ...pair.thresholds.flatMap(cut => Object.entries(cut.measures)),
        ];
        for (const [id, { value, ci, reason, method }] of all) {
          if (value === null || !ci) {
            assert.ok(reason && method === undefined, id);
            continue;
          }
          assert.ok(ci[0] < ci[1] && ci[0] <= value && value <= ci[1], `${id} ${value} ${String(ci)}`);
          assert.ok(method, id);
          if (bounded.includes(id)) assert.ok(ci[0] >= -1 && ci[1] <= 1, id);
        }
      }),
    );
  });

  it('values are written to 12 significant digits and read back as they are', () => {
    fc.assert(
      fc.property(items, rows => {
        const text = reportJson(report(tableOf(rows, shape), [3]));
        const numbers = text.match(/-?\d+\.\d+/g) ?? [];
        for (const number of numbers)
          assert.ok(number.replace(/^-?0?\.?0*/, '').replace('.', '').length <= 12, number);
        assert.equal(`${JSON.stringify(JSON.parse(text))}\n`, text);
      }),
      { numRuns: 20 },
    );
  });
});

it('four raters in any order of columns give the same overall values', () => {
  const wide = fc.array(fc.array(fc.option(score), { minLength: 4, maxLength: 4 }), {
    minLength: 12,
    maxLength: 40,
  });
  fc.assert(
    fc.property(wide, ratings => {
      const overall = (order: readonly number[]): RatingTable =>
        tableOf(
          ratings.map(row => ({ ratings: order.map(index => row[index] ?? null) })),
          { scale },
        );
      const [one, two] = [
        [0, 1, 2, 3],
        [2, 0, 3, 1],
      ].map(order => report(overall(order)).overall);
      assert.equal(one?.n, two?.n);
      for (const [id, { value }] of Object.entries(one?.measures ?? {})) {
        if (value === null) assert.equal(two?.measures[id]?.value, null);
        else close(two?.measures[id]?.value, value, 1e-10, id);
      }
    }),
  );
});
