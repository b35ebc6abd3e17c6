import assert from 'node:assert/strict';
import { correctedQuestion } from '../../../../src/core/agreement/questions/correctedQuestion';
import type { CorrectedEstimate } from '../../../../src/core/agreement/questions/correctedEstimates';
import { ratingsOf } from '../../../../src/core/agreement/questions/ratings';
import { runLabelsOf } from '../../../../src/core/agreement/questions/runLabels';
import { frustrationRubric } from '../../../../src/core/labels/rubric';
import type { Design } from '../../../../src/core/subset/manifest';
import { drawn, faithful, inputOf, labelled, madeRun, mean, spreadWithoutEach } from './studies';

describe('corrected values over many draws', function () {
  this.timeout(120_000);
  const run = madeRun(50, 3, 61);
  const truth = mean(run.flatMap(({ turns }) => turns.map(({ human }) => human)));
  const trueShare = mean(run.flatMap(({ turns }) => turns.map(({ human }) => (human >= 5 ? 1 : 0))));
  const designs: readonly (readonly [string, Design])[] = [
    ['random', { kind: 'random', n: 60 }],
    ['stratified by judge score', { kind: 'stratified', n: 60, by: ['judge'] }],
    ['half balanced', { kind: 'balanced', n: 60, allocation: 'half' }],
  ];
  const studies = 120;

  for (const [name, design] of designs) {
    it(`the corrected mean and share are unbiased under a ${name} design, the judge’s are not`, () => {
      const values: { mean: CorrectedEstimate; share: CorrectedEstimate }[] = [];
      for (let seed = 1; seed <= studies; seed++) {
        const subset = drawn(run, design, seed);
        const input = inputOf(run, subset, labelled(subset, run, { ada: faithful }));
        const labels = runLabelsOf(ratingsOf(input), input.rollouts, frustrationRubric, subset);
        const whole = correctedQuestion(labels, input.rollouts, [5], 1).answer?.whole;
        const [first, second] = whole ?? [];
        if (first && second) values.push({ mean: first, share: second });
      }
      assert.equal(values.length, studies);
      const check = (
        of: (value: (typeof values)[number]) => number,
        target: number,
        ratioBias: number,
      ): void => {
        const each = values.map(of);
        const average = mean(each);
        const error = Math.sqrt(mean(each.map(value => (value - average) ** 2)) / studies);
        assert.ok(
          Math.abs(average - target) < 4 * error + ratioBias,
          `${String(average)}, not ${String(target)}`,
        );
      };
      // Regression estimators are biased by terms of order 1/n: a fiftieth of the spread of one study.
      const spread = (of: (value: (typeof values)[number]) => number): number =>
        spreadWithoutEach(values.map(of)) / Math.sqrt(studies);
      const meanOf = ({ mean: estimate }: (typeof values)[number]): number => estimate.corrected.value ?? NaN;
      const shareOf = ({ share }: (typeof values)[number]): number => share.corrected.value ?? NaN;
      check(meanOf, truth, spread(meanOf) / 50);
      check(shareOf, trueShare, spread(shareOf) / 50);
      assert.ok((values[0]?.mean.naive.value ?? 0) - truth > 0.4);
      // And narrower than the labels alone.
      const alone = spread(({ mean: estimate }) => estimate.labelsAlone.value ?? NaN);
      assert.ok(spread(meanOf) < alone * (name === 'random' ? 0.8 : 1));
    });
  }
});
