import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mostSpans, refuseSpans } from '../../../src/core/rollout/checkSpans';

const text = 'I give up. 😀 I give up.';
const at = (start: number, end: number, quote = text.slice(start, end)) => ({ start, end, quote });

describe('refuseSpans', () => {
  it('takes spans that quote the text at their place, in order, also where they touch', () => {
    for (const spans of [[], [at(0, 1)], [at(2, 9), at(9, 10), at(16, text.length)], [at(0, text.length)]])
      assert.equal(refuseSpans(text, spans), null);
  });

  it('refuses a quote that is not the text at its place', () => {
    for (const span of [at(2, 9, 'gave up'), at(2, 9, 'give up.'), at(2, 9, ''), at(3, 10, 'give up')])
      assert.match(refuseSpans(text, [span]) ?? '', /not what the evidence quotes/);
  });

  it('refuses a place that the text does not have, or that is no place', () => {
    for (const [start, end] of [
      [-1, 3],
      [0, text.length + 1],
      [90, 99],
      [0.5, 3],
      [0, NaN],
      [0, Infinity],
    ] as const)
      assert.match(refuseSpans(text, [at(start, end)]) ?? '', /not within the text/, `${start} ${end}`);
  });

  it('refuses an empty span and one that ends before it begins', () => {
    assert.match(refuseSpans(text, [at(4, 4)]) ?? '', /empty/);
    assert.match(refuseSpans(text, [at(5, 2)]) ?? '', /empty/);
    assert.match(refuseSpans('', [{ start: 0, end: 0, quote: '' }]) ?? '', /empty/);
  });

  it('refuses spans that overlap or are out of order', () => {
    assert.match(refuseSpans(text, [at(0, 5), at(4, 9)]) ?? '', /overlap/);
    assert.match(refuseSpans(text, [at(4, 9), at(0, 2)]) ?? '', /overlap/);
    assert.match(refuseSpans(text, [at(4, 9), at(4, 9)]) ?? '', /overlap/);
  });

  it('takes a hundred spans and no more', () => {
    const long = 'x'.repeat(500);
    const spans = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ start: index * 2, end: index * 2 + 1, quote: 'x' }));
    assert.equal(mostSpans, 100);
    assert.equal(refuseSpans(long, spans(100)), null);
    assert.match(refuseSpans(long, spans(101)) ?? '', /at most 100/);
  });

  it('takes nothing that overlaps, lies outside or quotes something else, whatever is sent', () => {
    const number = fc.oneof(fc.integer({ min: -2, max: 12 }), fc.double());
    const spans = fc.array(fc.record({ start: number, end: number, quote: fc.string({ maxLength: 3 }) }), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.string({ maxLength: 10 }), spans, (given, sent) => {
        if (refuseSpans(given, sent) !== null) return;
        const units = sent.flatMap(({ start, end, quote }) => {
          assert.ok(quote.length > 0);
          assert.equal(end - start, quote.length);
          return [...quote.split('')].map((unit, index) => {
            assert.equal(given[start + index], unit);
            return start + index;
          });
        });
        assert.equal(new Set(units).size, units.length);
      }),
    );
  });
});
