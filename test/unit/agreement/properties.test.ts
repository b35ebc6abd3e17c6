import assert from 'node:assert/strict';
import fc from 'fast-check';
import { reportJson } from '../../../src/core/agreement/reportJson';
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
const categorical = ['cohenKappa', 'scottPi', 'brennanPrediger', 'gwetAc1', 'krippendorffAlphaNominal'];
const ofPairs = [
  ...categorical,
  'cohenKappaLinear',
  'cohenKappaQuadratic',
  'gwetAc2Linear',
  'gwetAc2Quadratic',
  'gwetAc2Ordinal',
  'krippendorffAlphaOrdinal',
  'krippendorffAlphaInterval',
  'krippendorffAlphaRatio',
  'iccA1',
  'iccC1',
  'iccAk',
  'iccCk',
  'icc1',
  'icc1k',
  'pearsonR',
  'spearmanRho',
  'kendallTauB',
  'linCcc',
];
const shares = ['exactAgreement', 'withinOneAgreement', 'meanAbsoluteError', 'rootMeanSquareError'];
/** With a correction for the number of items or ratings in them. */
const ofFewItems = /^(krippendorff|iccA|icc1)/;

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

  it('judge and human may change places: every measure of the pair is the same, differences turn their sign', () => {
    fc.assert(
      fc.property(complete, rows => {
        const turned = rows.map(row => ({ ...row, ratings: [...row.ratings].reverse() }));
        const ids = [...ofPairs, ...shares, 'sdDifference'];
        alike(values(rows, ids), values(turned, ids), ids);
        const [there, back] = [
          [rows, 'Lower'],
          [turned, 'Upper'],
        ].map(([table, end]) =>
          values(table as TableRow[], ['meanDifference', `limitsOfAgreement${String(end)}`]),
        );
        there?.forEach((value, index) => close(value, -(back?.[index] ?? NaN), 1e-12));
      }),
    );
  });

  it('unordered measures don’t depend on which number stands for which category', () => {
    const renamed = [4, 0, 6, 1, 5, 3, 2];
    fc.assert(
      fc.property(complete, rows => {
        const other = rows.map(row => ({
          ...row,
          ratings: row.ratings.map(rating => renamed[Number(rating)]!),
        }));
        const ids = [...categorical, 'exactAgreement'];
        alike(values(rows, ids), values(other, ids), ids);
      }),
    );
  });

  it('text labels are categories like numbers', () => {
    const names = ['f', 'a', 'q', 'b', 'z', 'c', 'm'];
    fc.assert(
      fc.property(complete, rows => {
        const ids = [...categorical, 'exactAgreement'];
        const renamed = rows.map(row => ({
          ...row,
          ratings: row.ratings.map(rating => names[Number(rating)]!),
        }));
        const [made, observed] = [
          report(tableOf(renamed, { judges: 1 })),
          report(tableOf(rows, { judges: 1 }), [], 'observed'),
        ];
        alike(
          ids.map(id => measure(observed, id).value),
          ids.map(id => measure(made, id).value),
          ids,
        );
      }),
    );
  });

  it('α-interval, ICC, r and CCC don’t change with the unit of the scale, ranks not with any rising map', () => {
    fc.assert(
      fc.property(complete, rows => {
        const mapped = (of: (rating: number) => number) =>
          rows.map(row => ({ ...row, ratings: row.ratings.map(rating => of(Number(rating))) }));
        const linear = ofPairs.filter(id => /^(icc|pearson|lin)|Interval$/.test(id));
        const ranks = ['krippendorffAlphaOrdinal', 'spearmanRho', 'kendallTauB'];
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
        const ratio = ['krippendorffAlphaRatio'];
        alike(
          values(rows, ratio),
          values(
            mapped(x => 2.54 * x),
            ratio,
            free,
          ),
          ratio,
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

  it('every row twice changes no measure but those that correct for few items', () => {
    fc.assert(
      fc.property(complete, rows => {
        const ids = [...ofPairs.filter(id => !ofFewItems.test(id)), ...shares];
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
    // An average’s reliability goes below −1 (and so may AC2, which then has no interval).
    const bounded = [...ofPairs, 'exactAgreement', 'withinOneAgreement'].filter(id => !/^icc.*k$/.test(id));
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
