import assert from 'node:assert/strict';
import fc from 'fast-check';
import { packingOf, unpack } from '../../../src/core/agreement/packedSums';

describe('packed sums', () => {
  it('are the sums themselves, of whatever groups are drawn', () => {
    const studies = fc.integer({ min: 1, max: 9 }).chain(size =>
      fc.record({
        size: fc.constant(size),
        rows: fc.array(
          fc.array(fc.oneof(fc.nat(40), fc.nat(100_000)), { minLength: size, maxLength: size }),
          { minLength: 1, maxLength: 12 },
        ),
        picks: fc.array(fc.nat(1e6), { minLength: 1, maxLength: 30 }),
      }),
    );
    let packed = 0;
    fc.assert(
      fc.property(studies, ({ size, rows, picks }) => {
        const packing = packingOf(Float64Array.from(rows.flat()), size, picks.length);
        if (!packing) return;
        packed++;
        const slots = new Float64Array(packing.slots);
        const expected = new Array<number>(size).fill(0);
        for (const pick of picks) {
          rows[pick % rows.length]?.forEach((value, sum) => {
            const slot = packing.slot[sum] ?? NaN;
            slots[slot] = (slots[slot] ?? NaN) + value * (packing.scale[sum] ?? NaN);
            expected[sum] = (expected[sum] ?? NaN) + value;
          });
        }
        const sums = new Float64Array(size);
        unpack(slots, packing, sums);
        assert.deepEqual([...sums], expected);
      }),
    );
    assert.ok(packed > 20, `${packed} of the studies were packed`);
  });

  it('are left alone where one is below 0, a fraction or not finite, and where nothing is saved', () => {
    const packing = (...rows: number[]) => packingOf(Float64Array.from(rows), 2, 3);
    assert.equal(packing(1, 2)?.slots, 1);
    for (const odd of [-1, 0.5, NaN, Infinity, 2 ** 52])
      assert.equal(packing(1, 2, 3, odd), null, String(odd));
    assert.equal(packing(2 ** 40, 2 ** 40), null);
  });
});
