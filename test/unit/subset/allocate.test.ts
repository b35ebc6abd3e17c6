import assert from 'node:assert/strict';
import fc from 'fast-check';
import { allocate } from '../../../src/core/subset/allocate';

const problem = fc
  .array(fc.record({ share: fc.integer({ min: 1, max: 400 }), most: fc.integer({ min: 1, max: 60 }) }), {
    minLength: 1,
    maxLength: 8,
  })
  .chain(parts => {
    const least = parts.map(({ most }) => Math.min(2, most));
    const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
    return fc.record({
      shares: fc.constant(parts.map(({ share }) => share)),
      least: fc.constant(least),
      most: fc.constant(parts.map(({ most }) => most)),
      n: fc.integer({ min: sum(least), max: sum(parts.map(({ most }) => most)) }),
    });
  });

/** Σ clamp(λ·share, least, most) = n, solved for λ by halving. */
function exactParts(n: number, shares: number[], least: number[], most: number[]): number[] {
  const at = (lambda: number): number[] =>
    shares.map((share, part) => Math.min(Math.max(lambda * share, least[part] ?? 0), most[part] ?? 0));
  let low = 0;
  let high = 1e6;
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (at(middle).reduce((a, b) => a + b, 0) < n) low = middle;
    else high = middle;
  }
  return at(high);
}

describe('allocate', () => {
  it('gives whole parts that sum to n, within their bounds and within one of the exact ones', () => {
    fc.assert(
      fc.property(problem, ({ n, shares, least, most }) => {
        const parts = allocate(n, shares, least, most);
        assert.equal(
          parts.reduce((a, b) => a + b, 0),
          n,
        );
        exactParts(n, shares, least, most).forEach((exact, part) => {
          const got = parts[part] ?? NaN;
          assert.ok(Number.isInteger(got) && got >= (least[part] ?? 0) && got <= (most[part] ?? 0));
          assert.ok(Math.abs(got - exact) < 1 + 1e-6, `${String(got)} for ${String(exact)}`);
        });
      }),
    );
  });

  it('rounds by largest remainder, the earlier part first where they tie', () => {
    const free = [100, 100, 100, 100];
    assert.deepEqual(allocate(10, [1, 1, 1, 1], [0, 0, 0, 0], free), [3, 3, 2, 2]);
    // 47, 16, 15.8, 12, 6.1, 3.1 seats of 100: Hamilton's method on a textbook's votes.
    const votes = [47000, 16000, 15800, 12000, 6100, 3100];
    const none = votes.map(() => 0);
    const all = votes.map(() => 100);
    assert.deepEqual(allocate(10, votes, none, all), [5, 2, 1, 1, 1, 0]);
  });

  it('hands what a small part can’t take to the open ones, in their proportion', () => {
    assert.deepEqual(allocate(30, [1, 1, 1], [2, 2, 2], [4, 100, 100]), [4, 13, 13]);
    assert.deepEqual(allocate(13, [90, 30, 1], [2, 2, 2], [90, 30, 50]), [8, 3, 2]);
  });
});
