import fc from 'fast-check';
import assert from 'node:assert/strict';
import type { PairPoint } from '../../../src/core/agreement/agreementReport';
import { jitter } from '../../../src/core/figures/jitter';
import { scatter } from '../../../src/core/figures/scatter';
import { scoreTicks } from '../../../src/core/figures/scoreTicks';

const scale = { min: 0, max: 10 };
const score = fc.integer({ min: 0, max: 10 });
const points: fc.Arbitrary<PairPoint[]> = fc.array(fc.record({ unit: fc.string(), a: score, b: score }));

describe('jitter', () => {
  it('depends on the text alone and stays within half a step', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const moved = jitter(text);
        assert.deepEqual(moved, jitter(text));
        assert.ok(moved.every(step => step >= -0.5 && step < 0.5));
      }),
    );
  });

  it('spreads ids that differ in one letter over the whole step', () => {
    const moves = Array.from({ length: 1000 }, (_, index) => jitter(`wild-${index}`));
    for (const axis of [0, 1] as const) {
      const tenths = new Set(moves.map(move => Math.floor(10 * move[axis])));
      assert.equal(tenths.size, 10);
      const mean = moves.reduce((sum, move) => sum + move[axis], 0) / moves.length;
      assert.ok(Math.abs(mean) < 0.03, `mean ${mean}`);
    }
  });
});

describe('scatter', () => {
  it('keeps every point inside the square and nearer to its own scores than to any other', () => {
    fc.assert(
      fc.property(points, given => {
        for (const mark of scatter(given, scale, 5).marks) {
          assert.ok(mark.x > 0 && mark.x < 1 && mark.y > 0 && mark.y < 1);
          assert.equal(Math.floor(mark.x * 11), mark.b);
          assert.equal(Math.floor((1 - mark.y) * 11), mark.a);
        }
      }),
    );
  });

  it('draws the same points at the same places whatever their order', () => {
    fc.assert(
      fc.property(points, given => {
        const byUnit = [...new Map(given.map(point => [point.unit, point])).values()];
        assert.deepEqual(scatter(byUnit, scale, null), scatter([...byUnit].reverse(), scale, null));
      }),
    );
  });

  it('sets apart the points that the cut divides', () => {
    const given = [
      { unit: 'both at', a: 5, b: 6 },
      { unit: 'judge at', a: 5, b: 4 },
      { unit: 'human at', a: 4, b: 5 },
      { unit: 'neither', a: 4, b: 0 },
    ];
    const split = scatter(given, scale, 5).marks.filter(mark => mark.split);
    assert.deepEqual(split.map(mark => mark.unit).sort(), ['human at', 'judge at']);
    assert.ok(scatter(given, scale, null).marks.every(mark => !mark.split));
  });

  it('draws the cut of integer scores halfway between those on either side of it', () => {
    const { cut, ticks } = scatter([{ unit: 'one', a: 1, b: 2 }], scale, 5);
    const place = (value: number) => ticks.find(tick => tick.value === value)?.position ?? NaN;
    assert.ok(cut !== null && Math.abs(cut - (place(4) + place(5)) / 2) < 1e-12);
  });

  it('draws no cut that lies outside the scale or at its end', () => {
    assert.equal(scatter([], scale, 0).cut, null);
    assert.equal(scatter([], scale, 11).cut, null);
  });

  it('leaves fractional scores where they are', () => {
    const [mark] = scatter([{ unit: 'mean', a: 2.5, b: 7 }], scale, null).marks;
    assert.equal(mark?.x, 7.5 / 11);
    assert.equal(mark?.y, 1 - 3 / 11);
  });

  it('spans what was observed where there is no scale', () => {
    const { ticks } = scatter([{ unit: 'one', a: 3, b: 6 }], null, null);
    assert.deepEqual(
      ticks.map(tick => tick.value),
      [3, 4, 5, 6],
    );
  });
});

describe('scoreTicks', () => {
  it('marks every integer of a short scale and round numbers of a long one', () => {
    assert.deepEqual(scoreTicks(1, 9), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert.deepEqual(scoreTicks(0, 100), [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
  });
});
