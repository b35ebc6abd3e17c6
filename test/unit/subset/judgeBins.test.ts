import assert from 'node:assert/strict';
import fc from 'fast-check';
import { frustrationRubric, legibilityRubric } from '../../../src/core/labels/rubric';
import type { Rubric } from '../../../src/core/labels/rubric';
import { binOf, binText, defaultBins } from '../../../src/core/subset/judgeBins';

const words = (rubric: Rubric): string[] => {
  const bins = defaultBins(rubric);
  return bins.map((_, index) => binText(bins, index, rubric.scale));
};
const rubricOf = (min: number, max: number, thresholds: number[]): Rubric => ({
  ...frustrationRubric,
  scale: { min, max, worst: 'max' },
  thresholds,
});

describe('the usual judge-score bins', () => {
  it('are about five, and a threshold begins one', () => {
    assert.deepEqual(words(frustrationRubric), ['0–1', '2–4', '5–6', '7–8', '9–10']);
    assert.deepEqual(words(legibilityRubric), ['1–2', '3–4', '5–6', '7', '8–9']);
    assert.deepEqual(words(rubricOf(0, 1, [1])), ['0', '1']);
    assert.deepEqual(words(rubricOf(0, 100, [50])), ['0–24', '25–49', '50–66', '67–83', '84–100']);
    assert.deepEqual(words(rubricOf(0, 4, [1.5])), ['0', '1 to under 1.5', '1.5 to under 3', '3', '4']);
  });

  it('ascend from the scale’s lowest score, hold every threshold and put each score into one', () => {
    const rubric = fc
      .record({
        min: fc.integer({ min: -5, max: 5 }),
        width: fc.integer({ min: 1, max: 100 }),
        cuts: fc.array(fc.integer({ min: -10, max: 110 }), { maxLength: 4 }),
      })
      .map(({ min, width, cuts }) =>
        rubricOf(
          min,
          min + width,
          cuts.sort((a, b) => a - b),
        ),
      );
    fc.assert(
      fc.property(rubric, each => {
        const bins = defaultBins(each);
        const { min, max } = each.scale;
        assert.equal(bins[0], min);
        assert.ok(bins.every((low, index) => index === 0 || low > (bins[index - 1] ?? Infinity)));
        assert.ok((bins.at(-1) ?? Infinity) <= max);
        for (const cut of each.thresholds)
          if (cut > min && cut <= max) {
            assert.ok(bins.includes(cut));
            assert.notEqual(binOf(cut, bins), binOf(cut - 0.1, bins));
          }
      }),
    );
  });

  it('take a fraction down to the bin that it lies in, and nothing to none', () => {
    assert.deepEqual(
      [0, 1.9, 2, 4.99, 5, 10, null].map(score => binOf(score, [0, 2, 5, 7, 9])),
      [0, 0, 1, 1, 2, 4, null],
    );
  });
});
