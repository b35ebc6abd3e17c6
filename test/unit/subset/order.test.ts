import assert from 'node:assert/strict';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import type { RolloutSummary } from '../../../src/core/rollout/runScan';
import { nameOf, planOf, rolloutOf, unevenRollouts } from './study';

/** z of a count among `trials` with probability p. */
const z = (count: number, trials: number, p: number): number =>
  (count - trials * p) / Math.sqrt(trials * p * (1 - p));
const limitOf = (tests: number): number => normalQuantile(1 - 1e-3 / (2 * tests), 0, 1);

const singles = (count: number): RolloutSummary[] =>
  Array.from({ length: count }, (_, index) => rolloutOf(`s${String(index)}`, [index % 11]));

describe('the order of labelling', () => {
  it('puts each item into each slot equally often', () => {
    const rollouts = singles(10);
    const counts = new Map<string, number>();
    const trials = 3000;
    for (let seed = 1; seed <= trials; seed++) {
      for (const { key, slot } of planOf(rollouts, { seed, design: { n: 10 } }).slots) {
        const cell = `${key.rollout} ${String(slot)}`;
        counts.set(cell, (counts.get(cell) ?? 0) + 1);
      }
    }
    assert.equal(counts.size, 100);
    for (const [cell, count] of counts) assert.ok(Math.abs(z(count, trials, 0.1)) < limitOf(100), cell);
  });

  it('gives a rollout’s slots to its turns in their order, whichever slots it got', () => {
    const { slots } = planOf(unevenRollouts(), { design: { n: 75 } });
    const places = new Map<string, number[]>();
    for (const { key } of slots) places.set(key.rollout, [...(places.get(key.rollout) ?? []), key.turn]);
    for (const turns of places.values())
      assert.deepEqual(
        turns,
        [...turns].sort((a, b) => a - b),
      );
    // Rollouts are mixed: not one after another.
    const changes = slots.filter(({ key }, index) => key.rollout !== slots[index - 1]?.key.rollout).length;
    assert.ok(changes > 50);
  });
});

describe('repeats', () => {
  it('fall on each item equally often', () => {
    const rollouts = singles(40);
    const counts = new Map<string, number>();
    const trials = 1500;
    for (let seed = 1; seed <= trials; seed++) {
      for (const { key, repeatOf } of planOf(rollouts, { seed, repeats: 6, design: { n: 40 } }).slots)
        if (repeatOf !== undefined) counts.set(key.rollout, (counts.get(key.rollout) ?? 0) + 1);
    }
    assert.equal(counts.size, 40);
    for (const [id, count] of counts) assert.ok(Math.abs(z(count, trials, 6 / 40)) < limitOf(40), id);
  });

  it('change neither which items are drawn nor with which probability', () => {
    const facts = (repeats: number) =>
      planOf(unevenRollouts(), { repeats, design: { kind: 'balanced', n: 50 } })
        .slots.filter(({ repeatOf }) => repeatOf === undefined)
        .map(({ key, pi, stratum }) => [nameOf(key), pi, stratum].join(' '))
        .sort();
    assert.deepEqual(facts(12), facts(0));
  });

  it('are not all at the end, where they would be known', () => {
    const { slots } = planOf(singles(100), { repeats: 10, design: { n: 100 } });
    const places = slots.filter(({ repeatOf }) => repeatOf !== undefined).map(({ slot }) => slot);
    assert.ok(Math.min(...places) < 90);
    assert.equal(new Set(places).size, 10);
  });

  it('keep their raters from the first', () => {
    const { slots } = planOf(singles(60), {
      repeats: 15,
      raters: ['ada', 'bob', 'cleo'],
      overlap: 2,
      design: { n: 60 },
    });
    const repeats = slots.filter(({ repeatOf }) => repeatOf !== undefined);
    assert.equal(repeats.length, 15);
    for (const { repeatOf = -1, raters, key } of repeats) {
      assert.deepEqual(raters, slots[repeatOf]?.raters);
      assert.deepEqual(key, slots[repeatOf]?.key);
    }
  });
});

describe('the assignment to raters', () => {
  it('gives each item to each rater equally often', () => {
    const rollouts = singles(10);
    const counts = new Map<string, number>();
    const trials = 2000;
    for (let seed = 1; seed <= trials; seed++) {
      const { slots } = planOf(rollouts, {
        seed,
        raters: ['ada', 'bob', 'cleo'],
        overlap: 2,
        design: { n: 10 },
      });
      for (const { key, raters = [] } of slots)
        for (const rater of raters) {
          const cell = `${key.rollout} ${rater}`;
          counts.set(cell, (counts.get(cell) ?? 0) + 1);
        }
    }
    assert.equal(counts.size, 30);
    for (const [cell, count] of counts) assert.ok(Math.abs(z(count, trials, 2 / 3)) < limitOf(30), cell);
  });

  it('is everyone on everything without an overlap, and nobody named where nobody is', () => {
    const all = planOf(singles(5), { raters: ['bob', 'ada'], design: { n: 5 } });
    assert.ok(all.slots.every(({ raters }) => raters?.join() === 'bob,ada'));
    assert.deepEqual(all.preview.load, [
      { rater: 'bob', slots: 5 },
      { rater: 'ada', slots: 5 },
    ]);
    const nobody = planOf(singles(5), { design: { n: 5 } });
    assert.ok(nobody.slots.every(slot => !('raters' in slot)));
    assert.deepEqual(nobody.preview.load, []);
  });
});
