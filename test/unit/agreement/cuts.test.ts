import assert from 'node:assert/strict';
import { normal975 } from '../../../src/core/agreement/quantiles';
import { wilson } from '../../../src/core/agreement/wilson';
import { close, cutMeasure, firstPair, report, tableOf } from './tables';

/** 40 both, 9 only the judge, 6 only the human, 45 neither at or above 5. */
const counts: readonly (readonly [number, number, number])[] = [
  [5, 7, 40],
  [8, 4, 9],
  [4, 5, 6],
  [0, 3, 45],
];
const rows = counts.flatMap(([judge, human, times]) =>
  Array.from({ length: times }, () => ({ ratings: [judge, human] })),
);
const shape = { judges: 1, scale: { min: 0, max: 10 }, names: ['judge', 'rater-1'] };

describe('measures at a cut', () => {
  const made = report(tableOf(rows, shape), [5]);

  it('score ≥ cut is positive, and the human is the reference', () => {
    assert.deepEqual(firstPair(made).thresholds[0]?.table, {
      bothAtOrAbove: 40,
      onlyA: 9,
      onlyB: 6,
      neither: 45,
    });
  });

  const expected: Readonly<Record<string, number>> = {
    sensitivity: 40 / 46,
    specificity: 45 / 54,
    precision: 40 / 49,
    npv: 45 / 51,
    f1: 80 / 95,
    balancedAccuracy: (40 / 46 + 45 / 54) / 2,
    mcc: (40 * 45 - 9 * 6) / Math.sqrt(49 * 46 * 51 * 54),
    cohenKappa: 0.6995192307692307,
    prevalenceJudge: 0.49,
    prevalenceHuman: 0.46,
  };
  for (const [id, value] of Object.entries(expected)) {
    it(`${id} is ${value.toFixed(4)} with an interval around it`, () => {
      const found = cutMeasure(made, 5, id);
      close(found.value, value, 1e-12);
      assert.ok(found.ci && found.ci[0] < value && value < found.ci[1], String(found.ci));
    });
  }

  it('are weighted: doubling a row’s weight is as good as the row twice', () => {
    const heavy = rows.map((row, index) => ({ ...row, weight: index < 50 ? 2 : 1 }));
    const twice = [...rows, ...rows.slice(0, 50)];
    const [weighted, repeated] = [heavy, twice].map(table => report(tableOf(table, shape), [5]));
    for (const id of Object.keys(expected)) {
      close(cutMeasure(weighted!, 5, id).value, cutMeasure(repeated!, 5, id).value ?? NaN, 1e-12, id);
    }
    const table = firstPair(weighted!).thresholds[0]!.table;
    close(table.bothAtOrAbove + table.onlyA + table.onlyB + table.neither, 100, 1e-9);
    close(table.bothAtOrAbove, (80 * 100) / 150, 1e-9);
  });

  it('F1 follows the share TP/(TP + FP + FN)', () => {
    const { value, analyticCi } = cutMeasure(made, 5, 'f1');
    assert.ok(value !== null && analyticCi);
    const [low, high] = wilson(40 / 55, 55, normal975);
    close(analyticCi[0], (2 * low) / (1 + low), 1e-12);
    close(analyticCi[1], (2 * high) / (1 + high), 1e-12);
  });

  it('a pair of humans has the shares of a and b, not of a judge', () => {
    const pair = firstPair(report(tableOf(rows, { ...shape, judges: 0 }), [5]));
    const ids = Object.keys(pair.thresholds[0]!.measures);
    assert.ok(ids.includes('prevalenceA') && ids.includes('prevalenceB'));
    assert.ok(!ids.includes('prevalenceJudge') && !('meanJudge' in pair.measures));
    close(pair.measures['meanA']?.value, (5 * 40 + 8 * 9 + 4 * 6) / 100, 1e-12);
  });
});
