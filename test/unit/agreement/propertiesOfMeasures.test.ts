import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MeasureValue } from '../../../src/core/agreement/agreementReport';
import type { RatingTable } from '../../../src/core/agreement/ratingTable';
import { close, cutMeasure, firstPair, report, tableOf, type TableRow } from './tables';

const scale = { min: 0, max: 4 };
const score = fc.integer({ min: 0, max: 4 });
const weight = fc.constantFrom(1, 0.4, 3.1);
const pairs: fc.Arbitrary<TableRow[]> = fc.array(fc.record({ ratings: fc.tuple(score, score), weight }), {
  minLength: 12,
  maxLength: 50,
});

/** The first pair's and the overall measures of two humans. */
function ofTwo(table: readonly TableRow[], of = scale): (id: string) => MeasureValue {
  const made = report(tableOf(table, { scale: of }));
  const { overall } = made;
  return id => firstPair(made).measures[id] ?? overall?.measures[id] ?? assert.fail(`no ${id}`);
}

function same(left: MeasureValue, right: MeasureValue): void {
  if (left.value === null) return assert.equal(right.value, null);
  close(right.value, left.value, 1e-10);
}

/** Each run makes a whole report. */
const runs = { numRuns: 40 };

describe('two raters', () => {
  it('make Fleiss’ κ Scott’s π, Conger’s κ Cohen’s, Randolph’s κ Brennan and Prediger’s', () => {
    fc.assert(
      fc.property(pairs, table => {
        const of = ofTwo(table);
        same(of('scottPi'), of('fleissKappa'));
        same(of('cohenKappa'), of('congerKappa'));
        same(of('brennanPrediger'), of('randolphKappa'));
      }),
      runs,
    );
  });

  it('make α-nominal π + (1 − π)/N of the N ratings', () => {
    fc.assert(
      fc.property(pairs, table => {
        const of = ofTwo(table);
        const pi = of('scottPi').value;
        fc.pre(pi !== null);
        close(of('krippendorffAlphaNominal').value, pi + (1 - pi) / (2 * table.length), 1e-10);
      }),
      runs,
    );
  });

  it('make Lin’s concordance κ with quadratic weights', () => {
    fc.assert(
      fc.property(pairs, table => {
        const of = ofTwo(table);
        fc.pre(of('linCcc').value !== null);
        same(of('cohenKappaQuadratic'), of('linCcc'));
      }),
      runs,
    );
  });

  it('make Kendall’s W (1 + ρ)/2 where neither has ties', () => {
    const untied = fc.integer({ min: 10, max: 30 }).chain(n => {
      const ranks = Array.from({ length: n }, (_, index) => index);
      return fc.shuffledSubarray(ranks, { minLength: n, maxLength: n });
    });
    fc.assert(
      fc.property(untied, order => {
        const of = ofTwo(
          order.map((rank, index) => ({ ratings: [rank, index] })),
          { min: 0, max: 30 },
        );
        close(of('kendallW').value, (1 + (of('spearmanRho').value ?? NaN)) / 2, 1e-10);
      }),
      runs,
    );
  });

  it('give AC1 between Brennan and Prediger’s coefficient and 1: its chance is at most 1/q', () => {
    fc.assert(
      fc.property(pairs, table => {
        const of = ofTwo(table);
        const [ac1, even] = [of('gwetAc1').value, of('brennanPrediger').value];
        fc.pre(ac1 !== null && even !== null);
        assert.ok(ac1 >= even - 1e-12 && ac1 <= 1, `${ac1} ${even}`);
      }),
      runs,
    );
  });

  it('with two categories AC2 of any weights is AC1', () => {
    const binary = fc.integer({ min: 0, max: 1 });
    fc.assert(
      fc.property(
        fc.array(fc.record({ ratings: fc.tuple(binary, binary), weight }), { minLength: 12, maxLength: 40 }),
        table => {
          const of = ofTwo(table, { min: 0, max: 1 });
          for (const kind of ['Linear', 'Quadratic', 'Ordinal']) same(of('gwetAc1'), of(`gwetAc2${kind}`));
        },
      ),
      runs,
    );
  });

  it('at a cut AC1 is that of the two sides', () => {
    fc.assert(
      fc.property(pairs, table => {
        const sides = table.map(row => ({
          ...row,
          ratings: row.ratings.map(rating => (Number(rating) >= 2 ? 1 : 0)),
        }));
        const cut = cutMeasure(report(tableOf(table, { scale }), [2]), 2, 'gwetAc1');
        same(ofTwo(sides, { min: 0, max: 1 })('gwetAc1'), cut);
      }),
      runs,
    );
  });
});

describe('several raters', () => {
  const wide = fc.array(
    fc.record({ ratings: fc.array(fc.option(score, { freq: 5 }), { minLength: 3, maxLength: 3 }), weight }),
    { minLength: 20, maxLength: 50 },
  );
  const categorical = ['fleissKappa', 'congerKappa', 'randolphKappa', 'gwetAc1', 'krippendorffAlphaNominal'];

  it('unordered measures don’t depend on which number stands for which category', () => {
    const renamed = [3, 0, 4, 1, 2];
    fc.assert(
      fc.property(wide, table => {
        const other = table.map(row => ({
          ...row,
          ratings: row.ratings.map(rating => (rating === null ? null : renamed[rating]!)),
        }));
        const [one, two] = [table, other].map(each => report(tableOf(each, { scale })).overall?.measures);
        for (const id of categorical) same(one![id]!, two![id]!);
      }),
      { numRuns: 25 },
    );
  });

  it('who agree all along have 1 wherever it is defined', () => {
    fc.assert(
      fc.property(fc.array(score, { minLength: 12, maxLength: 40 }), scores => {
        const made = report(
          tableOf(
            scores.map(rating => ({ ratings: [rating, rating, rating] })),
            { scale },
          ),
        );
        const expected = new Set(scores).size > 1 ? 1 : null;
        for (const [id, { value }] of Object.entries(made.overall?.measures ?? {}))
          assert.equal(value, id.endsWith('Agreement') ? 1 : expected, id);
      }),
    );
  });

  it('what needs all ratings is what the items with all of them give, interval included', () => {
    fc.assert(
      fc.property(wide, table => {
        const complete = table.filter(({ ratings }) => !ratings.includes(null));
        fc.pre(complete.length >= 12 && complete.length < table.length);
        const [all, own] = [table, complete].map(each => report(tableOf(each, { scale })).overall!.measures);
        for (const id of ['iccA1', 'iccCk', 'icc1', 'kendallW']) {
          same(own![id]!, all![id]!);
          own![id]!.ci?.forEach((end, index) => close(all![id]!.ci?.[index], end, 1e-9, id));
          assert.equal(own![id]!.ci === null, all![id]!.ci === null, id);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('a rater who rated nothing changes nothing but what needs all ratings', () => {
    fc.assert(
      fc.property(wide, table => {
        const more = table.map(row => ({ ...row, ratings: [...row.ratings, null] }));
        const [without, within] = [table, more].map(each => report(tableOf(each, { scale })).overall);
        assert.equal(without?.n, within?.n);
        for (const [id, value] of Object.entries(without?.measures ?? {})) {
          if (/^icc|^kendall/.test(id)) assert.equal(within?.measures[id]?.value, null);
          else assert.deepEqual(within?.measures[id], value, id);
        }
      }),
      { numRuns: 15 },
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
    { numRuns: 25 },
  );
});
