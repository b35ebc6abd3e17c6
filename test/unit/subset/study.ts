import assert from 'node:assert/strict';
import { frustrationRubric } from '../../../src/core/labels/rubric';
import type { Rubric } from '../../../src/core/labels/rubric';
import type { RolloutSummary } from '../../../src/core/rollout/runScan';
import type { Design } from '../../../src/core/subset/manifest';
import type { SubsetOptions, SubsetPlan } from '../../../src/core/subset/plan';
import { planSubset } from '../../../src/core/subset/planSubset';

export interface RolloutFacts {
  readonly fields?: RolloutSummary['fields'];
  /** Scores of a second judge run, by turn. */
  readonly again?: readonly (number | null)[];
}

/** A rollout with one response item for each score of judge run "m r1"; `null` is an item without one. */
export function rolloutOf(
  id: string,
  scores: readonly (number | null)[],
  { fields = {}, again = [] }: RolloutFacts = {},
): RolloutSummary {
  const run = (name: string, values: readonly (number | null)[]): RolloutSummary['judge'] =>
    values.flatMap((value, index) =>
      value === null
        ? []
        : [
            {
              turn: index + 1,
              part: 'response' as const,
              criterion: 'frustration',
              value,
              model: 'm',
              run: name,
            },
          ],
    );
  return {
    id,
    span: { line: 1, offset: 0, length: 0 },
    turns: scores.length,
    responseTurns: scores.map((_, index) => index + 1),
    reasoningTurns: [],
    judge: [...run('r1', scores), ...run('r2', again)],
    fields,
  };
}

/** Numbers in [0, 1) from a seed, by a generator of the tests' own (mulberry32). */
export function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

/** 18 rollouts of 1 to 8 turns in three unequal conditions, scores skewed to 0 and rising with the turn: 75 items. */
export function unevenRollouts(): RolloutSummary[] {
  const next = numbersFrom(7);
  return [1, 8, 3, 5, 2, 7, 4, 6, 1, 8, 2, 5, 3, 1, 6, 4, 7, 2].map((turns, index) => {
    const scores = Array.from({ length: turns }, (_, turn) =>
      next() < 0.08 ? null : Math.min(10, Math.floor(next() * next() * 9 + turn * 0.7)),
    );
    const again = scores.map(score => (score === null ? null : Math.min(10, score + Math.floor(next() * 3))));
    const condition = index < 11 ? 'baseline' : index < 16 ? 'bct' : 'sft';
    return rolloutOf(`r${String(index)}`, scores, {
      fields: { condition, prompt: index % 5, ...(index % 3 === 0 ? { provider: 'p' } : {}) },
      again,
    });
  });
}

export interface Wish extends Partial<Omit<SubsetOptions, 'design'>> {
  readonly design?: Partial<Design>;
}

export function optionsOf({ design = {}, ...wish }: Wish = {}): SubsetOptions {
  return {
    name: 'val',
    role: 'validation',
    seed: 1,
    repeats: 0,
    reveal: 'after-subset',
    context: 'full',
    show: [],
    raters: [],
    overlap: null,
    ...wish,
    design: { kind: 'random', n: 30, ...design },
  };
}

export function planOf(
  rollouts: readonly RolloutSummary[],
  wish: Wish = {},
  rubric: Rubric = frustrationRubric,
): SubsetPlan {
  const plan = planSubset({ rollouts, rubric }, optionsOf(wish));
  if ('refused' in plan) assert.fail(plan.refused);
  return plan;
}

export function refusalOf(
  rollouts: readonly RolloutSummary[],
  wish: Wish = {},
  rubric: Rubric = frustrationRubric,
): string {
  const plan = planSubset({ rollouts, rubric }, optionsOf(wish));
  return 'refused' in plan ? plan.refused : assert.fail('it was not refused');
}

/** "r3:2" for turn 2 of rollout r3. */
export const nameOf = ({ rollout, turn }: { readonly rollout: string; readonly turn: number }): string =>
  `${rollout}:${String(turn)}`;
