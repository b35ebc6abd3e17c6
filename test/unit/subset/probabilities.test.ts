import assert from 'node:assert/strict';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { frustrationRubric } from '../../../src/core/labels/rubric';
import { drawItems } from '../../../src/core/subset/draw';
import type { Draw } from '../../../src/core/subset/draw';
import type { Design } from '../../../src/core/subset/manifest';
import { populationOf } from '../../../src/core/subset/population';
import type { PopulationItem } from '../../../src/core/subset/population';
import { resolveDesign } from '../../../src/core/subset/resolveDesign';
import { numbersFrom, unevenRollouts } from './study';

const population = populationOf({ rollouts: unevenRollouts(), rubric: frustrationRubric });
const seeds = Array.from({ length: 5000 }, (_, index) => index + 1);

const designs: readonly Design[] = [
  { kind: 'random', n: 20 },
  { kind: 'stratified', n: 25, by: ['condition'] },
  { kind: 'stratified', n: 24, by: ['condition'], allocation: 'equal' },
  { kind: 'stratified', n: 30, by: ['provider', 'judge'] },
  { kind: 'balanced', n: 30 },
  { kind: 'balanced', n: 30, allocation: 'equal' },
  { kind: 'two-stage', n: 20 },
  { kind: 'two-stage', n: 24, maxPerRollout: 3, cluster: 'provider' },
  { kind: 'negative-audit', n: 15, threshold: 3 },
  { kind: 'random', n: 20, maxPerRollout: 2 },
  { kind: 'balanced', n: 25, maxPerRollout: 1 },
  { kind: 'stratified', n: 20, by: ['condition'], maxPerRollout: 2 },
];

const nameOf = ({ n, ...design }: Design): string => `${JSON.stringify(design)}, ${String(n)} items`;

/** Something the design doesn't know: it goes with score, turn and rollout, and has noise of its own. */
const noise = numbersFrom(11);
const truth = population.items.map(
  ({ score, turn, rollout }) => (score ?? 2) * 0.8 + turn * 0.3 + rollout.turns * 0.2 + noise() * 3,
);
const valueOf = (item: PopulationItem): number => truth[item.place] ?? NaN;

interface Simulated {
  readonly design: Design;
  readonly frame: readonly PopulationItem[];
  readonly draws: readonly Draw[];
}

function simulate(wish: Design): Simulated {
  const resolved = resolveDesign(population, wish);
  assert.ok('design' in resolved);
  const draws = seeds.map(seed => {
    const draw = drawItems(population, resolved.design, seed);
    return 'refused' in draw ? assert.fail(draw.refused) : draw;
  });
  return { design: wish, frame: draws[0]?.strata.flatMap(({ items }) => items) ?? [], draws };
}

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[]): number => {
  const mean = average(values);
  return Math.sqrt(average(values.map(value => (value - mean) ** 2)));
};

describe('inclusion probabilities over 5,000 seeds', function () {
  this.timeout(60_000);
  let studies: readonly Simulated[] = [];
  before(() => {
    studies = designs.map(simulate);
  });

  it('are how often each item is drawn, in every design', () => {
    const tests = studies.reduce((sum, { frame }) => sum + frame.length, 0);
    const limit = normalQuantile(1 - 1e-3 / (2 * tests), 0, 1);
    for (const { design, frame, draws } of studies) {
      const times = new Map<PopulationItem, number>();
      const pis = new Map<PopulationItem, number>();
      for (const { items } of draws) {
        for (const { item, pi } of items) {
          assert.ok(pi !== null && pi > 0 && pi <= 1);
          // It is the design's, not the draw's: the same whenever the item is drawn.
          assert.equal(pis.get(item) ?? pi, pi);
          pis.set(item, pi);
          times.set(item, (times.get(item) ?? 0) + 1);
        }
      }
      for (const item of frame) {
        const pi = pis.get(item) ?? 0;
        const share = (times.get(item) ?? 0) / draws.length;
        if (pi === 1) assert.equal(share, 1);
        else {
          const z = (share - pi) / Math.sqrt((pi * (1 - pi)) / draws.length);
          assert.ok(
            Math.abs(z) < limit,
            `${nameOf(design)}: item ${String(item.place)} has z = ${String(z)}`,
          );
        }
      }
    }
  });

  it('make Σ w·y / N unbiased, in every design', () => {
    for (const { design, frame, draws } of studies) {
      const target = average(frame.map(valueOf));
      const estimates = draws.map(
        ({ items }) =>
          items.reduce((sum, { item, pi }) => sum + valueOf(item) / (pi ?? NaN), 0) / frame.length,
      );
      const error = deviation(estimates) / Math.sqrt(estimates.length);
      const bias = average(estimates) - target;
      assert.ok(
        Math.abs(bias) < 4 * error,
        `${nameOf(design)}: bias ${String(bias)}, error ${String(error)}`,
      );
    }
  });

  it('make the weighted mean as nearly unbiased as a ratio can be (Hartley & Ross 1954), in every design', () => {
    for (const { design, frame, draws } of studies) {
      const target = average(frame.map(valueOf));
      const sizes = draws.map(({ items }) => items.reduce((sum, { pi }) => sum + 1 / (pi ?? NaN), 0));
      const means = draws.map(
        ({ items }, index) =>
          items.reduce((sum, { item, pi }) => sum + valueOf(item) / (pi ?? NaN), 0) / (sizes[index] ?? NaN),
      );
      const bound = (deviation(means) * deviation(sizes)) / frame.length;
      const error = deviation(means) / Math.sqrt(means.length);
      const bias = average(means) - target;
      assert.ok(
        Math.abs(bias) < bound + 4 * error,
        `${nameOf(design)}: bias ${String(bias)}, bound ${String(bound)}, error ${String(error)}`,
      );
      // An unweighted mean of an unequal design is off by far more: the weights are what does it.
      if (design.kind === 'balanced' && design.maxPerRollout === undefined) {
        const plain = draws.map(({ items }) => average(items.map(({ item }) => valueOf(item))));
        const off = Math.abs(average(plain) - target);
        assert.ok(off > 3 * (bound + 4 * error), `${nameOf(design)}: ${String(off / (bound + 4 * error))}`);
      }
    }
  });

  it('sum to the number of items drawn, where that is fixed', () => {
    for (const { design, frame, draws } of studies) {
      if (design.kind === 'two-stage') continue;
      const pis = new Map(draws.flatMap(({ items }) => items.map(({ item, pi }) => [item, pi ?? NaN])));
      assert.equal(pis.size, frame.length);
      const sum = [...pis.values()].reduce((total, pi) => total + pi, 0);
      assert.ok(Math.abs(sum - design.n) < 1e-9, `${nameOf(design)}: ${String(sum)}`);
      assert.ok(draws.every(({ items }) => items.length === design.n));
    }
  });
});
