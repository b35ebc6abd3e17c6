import assert from 'node:assert/strict';
import { roganGladen } from '../../../../src/core/agreement/questions/roganGladen';
import { plainSample } from '../../../../src/core/agreement/questions/plainSample';
import { close } from '../tables';
import { spreadWithoutEach } from './studies';

/** `hits`, `false alarms`, `misses` and `rejections`, each item its own cluster. */
const sampleOf = (both: number, onlyJudge: number, onlyHuman: number, neither: number) => {
  const cells = [
    [both, 1, 1],
    [onlyJudge, 1, 0],
    [onlyHuman, 0, 1],
    [neither, 0, 0],
  ] as const;
  const judge = cells.flatMap(([count, a]) => Array.from({ length: count }, (): number => a));
  const human = cells.flatMap(([count, , b]) => Array.from({ length: count }, (): number => b));
  const ids = judge.map((_, item) => `c${String(item).padStart(3, '0')}`);
  return plainSample([judge, human], ids, { min: 0, max: 1 }, 1);
};

describe('Rogan and Gladen’s share of other data', () => {
  it('is (q + Sp − 1)/(Se + Sp − 1), its interval from the labels and the other share together', () => {
    // Se .9, Sp .8, q .38: (.38 + .8 − 1)/.7.
    const { answer, sentence } = roganGladen(sampleOf(36, 12, 4, 48), { share: 0.38, variance: 0.0004 });
    close(answer?.share.value, 0.18 / 0.7, 1e-12);
    close(answer?.youden.value, 0.7, 1e-12);
    const cells = [
      [36, [35, 12, 4, 48]],
      [12, [36, 11, 4, 48]],
      [4, [36, 12, 3, 48]],
      [48, [36, 12, 4, 47]],
    ] as const;
    const without = cells.flatMap(([count, [tp, fp, fn, tn]]) => {
      const [se, sp] = [tp / (tp + fn), tn / (tn + fp)];
      return Array.from({ length: count }, () => (0.38 + sp - 1) / (se + sp - 1));
    });
    const error = Math.sqrt(spreadWithoutEach(without) ** 2 + 0.0004 / 0.49);
    close((answer?.share.ci?.[1] ?? 0) - 0.18 / 0.7, 1.9842169515086827 * error, 1e-9);
    assert.equal(answer?.clipped, false);
    assert.match(sentence, /if the judge errs there as it does here/);
  });

  it('has the degrees of freedom of the side with fewer clusters', () => {
    const halfWith = (clusters?: number): number => {
      const other = { share: 0.38, variance: 0.0004, ...(clusters === undefined ? {} : { clusters }) };
      const ci = roganGladen(sampleOf(36, 12, 4, 48), other).answer?.share.ci;
      return ((ci?.[1] ?? NaN) - (ci?.[0] ?? NaN)) / 2;
    };
    // Student's t at 39 and at 99 degrees of freedom, by scipy.
    close(halfWith(40) / halfWith(), 2.022690920036761 / 1.9842169515086827, 1e-9);
    close(halfWith(400), halfWith(), 1e-12);
  });

  it('is put back into 0 to 1, and said to be', () => {
    const { answer, sentence } = roganGladen(sampleOf(36, 12, 4, 48), { share: 0.15, variance: 0.0004 });
    assert.deepEqual([answer?.share.value, answer?.clipped], [0, true]);
    assert.match(sentence, /put back into 0 to 1/);
    const outside = roganGladen(sampleOf(90, 60, 10, 240), { share: 0, variance: 0 }).answer;
    assert.deepEqual([outside?.share.value, outside?.share.ci], [0, null]);
  });

  it('is refused unless the judge is surely better than chance', () => {
    const weak = sampleOf(14, 10, 10, 16);
    assert.match(roganGladen(weak, { share: 0.4, variance: 0 }).refused ?? '', /lower limit .* above 0\.1/);
    assert.match(
      roganGladen(sampleOf(3, 0, 0, 4), { share: 0.4, variance: 0 }).refused ?? '',
      /can’t be carried/,
    );
  });
});
