import assert from 'node:assert/strict';
import { cannotIn, scoreIn, subsetOf, subsetTable, type Drawn } from './subsets';
import { close, firstPair, measure, report } from './tables';

const drawn: readonly Drawn[] = Array.from({ length: 40 }, (_, place) => ({
  judge: (place * 3) % 11,
  stratum: place < 30 ? 'low' : 'high',
  weight: place < 30 ? 10 : 2,
}));
const subset = subsetOf(drawn);
const scoreOf = (slot: number): number => (slot * 5) % 11;

/** Ada's answers: these slots could not be assessed, these were never done. */
function table(open: readonly number[], undone: readonly number[] = [], as?: number) {
  return subsetTable(
    subset,
    drawn,
    drawn.flatMap((_, slot) => {
      if (undone.includes(slot)) return [];
      if (open.includes(slot) && as === undefined) return [cannotIn(subset, slot, 'ada')];
      return [scoreIn(subset, slot, 'ada', open.includes(slot) ? (as ?? 0) : scoreOf(slot))];
    }),
  );
}

describe('items that a human could not assess', () => {
  const open = [2, 17, 35];

  it('are put at either end of the scale where they are over 5% of those answered', () => {
    const pair = firstPair(report(table(open), [5]));
    assert.deepEqual(
      [pair.cannotAssess?.items, pair.cannotAssess?.answered, pair.n, pair.excluded.cannotAssess],
      [3, 40, 37, 3],
    );
    for (const [score, side] of [
      [0, pair.cannotAssess?.atMin],
      [10, pair.cannotAssess?.atMax],
    ] as const) {
      const scored = report(table(open, [], score), [5]);
      for (const id of ['meanHuman', 'meanDifference', 'cohenKappaQuadratic'])
        close(side?.measures[id], measure(scored, id).value ?? NaN, 1e-12, `${id} at ${score}`);
      const cut = firstPair(scored).thresholds[0];
      close(side?.thresholds[0]?.prevalenceHuman, cut?.measures['prevalenceHuman']?.value ?? NaN, 1e-12);
    }
  });

  it('hold the human mean and share between the two', () => {
    const made = report(table(open), [5]);
    const { cannotAssess } = firstPair(made);
    const mean = measure(made, 'meanHuman').value ?? NaN;
    assert.ok((cannotAssess?.atMin.measures['meanHuman'] ?? NaN) < mean);
    assert.ok((cannotAssess?.atMax.measures['meanHuman'] ?? NaN) > mean);
  });

  it('are told in a sentence among the pair’s cautions', () => {
    const told = firstPair(report(table(open), [5])).warnings.find(warning =>
      warning.startsWith('ada could'),
    );
    assert.match(
      told ?? '',
      /^ada could not assess 3 of 40 items\. With all of them at 0, and all at 10: the mean human score \d\.\d{3} and \d\.\d{3}; the mean difference .*; κ with quadratic weights .*; the human share at or above 5 0\.\d{3} and 0\.\d{3}\.$/,
    );
  });

  it('are 5% of what was answered, not of what was drawn', () => {
    const undone = Array.from({ length: 10 }, (_, index) => 20 + index);
    assert.equal(firstPair(report(table([2, 17]), [5])).cannotAssess, undefined);
    assert.equal(firstPair(report(table([2, 17], undone), [5])).cannotAssess?.answered, 30);
  });

  it('are bounds of the judge’s pairs alone', () => {
    const both = subsetTable(
      subset,
      drawn,
      drawn.flatMap((_, slot) => [
        open.includes(slot) ? cannotIn(subset, slot, 'ada') : scoreIn(subset, slot, 'ada', scoreOf(slot)),
        scoreIn(subset, slot, 'bob', scoreOf(slot)),
      ]),
    );
    assert.deepEqual(
      report(both, [5]).pairs.map(({ a, b, cannotAssess }) => [a, b, cannotAssess?.items]),
      [
        ['m r1', 'ada', 3],
        ['m r1', 'bob', undefined],
        ['ada', 'bob', undefined],
      ],
    );
  });
});
