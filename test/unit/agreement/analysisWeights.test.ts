import assert from 'node:assert/strict';
import fc from 'fast-check';
import { analysisWeights } from '../../../src/core/agreement/analysisWeights';
import type { RatingStratum, RatingTable } from '../../../src/core/agreement/ratingTable';
import { naiveCoefficients, naiveMeans } from './naive';
import type { NaiveItem } from './naive';
import { scoreIn, subsetOf, subsetTable } from './subsets';
import type { Drawn } from './subsets';
import { close, cutMeasure, firstPair, measure, report } from './tables';

interface Unit {
  readonly stratum: string;
  readonly weight: number;
  readonly judge: number | null;
  readonly human: number | null;
}

const bins = (...ids: readonly string[]): RatingStratum[] => ids.map(id => ({ id, binsOf: '{}' }));
const apart = (...ids: readonly string[]): RatingStratum[] => ids.map(id => ({ id, binsOf: null }));

const tableWith = (strata: readonly RatingStratum[], units: readonly Unit[]): RatingTable => ({
  units: units.map(({ stratum, weight }, place) => ({
    id: `u${String(place).padStart(3, '0')}`,
    cluster: `u${String(place)}`,
    weight,
    stratum,
  })),
  clusterBy: 'rollout',
  columns: [
    { name: 'judge', role: 'judge', values: units.map(({ judge }) => judge) },
    { name: 'ada', role: 'human', values: units.map(({ human }) => human) },
  ],
  strata,
  scale: { min: 0, max: 10 },
  source: {},
  notes: [],
});

const unit = (stratum: string, weight: number, human: number | null, judge: number | null = 5): Unit => ({
  stratum,
  weight,
  human,
  judge,
});

function weightsOf(table: RatingTable) {
  const used = table.units.flatMap((_, index) =>
    table.columns.every(({ values }) => (values[index] ?? null) !== null) ? [index] : [],
  );
  return analysisWeights(table, table.columns, used);
}

describe('analysisWeights', function () {
  // A loaded machine may take its time over these.
  this.timeout(20_000);

  it('make up what a stratum lost by the rest of it', () => {
    const table = tableWith(apart('x', 'y'), [
      unit('x', 10, 1),
      unit('x', 10, 2),
      unit('x', 10, null),
      unit('y', 4, 1),
      unit('y', 2, 1),
      unit('y', 6, null),
    ]);
    assert.deepEqual(weightsOf(table), { weights: [15, 15, 8, 4], warnings: [] });
  });

  it('are the design weights themselves, to the bit, where nothing was lost', () => {
    const weights = [0.1, 1 / 3, 0.1, 17.666666666666668, 1 / 3];
    const table = tableWith(
      apart('x', 'y'),
      weights.map((weight, index) => unit(index % 2 === 0 ? 'x' : 'y', weight, 1)),
    );
    assert.deepEqual(weightsOf(table).weights, weights);
  });

  it('give a range of judge scores without a usable item to the nearest that has one, the lower of two', () => {
    const table = tableWith(bins('0–1', '2–4', '5–6', '7–10'), [
      unit('0–1', 8, 1),
      unit('2–4', 4, null),
      unit('5–6', 2, 1),
      unit('5–6', 2, 1),
      unit('7–10', 3, null),
    ]);
    const { weights, warnings } = weightsOf(table);
    assert.deepEqual(weights, [12, 3.5, 3.5]);
    assert.deepEqual(warnings, [
      'The stratum “2–4” has no usable item: “0–1”, beside it, stands for both.',
      'The stratum “7–10” has no usable item: “5–6”, beside it, stands for both.',
    ]);
  });

  it('never go to a range of another condition', () => {
    const strata = [
      { id: 'base 0–4', binsOf: 'base' },
      { id: 'trained 0–4', binsOf: 'trained' },
      { id: 'base 5–10', binsOf: 'base' },
    ];
    const table = tableWith(strata, [
      unit('base 0–4', 1, null),
      unit('trained 0–4', 5, 1),
      unit('base 5–10', 2, 1),
    ]);
    assert.deepEqual(weightsOf(table).weights, [5, 3]);
  });

  it('are all 1, and said so, where any other stratum has no usable item', () => {
    const table = tableWith(apart('x', 'y'), [unit('x', 10, 1), unit('x', 3, 2), unit('y', 4, null)]);
    const { weights, warnings } = weightsOf(table);
    assert.deepEqual(weights, [1, 1]);
    assert.deepEqual(warnings, [
      'The stratum “y” has no usable item: the numbers are unweighted and describe the labelled items only.',
    ]);
  });

  it('leave out a stratum that the judge did not score', () => {
    const table = tableWith(apart('scored', 'no judge score'), [
      unit('scored', 10, 1),
      unit('no judge score', 3, 2, null),
    ]);
    const { weights, warnings } = weightsOf(table);
    assert.deepEqual(weights, [10]);
    assert.deepEqual(warnings, [
      'The judge scored 1 of 2 drawn items: the numbers are about what it scored.',
    ]);
  });

  it('are those of what the judge scored, where it scored part of a stratum: the rest is no loss', () => {
    const table = tableWith(apart('x', 'y'), [
      unit('x', 10, 1),
      unit('x', 10, 2, null),
      unit('x', 10, null),
      unit('y', 4, 1),
      unit('y', 4, 3, null),
    ]);
    assert.deepEqual(weightsOf(table).weights, [20, 4]);
  });

  it('of a table without strata are its own', () => {
    const { strata, ...table } = tableWith(apart('x'), [unit('x', 3, 1), unit('x', 4, null)]);
    assert.ok(strata);
    assert.deepEqual(weightsOf(table), { weights: [3], warnings: [] });
  });
});

describe('agreement in a subset', function () {
  this.timeout(20_000);

  /**
   * By hand. Low: 40 items, 4 drawn, one not labelled: 10 · 40/30 each; high: 6 items, 3 drawn, 2 each; as 20 to 3.
   * Σ w (a − b)² = 20 + 3 + 3; Σ a_i b_j (i − j)² of the weighted margins (40, 23, 6) and (20, 43, 6) = 4016; Σ w = 69.
   */
  it('is the weighted κ worked by hand, with one item of a stratum missing', () => {
    const drawn: Drawn[] = [
      ...[0, 0, 1, 0].map(judge => ({ stratum: 'low', judge, weight: 10 })),
      ...[2, 2, 1].map(judge => ({ stratum: 'high', judge, weight: 2 })),
    ];
    const subset = subsetOf(drawn, { design: { kind: 'stratified', n: 7, by: ['condition'] } });
    const labels = [0, 1, 1, null, 2, 1, 2].flatMap((value, slot) =>
      value === null ? [] : [scoreIn(subset, slot, 'ada', value)],
    );
    const made = report(subsetTable(subset, drawn, labels), [2]);
    assert.equal(firstPair(made).n, 6);
    assert.equal(firstPair(made).excluded.missing, 1);
    close(measure(made, 'cohenKappaQuadratic').value, 1 - (26 * 69) / 4016, 1e-12);
    close(measure(made, 'meanHuman').value, (20 * (0 + 1 + 1) + 3 * (2 + 1 + 2)) / 69, 1e-12);
    // At score ≥ 2: the judge has two of weight 3, the human two, both one.
    close(cutMeasure(made, 2, 'prevalenceJudge').value, 6 / 69, 1e-12);
    close(cutMeasure(made, 2, 'sensitivity').value, 3 / 6, 1e-12);
  });

  it('is that of the definitions under weights found item by item, whatever was lost', () => {
    const scores = fc.integer({ min: 0, max: 10 });
    const item = fc.record({
      stratum: fc.constantFrom('x', 'y', 'z'),
      judge: scores,
      human: fc.option(scores, { freq: 4 }),
    });
    const weightOf: Readonly<Record<string, number>> = { x: 1.5, y: 7, z: 30 };
    fc.assert(
      fc.property(fc.array(item, { minLength: 6, maxLength: 25 }), items => {
        const lost = ['x', 'y', 'z'].some(stratum => {
          const own = items.filter(each => each.stratum === stratum);
          return own.length > 0 && own.every(({ human }) => human === null);
        });
        fc.pre(!lost);
        const drawn = items.map(({ stratum, judge }) => ({
          stratum,
          judge,
          weight: weightOf[stratum] ?? 0,
        }));
        const subset = subsetOf(drawn);
        const labels = items.flatMap(({ human }, slot) =>
          human === null ? [] : [scoreIn(subset, slot, 'ada', human)],
        );
        const made = report(subsetTable(subset, drawn, labels));
        const naive = items.flatMap(({ stratum, judge, human }, place): NaiveItem[] => {
          const own = items.filter(each => each.stratum === stratum);
          const usable = own.filter(each => each.human !== null).length;
          // Weights are equal within a stratum: the sums are counts.
          const w = ((weightOf[stratum] ?? 0) * own.length) / usable;
          return human === null ? [] : [{ a: judge, b: human, w, cluster: String(place) }];
        });
        assert.equal(firstPair(made).n, naive.length);
        const categories = Array.from({ length: 11 }, (_, score) => score);
        for (const [id, definition] of Object.entries({ ...naiveCoefficients, ...naiveMeans })) {
          const { value } = measure(made, id);
          if (value !== null) close(value, definition(naive, categories), 1e-9, id);
        }
      }),
      { numRuns: 60 },
    );
  });
});
