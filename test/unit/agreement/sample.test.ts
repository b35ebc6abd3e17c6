import assert from 'node:assert/strict';
import { clustersOf, scaledWeights } from '../../../src/core/agreement/sample';
import { close, measure, report, tableOf } from './tables';

describe('scaledWeights', () => {
  it('makes equal weights exactly 1, whatever rounding would make of them', () => {
    for (const weight of [0.1, 1 / 3, 7e-9, 12345.678]) {
      const { weights, equal } = scaledWeights(Array.from({ length: 37 }, () => weight));
      assert.equal(equal, true);
      assert.ok(weights.every(each => each === 1));
    }
  });

  it('scales unequal ones to sum to their number', () => {
    const { weights, equal } = scaledWeights([1, 2, 5]);
    assert.equal(equal, false);
    assert.deepEqual([...weights], [3 / 8, 6 / 8, 15 / 8]);
  });
});

describe('clustersOf', () => {
  it('orders clusters by the UTF-16 code units of their ids, not by a locale or their place', () => {
    const clusters = clustersOf(['ä', 'b', 'B', 'a10', 'a9', 'b']);
    assert.deepEqual(
      clusters.map(items => [...items]),
      [[2], [3], [4], [1, 5], [0]],
    );
  });
});

describe('shares of agreement', () => {
  const scores = [
    [3, 3],
    [3, 4],
    [5, 4],
    [2, 4],
    [9, 0],
  ];

  it('within 1 counts a difference of exactly 1', () => {
    const made = report(tableOf(scores.map(ratings => ({ ratings }))));
    close(measure(made, 'exactAgreement').value, 0.2);
    close(measure(made, 'withinOneAgreement').value, 0.6);
  });

  it('of three raters are means over the items of their pairs', () => {
    const { overall } = report(
      tableOf([
        { ratings: [1, 1, 2] },
        { ratings: [4, 4, 4] },
        { ratings: [0, null, 3] },
        { ratings: [5, null, null] },
      ]),
    );
    assert.equal(overall?.n, 3);
    close(overall?.measures['exactAgreement']?.value, (1 / 3 + 1 + 0) / 3);
    close(overall?.measures['withinOneAgreement']?.value, (1 + 1 + 0) / 3);
  });
});
