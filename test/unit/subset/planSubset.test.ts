import assert from 'node:assert/strict';
import fc from 'fast-check';
import { frustrationRubric } from '../../../src/core/labels/rubric';
import type { RolloutSummary } from '../../../src/core/rollout/runScan';
import { designKinds } from '../../../src/core/subset/manifest';
import type { Design } from '../../../src/core/subset/manifest';
import { planSubset } from '../../../src/core/subset/planSubset';
import { nameOf, optionsOf, planOf, rolloutOf, unevenRollouts } from './study';
import type { Wish } from './study';

const everyDesign: readonly Partial<Design>[] = [
  { kind: 'random' },
  { kind: 'random', maxPerRollout: 2 },
  { kind: 'stratified', by: ['condition', 'judge'] },
  { kind: 'stratified', by: ['condition'], allocation: 'half', maxPerRollout: 3 },
  { kind: 'balanced' },
  { kind: 'two-stage' },
  { kind: 'disagreement' },
  { kind: 'uncertainty', maxPerRollout: 2 },
  { kind: 'negative-audit', threshold: 4 },
];

describe('a plan', () => {
  it('is the same for the same rollouts in any order of the file', () => {
    const rollouts = unevenRollouts();
    const orders = [
      [...rollouts].reverse(),
      [...rollouts].sort((a, b) => a.turns - b.turns),
      [...rollouts.slice(9), ...rollouts.slice(0, 9)],
    ];
    for (const design of everyDesign) {
      const wish: Wish = { design, repeats: 1, raters: ['ada', 'bob'], overlap: 1, show: ['prompt'] };
      const plan = planOf(rollouts, wish);
      for (const order of orders) assert.deepEqual(planOf(order, wish), plan);
    }
  });

  it('is the same again from the options that it names', () => {
    for (const design of everyDesign) {
      const plan = planOf(unevenRollouts(), { design });
      assert.deepEqual(planOf(unevenRollouts(), plan.options), plan);
    }
  });

  it('is another for another seed', () => {
    for (const design of everyDesign) {
      const slots = [1, 2].map(seed => planOf(unevenRollouts(), { design, seed }).slots);
      assert.notDeepEqual(slots[0], slots[1]);
    }
  });

  it('of a seed is this one, on every machine and in every version of algorithm 1', () => {
    const { slots, strata } = planOf(unevenRollouts(), {
      seed: 20261123,
      design: { kind: 'stratified', n: 24, by: ['condition'], maxPerRollout: 3 },
      repeats: 2,
      raters: ['ada', 'bob', 'cleo'],
      overlap: 2,
    });
    assert.deepEqual(
      strata.map(({ id, population, drawn }) => [id, population, drawn]),
      golden.strata,
    );
    assert.deepEqual(
      slots.map(({ key, pi, repeatOf, raters = [] }) =>
        [nameOf(key), pi?.toFixed(6), repeatOf ?? '-', raters.join('+')].join(' '),
      ),
      golden.slots,
    );
  });

  it('holds what it says: probabilities, weights, order, repeats, loads and strata', () => {
    const rollouts = fc
      .array(
        fc.record({
          scores: fc.array(fc.option(fc.integer({ min: 0, max: 10 })), { minLength: 1, maxLength: 8 }),
          condition: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
        }),
        { minLength: 2, maxLength: 25 },
      )
      .map(list =>
        list.map(({ scores, condition }, index) =>
          rolloutOf(`r${String(index)}`, scores, {
            fields: condition === undefined ? {} : { condition },
            again: scores.map(score => (score === null ? null : 10 - score)),
          }),
        ),
      );
    const wish = fc.record({
      seed: fc.integer(),
      design: fc.record({
        kind: fc.constantFrom(...designKinds),
        n: fc.integer({ min: 6, max: 90 }),
        by: fc.constantFrom<string[]>(['condition'], ['judge'], ['judge', 'condition']),
        allocation: fc.constantFrom(undefined, 'equal' as const, 'half' as const),
        maxPerRollout: fc.constantFrom(undefined, 1, 2, 5),
      }),
      repeats: fc.constantFrom(0, 0, 0, 1, 4, 12),
      raters: fc.constantFrom<string[]>([], ['ada', 'bob', 'cleo'], ['ada', 'bob', 'cleo', 'dan', 'eve']),
      overlap: fc.constantFrom(null, 1, 2),
    });
    let planned = 0;
    fc.assert(
      fc.property(rollouts, wish, (run, each) => {
        const plan = planSubset({ rollouts: run, rubric: frustrationRubric }, optionsOf(each));
        if ('refused' in plan) assert.match(plan.refused, /^[A-Z0-9].*\.$/s);
        else {
          planned++;
          holds(run, plan);
        }
      }),
      { numRuns: 400 },
    );
    assert.ok(planned > 100, String(planned));
  });
});

function holds(
  run: readonly RolloutSummary[],
  { options, slots, strata, preview }: ReturnType<typeof planOf>,
) {
  const firsts = slots.filter(({ repeatOf }) => repeatOf === undefined);
  const repeats = slots.filter(({ repeatOf }) => repeatOf !== undefined);
  const items = new Set(run.flatMap(({ id, responseTurns }) => responseTurns.map(turn => `${id}:${turn}`)));
  assert.ok(firsts.every(({ key }) => items.has(nameOf(key))));
  assert.equal(new Set(firsts.map(({ key }) => nameOf(key))).size, firsts.length);
  assert.deepEqual(
    slots.map(({ slot }) => slot),
    slots.map((_, index) => index),
  );
  assert.equal(repeats.length, options.repeats);
  assert.equal(new Set(repeats.map(({ repeatOf }) => repeatOf)).size, repeats.length);
  for (const { slot, repeatOf = NaN, key, pi } of repeats) {
    assert.ok(slot - repeatOf >= 20);
    assert.deepEqual([slots[repeatOf]?.key, slots[repeatOf]?.pi], [key, pi]);
  }
  const lastTurn = new Map<string, number>();
  for (const { key } of firsts) {
    assert.ok(key.turn > (lastTurn.get(key.rollout) ?? 0));
    lastTurn.set(key.rollout, key.turn);
  }
  for (const { pi, weight } of slots)
    if (pi === null) assert.equal(weight, null);
    else {
      assert.ok(pi > 0 && pi <= 1);
      assert.equal(weight, 1 / pi);
    }
  for (const { id, drawn, population } of strata) {
    assert.equal(firsts.filter(({ stratum }) => stratum === id).length, drawn);
    assert.ok(drawn > 0 && drawn <= population);
  }
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  assert.equal(sum(strata.map(({ drawn }) => drawn)), preview.drawn);
  assert.equal(sum(strata.map(({ population }) => population)), preview.population);
  assert.equal(sum(preview.histogram.map(({ population }) => population)), preview.population);
  assert.equal(sum(preview.histogram.map(({ sample }) => sample)), preview.drawn);
  if (options.design.kind !== 'two-stage') assert.ok(preview.drawn <= options.design.n);
  if (options.raters.length > 0) {
    const loads = preview.load.map(({ slots: count }) => count);
    assert.ok(slots.every(({ raters = [] }) => raters.length === (options.overlap ?? options.raters.length)));
    // A repeat weighs two slots: with few single items the loads can't be evened out.
    const slack = firsts.length - repeats.length >= 2 * options.raters.length ? 1 : 2;
    assert.ok(Math.max(...loads) - Math.min(...loads) <= slack, loads.join());
  }
}

/** π by hand: the conditions hold 47, 19 and 9 items in rollouts that keep 27, 13 and 5; 6:3 is 3/6 · 15/27. */
const golden = {
  strata: [
    ['condition=baseline', 47, 15],
    ['condition=bct', 19, 6],
    ['condition=sft', 9, 3],
  ],
  slots: [
    'r7:2 0.277778 - ada+cleo',
    'r11:3 0.276923 - ada+cleo',
    'r11:5 0.276923 - bob+cleo',
    'r12:3 0.461538 - ada+bob',
    'r6:3 0.416667 - bob+cleo',
    'r10:1 0.555556 - ada+bob',
    'r16:1 0.257143 - ada+cleo',
    'r2:2 0.555556 - ada+cleo',
    'r9:7 0.208333 - ada+bob',
    'r15:2 0.346154 - bob+cleo',
    'r1:2 0.208333 - ada+bob',
    'r1:7 0.208333 - bob+cleo',
    'r14:1 0.230769 - ada+cleo',
    'r16:5 0.257143 - ada+cleo',
    'r2:3 0.555556 - ada+bob',
    'r7:4 0.277778 - bob+cleo',
    'r7:5 0.277778 - bob+cleo',
    'r16:6 0.257143 - ada+bob',
    'r15:4 0.346154 - ada+cleo',
    'r5:6 0.238095 - ada+bob',
    'r3:2 0.333333 - ada+cleo',
    'r8:1 0.555556 - bob+cleo',
    'r5:7 0.238095 - bob+cleo',
    'r4:2 0.555556 - ada+bob',
    'r6:3 0.416667 4 bob+cleo',
    'r12:3 0.461538 3 ada+bob',
  ],
};
