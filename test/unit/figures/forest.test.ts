import assert from 'node:assert/strict';
import { forest } from '../../../src/core/figures/forest';

describe('forest', () => {
  it('shows at least the axis asked for', () => {
    const { ticks, rows } = forest([{ value: 0.5, ci: [0.25, 0.75] }], 0, 1);
    assert.deepEqual(
      ticks.map(tick => tick.value),
      [0, 0.2, 0.4, 0.6, 0.8, 1],
    );
    assert.deepEqual(rows, [{ value: 0.5, interval: [0.25, 0.75] }]);
  });

  it('widens the axis to hold every value and interval', () => {
    const { rows, ticks } = forest([{ value: -0.1, ci: [-0.42, 0.3] }, { value: 0.4 }], 0, 1);
    const places = rows.flatMap(row => [row.value ?? 0, ...(row.interval ?? [])]);
    assert.ok(places.every(place => place >= 0 && place <= 1));
    assert.ok((ticks[0]?.value ?? 0) <= -0.4);
  });

  it('keeps a row without a place for a value that is undefined', () => {
    const { rows } = forest(
      [
        { value: null, reason: 'no items' },
        { value: 1, ci: null, reason: 'few' },
      ],
      0,
      1,
    );
    assert.deepEqual(rows, [
      { value: null, interval: null },
      { value: 1, interval: null },
    ]);
  });

  it('has its axis even where nothing has a value', () => {
    assert.deepEqual(
      forest([], 0, 1, 2).ticks.map(tick => tick.value),
      [0, 0.5, 1],
    );
  });
});
