import assert from 'node:assert/strict';
import { correctedQuestion } from '../../../../src/core/agreement/questions/correctedQuestion';
import { enoughQuestion, type PlannerOptions } from '../../../../src/core/agreement/questions/enoughQuestion';
import { headlineQuestion } from '../../../../src/core/agreement/questions/headlineQuestion';
import { labelledItemsOf } from '../../../../src/core/agreement/questions/labelledItems';
import { stratumGains } from '../../../../src/core/agreement/questions/nextStratum';
import type { QuestionInput } from '../../../../src/core/agreement/questions/questionsOf';
import { ratingsOf } from '../../../../src/core/agreement/questions/ratings';
import { runLabelsOf } from '../../../../src/core/agreement/questions/runLabels';
import { frustrationRubric } from '../../../../src/core/labels/rubric';
import { close } from '../tables';
import { drawn, faithful, inputOf, labelled, madeRun, mean, summariesOf } from './studies';

const ask = (input: QuestionInput, planner?: PlannerOptions) => {
  const ratings = ratingsOf(input);
  const { rollouts = [], rubric = frustrationRubric, subset, thresholds, seed } = input;
  const run = runLabelsOf(ratings, rollouts, rubric, subset);
  return enoughQuestion(ratings, {
    rollouts,
    rubric,
    ...(subset ? { subset } : {}),
    run,
    headline: headlineQuestion(ratings).answer,
    corrected: correctedQuestion(run, rollouts, thresholds, seed).answer,
    ...(planner ? { planner } : {}),
  });
};

const made = madeRun(60, 4, 81, place => ({ condition: place % 3 === 0 ? 'a' : 'b' }));
describe('whether there were enough labels', function () {
  this.timeout(120_000);
  const subset = drawn(made, { kind: 'balanced', n: 100, allocation: 'half' }, 3);
  const input = inputOf(made, subset, labelled(subset, made, { ada: faithful }));
  const planner: PlannerOptions = { of: 'correctedShare', wantedHalfWidth: 0.1, studies: 60 };

  it('begins with the half-widths now', () => {
    const { answer, sentence } = ask(input);
    const run = runLabelsOf(ratingsOf(input), input.rollouts, frustrationRubric, subset);
    const ci = correctedQuestion(run, [], [5], 3).answer?.whole[1]?.corrected.ci;
    assert.ok(ci);
    const now = answer?.now.find(({ of }) => of === 'corrected share at or above 5');
    close(now?.halfWidth, (ci[1] - ci[0]) / 2, 1e-12);
    assert.equal(answer?.planned, undefined);
    assert.match(sentence, /Half-widths of the 95% intervals now: κ with quadratic weights, ada ±0\.\d+/);
    assert.match(sentence, /The next label gains most in the stratum “judge=/);
  });

  it('plans from the data in hand and from assumptions, and tells how far it is', () => {
    const from: string[] = [];
    const { answer, sentence } = ask(input, { ...planner, progress: each => from.push(each.from) });
    const { fromData, fromAssumptions } = answer?.planned ?? {};
    assert.ok((fromData?.n ?? 0) >= 20 && (fromAssumptions?.n ?? 0) >= 20);
    // The made judge is nearer to the human than r = .7.
    assert.ok((fromData?.n ?? 0) < (fromAssumptions?.n ?? 0));
    assert.deepEqual([...new Set(from)], ['data', 'assumptions']);
    assert.match(
      sentence,
      /For ±0\.100 of the corrected share at or above 5 in 80% of 60 simulated studies it takes \d+ labels by the data in hand, and \d+ labels if judge and human correlate at 0\.7, 30% /,
    );
    assert.deepEqual(ask(input, planner).answer?.planned, answer?.planned);
  });

  it('stops where the progress says so', () => {
    const stop = (): never => {
      throw new Error('enough');
    };
    assert.throws(() => ask(input, { ...planner, progress: stop }), /enough/);
  });

  it('plans for κ with the scores of one rater', () => {
    const { answer } = ask(input, { of: 'cohenKappaQuadratic', wantedHalfWidth: 0.1, studies: 30 });
    assert.equal(answer?.planned?.of, 'κ with quadratic weights');
    assert.ok((answer?.planned?.fromData.n ?? 0) >= 20);
  });

  it('plans from assumptions alone under 50 labels or 20 clusters', () => {
    const small = drawn(made, { kind: 'random', n: 49 }, 3);
    const few = ask(inputOf(made, small, labelled(small, made, { ada: faithful })), planner).answer?.planned;
    assert.match(few?.fromData.refused ?? '', /49 labels in \d+ clusters: .* needs 50 in 20/);
    assert.equal(few?.fromData.n, null);
    assert.ok((few?.fromAssumptions.n ?? 0) >= 20);
  });

  it('plans nothing by a design that can’t speak for the run', () => {
    const audit = drawn(made, { kind: 'negative-audit', n: 60, threshold: 5 }, 3);
    const planned = ask(inputOf(made, audit, labelled(audit, made, { ada: faithful })), planner).answer
      ?.planned;
    assert.match(planned?.fromAssumptions.refused ?? '', /can’t speak for the run/);
  });
});

describe('the stratum to label next', () => {
  it('is the one with the largest W·S/√(n(n + 1)), one without labels before all', () => {
    const subset = drawn(made, { kind: 'stratified', n: 60, by: ['condition'] }, 3);
    const ratings = ratingsOf(inputOf(made, subset, labelled(subset, made, { ada: faithful })));
    const { items } = labelledItemsOf(ratings, summariesOf(made));
    const gains = stratumGains(subset, items, { kind: 'mean' }, 0.5);
    const expected = subset.manifest.strata.map(({ id, population }) => {
      const values = items
        .filter(({ stratum }) => stratum === id)
        .map(({ judge, humans }) => (humans[0] ?? 0) - 0.5 * judge);
      const deviation = Math.sqrt(
        values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1),
      );
      return { id, gain: ((population / 240) * deviation) / Math.sqrt(values.length * (values.length + 1)) };
    });
    expected.sort((a, b) => b.gain - a.gain);
    assert.deepEqual(
      gains.map(({ stratum }) => stratum),
      expected.map(({ id }) => id),
    );
    gains.forEach(({ gain }, index) => close(gain, expected[index]?.gain ?? NaN, 1e-12));
    const without = items.filter(({ stratum }) => stratum !== gains[1]?.stratum);
    const next = stratumGains(subset, without, { kind: 'mean' }, 0.5)[0];
    assert.deepEqual([next?.stratum, next?.gain], [gains[1]?.stratum, null]);
  });

  it('leaves out strata with nothing left to label', () => {
    const tiny = madeRun(40, 1, 83, place => ({ condition: place < 2 ? 'two' : 'rest' }));
    const subset = drawn(tiny, { kind: 'stratified', n: 30, by: ['condition'] }, 3);
    const ratings = ratingsOf(inputOf(tiny, subset, labelled(subset, tiny, { ada: faithful })));
    const { items } = labelledItemsOf(ratings, summariesOf(tiny));
    assert.deepEqual(
      stratumGains(subset, items, { kind: 'mean' }, 0).map(({ stratum }) => stratum),
      ['condition=rest'],
    );
  });
});
