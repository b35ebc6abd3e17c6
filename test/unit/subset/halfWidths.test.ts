import assert from 'node:assert/strict';
import { frustrationRubric } from '../../../src/core/labels/rubric';
import type { RolloutSummary } from '../../../src/core/rollout/runScan';
import type { SubsetPlan } from '../../../src/core/subset/plan';
import { numbersFrom, planOf, rolloutOf, unevenRollouts } from './study';

/** Upper 2.5% points of Student's t, from a printed table. */
const t19 = 2.093024;
const t29 = 2.04523;

const close = (actual: number | undefined, expected: number, tolerance = 1e-5): void =>
  assert.ok(
    actual !== undefined && Math.abs(actual - expected) < tolerance * Math.abs(expected),
    `${String(actual)} is not ${String(expected)}`,
  );
const average = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const varianceOf = (values: readonly number[]): number =>
  (average(values.map(value => (value - average(values)) ** 2)) * values.length) / (values.length - 1);

const singles = (scores: readonly (number | null)[]): RolloutSummary[] =>
  scores.map((score, index) => rolloutOf(`s${String(index)}`, [score]));
const skewed = (count: number): number[] => {
  const next = numbersFrom(3);
  return Array.from({ length: count }, () => Math.floor(next() ** 2 * 11));
};

describe('planned half-widths', () => {
  it('of a random sample of independent items are t · √((1 − n/N) S²/n)', () => {
    const scores = skewed(80);
    const { halfWidths } = planOf(singles(scores), { design: { n: 20 } }).preview;
    close(halfWidths?.mean, t19 * Math.sqrt((0.75 * varianceOf(scores)) / 20));
    const positive = scores.map(score => (score >= 5 ? 1 : 0));
    close(halfWidths?.share.value, t19 * Math.sqrt((0.75 * varianceOf(positive)) / 20));
    assert.equal(halfWidths?.share.cut, 5);
  });

  it('grow by √(1 + .3 (b̄ − 1)) with b̄ items a rollout', () => {
    const scores = skewed(120);
    const rollouts = Array.from({ length: 40 }, (_, index) =>
      rolloutOf(`r${String(index)}`, scores.slice(3 * index, 3 * index + 3), {
        fields: { prompt_id: index % 30 },
      }),
    );
    const { halfWidths, rollouts: drawnRollouts } = planOf(rollouts, { design: { n: 119 } }).preview;
    assert.equal(drawnRollouts, 40);
    // All but one item: 30 prompts with 119 items in 40 rollouts.
    const deff = 1 + (119 / 40 - 1) * 0.3;
    close(halfWidths?.mean, t29 * Math.sqrt((deff * (1 - 119 / 120) * varianceOf(scores)) / 119));
    assert.match(halfWidths?.assumptions.join(' ') ?? '', /3\.0 items a rollout, intervals are 26% wider/);
  });

  it('of a design with unequal weights count with Kish’s n', () => {
    const rollouts = unevenRollouts();
    const { preview, slots } = planOf(rollouts, { design: { kind: 'two-stage', n: 24 } });
    assert.equal(preview.rollouts, 12);
    const scores = rollouts.flatMap(({ judge }) =>
      judge.filter(({ run }) => run === 'r1').map(({ value }) => value ?? NaN),
    );
    const weights = slots.map(({ weight }) => weight ?? NaN);
    const total = weights.reduce((a, b) => a + b, 0);
    const kish = weights.reduce((sum, weight) => sum + weight * weight, 0) / (total * total);
    const deff = 1 + (slots.length / 12 - 1) * 0.3;
    const t11 = 2.200985;
    close(
      preview.halfWidths?.mean,
      t11 * Math.sqrt(deff * (1 - slots.length / 75) * varianceOf(scores) * kish),
    );
  });

  it('of a balanced sample are what simulated raters at r = .7 give', function () {
    this.timeout(20_000);
    const scores = skewed(300);
    const next = numbersFrom(5);
    const share = average(scores.map(score => (score >= 5 ? 1 : 0)));
    const residual = Math.sqrt((1 - 0.49) * varianceOf(scores));
    const errors: { mean: number; share: number }[] = [];
    let plan: SubsetPlan | null = null;
    for (let seed = 1; seed <= 2000; seed++) {
      plan = planOf(singles(scores), { seed, design: { kind: 'balanced', n: 60 } });
      // Twelve uniform numbers less 6 have mean 0 and variance 1.
      const normal = (): number => Array.from({ length: 12 }, next).reduce((a, b) => a + b, 0) - 6;
      const human = scores.map(score => ({
        mean: 0.7 * score + residual * normal(),
        share: next() < share + 0.7 * ((score >= 5 ? 1 : 0) - share) ? 1 : 0,
      }));
      const of = (id: string) => human[Number(id.slice(1))] ?? { mean: NaN, share: NaN };
      const estimate = (which: 'mean' | 'share'): number =>
        plan?.slots.reduce((sum, { key, weight }) => sum + of(key.rollout)[which] * (weight ?? NaN), 0) ??
        NaN;
      errors.push({
        mean: estimate('mean') / 300 - average(human.map(({ mean }) => mean)),
        share: estimate('share') / 300 - average(human.map(each => each.share)),
      });
    }
    const t59 = 2.000995;
    const spread = (which: 'mean' | 'share'): number =>
      t59 * Math.sqrt(average(errors.map(error => error[which] ** 2)));
    close(plan?.preview.halfWidths?.mean, spread('mean'), 0.06);
    close(plan?.preview.halfWidths?.share.value, spread('share'), 0.06);
  });

  it('of a share that the judge never sees are Wilson’s, not nothing', () => {
    const scores = skewed(80).map(score => score % 5);
    const { halfWidths } = planOf(singles(scores), { design: { n: 20 } }).preview;
    close(halfWidths?.share.value, t19 ** 2 / (20 + t19 ** 2) / 2);
    assert.match(halfWidths?.assumptions.at(-1) ?? '', /By the judge no item reaches 5/);
  });

  it('are not given where nothing can be estimated or planned', () => {
    const none = (rollouts: readonly RolloutSummary[], wish: Parameters<typeof planOf>[1]): void =>
      assert.equal(planOf(rollouts, wish).preview.halfWidths, null);
    for (const kind of ['disagreement', 'uncertainty', 'negative-audit'] as const)
      none(unevenRollouts(), { design: { kind } });
    none(singles(Array.from({ length: 40 }, () => null)), {});
    none(singles(Array.from({ length: 40 }, () => 3)), {});
    none(unevenRollouts(), { role: 'practice', reveal: 'after-item' });
    none(unevenRollouts(), { design: { n: 9 } });
    assert.equal(
      planOf(unevenRollouts(), {}, { ...frustrationRubric, thresholds: [] }).preview.halfWidths,
      null,
    );
  });
});
