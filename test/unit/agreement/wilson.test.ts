import { wilson } from '../../../src/core/agreement/wilson';
import { normal975 } from '../../../src/core/agreement/quantiles';
import { close } from './tables';
import assert from 'node:assert/strict';

describe('wilson', () => {
  const newcombe: readonly (readonly [number, number, number, number])[] = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ];
  for (const [count, n, low, high] of newcombe) {
    it(`${count}/${n} is ${low} to ${high} (Newcombe 1998, method 3)`, () => {
      const [lower, upper] = wilson(count / n, n, normal975);
      close(lower, low, 5e-5);
      close(upper, high, 5e-5);
    });
  }

  it('mirrors: the interval of 1 − p is that of p turned round', () => {
    const [low, high] = wilson(0.3, 17.5, 2.1);
    const [mirroredLow, mirroredHigh] = wilson(0.7, 17.5, 2.1);
    close(mirroredLow, 1 - high, 1e-14);
    close(mirroredHigh, 1 - low, 1e-14);
  });

  it('ends exactly at 0 and 1', () => {
    assert.equal(wilson(0, 20, normal975)[0], 0);
    assert.equal(wilson(1, 20, normal975)[1], 1);
  });
});
