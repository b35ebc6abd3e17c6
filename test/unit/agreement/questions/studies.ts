import assert from 'node:assert/strict';
import { ratingTableOfRun } from '../../../../src/core/agreement/ratingTableOfRun';
import type { RatingTable } from '../../../../src/core/agreement/ratingTable';
import type { QuestionInput } from '../../../../src/core/agreement/questions/questionsOf';
import type { LabelEvent } from '../../../../src/core/labels/labelEvent';
import { addEvent, newLabelIndex } from '../../../../src/core/labels/labelIndex';
import type { LabelIndex } from '../../../../src/core/labels/labelIndex';
import { frustrationRubric, rubricHash } from '../../../../src/core/labels/rubric';
import { itemKeyText } from '../../../../src/core/rollout/item';
import type { Item } from '../../../../src/core/rollout/item';
import type { RolloutSummary } from '../../../../src/core/rollout/runScan';
import { decodeManifest, encodeManifest } from '../../../../src/core/subset/manifest';
import type { Design, Manifest, Subset } from '../../../../src/core/subset/manifest';
import { manifestOf } from '../../../../src/core/subset/manifestOf';
import { planSubset } from '../../../../src/core/subset/planSubset';

/** Numbers in [0, 1), plain and good enough for made-up data; not the generator that the product uses. */
export function chance(seed: number): () => number {
  let state = (seed * 2654435761 + 1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A roughly normal number. */
export const bell = (random: () => number): number =>
  Array.from({ length: 12 }, random).reduce((sum, each) => sum + each, -6);

/** A turn as a study has it: what judge runs said, and what the human would say. */
export interface Turn {
  readonly judge: number | null;
  readonly human: number;
  /** Of a second run of the judge. */
  readonly again?: number;
}

export interface MadeRollout {
  readonly id: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly turns: readonly Turn[];
}

/** Rollouts of `turns` turns with scores from 0 to 10: the human's own level a rollout, the judge near it. */
export function madeRun(
  count: number,
  turns: number,
  seed: number,
  fieldsOf: (place: number) => Readonly<Record<string, string>> = () => ({}),
  judgeBias: (fields: Readonly<Record<string, string>>) => number = () => 0.7,
): MadeRollout[] {
  const random = chance(seed);
  const score = (value: number): number => Math.min(10, Math.max(0, Math.round(value)));
  return Array.from({ length: count }, (_, place) => {
    const level = 3 + 2 * bell(random);
    const fields = fieldsOf(place);
    return {
      id: `r${String(place).padStart(4, '0')}`,
      fields,
      turns: Array.from({ length: turns }, () => {
        const human = level + 1.5 * bell(random);
        const judge = human + judgeBias(fields) + bell(random);
        return { human: score(human), judge: score(judge), again: score(judge + 0.5 * bell(random)) };
      }),
    };
  });
}

export function summariesOf(rollouts: readonly MadeRollout[]): RolloutSummary[] {
  return rollouts.map(({ id, fields, turns }, line) => ({
    id,
    span: { line: line + 1, offset: line, length: 1 },
    turns: turns.length,
    responseTurns: turns.map((_, index) => index + 1),
    reasoningTurns: [],
    judge: turns.flatMap(({ judge, again }, index) => {
      const common = { turn: index + 1, part: 'response' as const, criterion: 'frustration', model: 'm' };
      return [
        { ...common, value: judge, run: 'r1' },
        ...(again === undefined ? [] : [{ ...common, value: again, run: 'r2' }]),
      ];
    }),
    fields,
  }));
}

const itemOf = (rollout: string, turn: number): Item => ({
  rollout,
  turn,
  part: 'response',
  criterion: 'frustration',
  sha256: `text ${rollout} ${String(turn)}`,
  contextSha256: `context ${rollout} ${String(turn)}`,
});

export interface DrawOptions {
  readonly repeats?: number;
  readonly raters?: readonly string[];
  readonly overlap?: number;
  readonly changes?: Partial<Manifest>;
}

/** A subset that the product's own designs draw from the rollouts. */
export function drawn(
  rollouts: readonly MadeRollout[],
  design: Design,
  seed: number,
  { repeats = 0, raters = [], overlap, changes = {} }: DrawOptions = {},
): Subset {
  const plan = planSubset(
    { rollouts: summariesOf(rollouts), rubric: frustrationRubric },
    {
      name: 'val',
      role: 'validation',
      seed,
      design: { ...design, judge: 'm r1' },
      repeats,
      reveal: 'after-subset',
      context: 'full',
      show: [],
      raters,
      overlap: overlap ?? null,
    },
  );
  assert.ok(!('refused' in plan), 'refused' in plan ? plan.refused : '');
  const items = rollouts.flatMap(({ id, turns }) => turns.map((_, index) => itemOf(id, index + 1)));
  const manifest = manifestOf(plan, {
    rubric: frustrationRubric,
    source: { name: 'f', bytes: 1e9, sha256: 'f'.repeat(64) },
    itemsNow: new Map(items.map(item => [itemKeyText(item), item])),
    createdAt: '2026-01-01T00:00:00.000Z',
  });
  const decoded = decodeManifest(new TextEncoder().encode(encodeManifest({ ...manifest, ...changes })));
  assert.ok(!('reason' in decoded), 'reason' in decoded ? decoded.reason : '');
  return decoded;
}

/** What a rater gives in a slot: a score, or nothing. */
export type Scoring = (turn: Turn, slot: number, item: { rollout: string; turn: number }) => number | null;

/** Labels of the subset by each rater, in the order of its slots. */
export function labelled(
  subset: Subset,
  rollouts: readonly MadeRollout[],
  raters: Readonly<Record<string, Scoring>>,
): LabelEvent[] {
  const byId = new Map(rollouts.map(rollout => [rollout.id, rollout]));
  return Object.entries(raters).flatMap(([rater, scoring], writer) =>
    subset.manifest.items.flatMap(({ item, slot, repeatOf, raters: asked }) => {
      const turn = byId.get(item.rollout)?.turns[item.turn - 1];
      const value = turn && (asked?.includes(rater) ?? true) ? scoring(turn, slot, item) : null;
      if (value === null) return [];
      const event = {
        v: 1,
        id: `${String(writer)}-${String(slot).padStart(6, '0')}`,
        at: '2026-01-01T00:00:00.000Z',
        rater,
        kind: 'score',
        item: { ...item },
        subset: { name: subset.manifest.name, sha256: subset.sha256, slot },
        value,
        scale: { min: 0, max: 10, worst: 'max' },
        rubric: rubricHash(frustrationRubric),
        phase: repeatOf === undefined ? 'first' : 'repeat',
        judgeVisible: false,
      };
      return [event as LabelEvent];
    }),
  );
}

export const indexOf = (events: readonly LabelEvent[]): LabelIndex => {
  const labels = newLabelIndex();
  for (const event of events) addEvent(labels, event);
  return labels;
};

/** What the questions of a made study go by. */
export function inputOf(
  rollouts: readonly MadeRollout[],
  subset: Subset,
  events: readonly LabelEvent[],
  more: Partial<QuestionInput> = {},
): QuestionInput & { readonly rollouts: readonly RolloutSummary[]; readonly labels: LabelIndex } {
  const summaries = summariesOf(rollouts);
  const labels = indexOf(events);
  const table: RatingTable = ratingTableOfRun({
    rollouts: summaries,
    labels,
    rubric: frustrationRubric,
    itemsNow: new Map(
      rollouts.flatMap(({ id, turns }) =>
        turns.map((_, index) => [itemKeyText(itemOf(id, index + 1)), itemOf(id, index + 1)] as const),
      ),
    ),
    subset,
    judges: ['m r1'],
    source: {},
  });
  return {
    table,
    judges: ['m r1'],
    thresholds: [5],
    seed: 3,
    rollouts: summaries,
    rubric: frustrationRubric,
    labels,
    subset,
    ...more,
  };
}

/** The human's own score. */
export const faithful: Scoring = ({ human }) => human;

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** √((G − 1)/G Σ (θ₋c − θ̄)²) of a number found from scratch without each cluster. */
export function spreadWithoutEach(values: readonly number[]): number {
  const average = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - average) ** 2, 0);
  return Math.sqrt(((values.length - 1) / values.length) * squares);
}
