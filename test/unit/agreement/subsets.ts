import assert from 'node:assert/strict';
import { ratingTableOfRun } from '../../../src/core/agreement/ratingTableOfRun';
import type { RunRatings } from '../../../src/core/agreement/ratingTableOfRun';
import type { RatingTable } from '../../../src/core/agreement/ratingTable';
import type { LabelEvent } from '../../../src/core/labels/labelEvent';
import { addEvent, newLabelIndex } from '../../../src/core/labels/labelIndex';
import { frustrationRubric, rubricHash } from '../../../src/core/labels/rubric';
import { itemKeyText } from '../../../src/core/rollout/item';
import type { Item } from '../../../src/core/rollout/item';
import type { RolloutSummary } from '../../../src/core/rollout/runScan';
import { decodeManifest, encodeManifest } from '../../../src/core/subset/manifest';
import type { Manifest, Subset } from '../../../src/core/subset/manifest';

/** A drawn item and its judge's score. */
export interface Drawn {
  readonly stratum?: string;
  readonly judge: number | null;
  readonly prompt?: string;
  readonly weight?: number | null;
  readonly raters?: readonly string[];
}

export const itemOf = (place: number): Item => ({
  rollout: `r${String(place)}`,
  turn: 1,
  part: 'response',
  criterion: 'frustration',
  sha256: `text of ${String(place)}`,
  contextSha256: `context of ${String(place)}`,
});

/** A subset whose slot p asks the one turn of rollout "r<p>"; strata are told by the items, in order of first mention. */
export function subsetOf(drawn: readonly Drawn[], changes: Partial<Manifest> = {}): Subset {
  const ids = [...new Set(drawn.map(({ stratum = 'all' }) => stratum))];
  const manifest: Manifest = {
    v: 1,
    name: 'val',
    criterion: 'frustration',
    role: 'validation',
    createdAt: '2026-01-01T00:00:00.000Z',
    seed: 7,
    algorithm: 'test',
    source: { name: 'f', bytes: 1, sha256: 'f'.repeat(64) },
    design: { kind: 'random', n: drawn.length },
    reveal: 'after-subset',
    context: 'full',
    show: [],
    strata: ids.map(id => {
      const own = drawn.filter(({ stratum = 'all' }) => stratum === id);
      return {
        id,
        where: {},
        population: Math.round(own.reduce((sum, { weight }) => sum + (weight ?? 1), 0)),
        drawn: own.length,
      };
    }),
    items: drawn.map(({ stratum = 'all', weight = 1, raters }, slot) => ({
      item: { ...itemOf(slot) },
      stratum,
      pi: weight === null ? null : 1 / weight,
      weight,
      slot,
      ...(raters ? { raters: [...raters] } : {}),
    })),
    ...changes,
  };
  const decoded = decodeManifest(new TextEncoder().encode(encodeManifest(manifest)));
  assert.ok(!('reason' in decoded), 'reason' in decoded ? decoded.reason : '');
  return decoded;
}

/** The rollouts that the items lie in. */
export const rolloutsOf = (drawn: readonly Drawn[]): RolloutSummary[] =>
  drawn.map(({ judge, prompt }, place): RolloutSummary => ({
    id: itemOf(place).rollout,
    span: { line: place + 1, offset: 0, length: 1 },
    turns: 1,
    responseTurns: [1],
    reasoningTurns: [],
    judge: [{ turn: 1, part: 'response', criterion: 'frustration', value: judge, model: 'm', run: 'r1' }],
    fields: prompt === undefined ? {} : { prompt_id: prompt },
  }));

let made = 0;
const common = (rater: string) => ({
  v: 1 as const,
  id: `id-${String(++made).padStart(6, '0')}`,
  at: '2026-01-01T00:00:00.000Z',
  rater,
});
const inSlot = ({ manifest, sha256 }: Subset, slot: number) => ({
  item: { ...(manifest.items[slot]?.item ?? itemOf(slot)) },
  subset: { name: manifest.name, sha256, slot },
});

/** A blind first score in a slot, unless more says otherwise. */
export function scoreIn(
  subset: Subset,
  slot: number,
  rater: string,
  value: number,
  more: object = {},
): LabelEvent {
  return {
    ...common(rater),
    kind: 'score',
    ...inSlot(subset, slot),
    value,
    scale: { min: 0, max: 10, worst: 'max' },
    rubric: rubricHash(frustrationRubric),
    phase: 'first',
    judgeVisible: false,
    ...more,
  } as LabelEvent;
}

export const cannotIn = (subset: Subset, slot: number, rater: string): LabelEvent => ({
  ...common(rater),
  kind: 'cannot-assess',
  ...inSlot(subset, slot),
  phase: 'first',
  judgeVisible: false,
});

export const skipIn = (subset: Subset, slot: number, rater: string): LabelEvent => ({
  ...common(rater),
  kind: 'skip',
  ...inSlot(subset, slot),
});

export const opened = (rater: string, what: 'judge' | 'report' = 'report'): LabelEvent => ({
  ...common(rater),
  kind: 'exposed',
  scope: 'run',
  what,
});

/** The rating table of the subset on rollouts as they were drawn. */
export function subsetTable(
  subset: Subset,
  drawn: readonly Drawn[],
  events: readonly LabelEvent[],
  more: Partial<RunRatings> = {},
): RatingTable {
  const labels = newLabelIndex();
  for (const event of events) addEvent(labels, event);
  return ratingTableOfRun({
    rollouts: rolloutsOf(drawn),
    labels,
    rubric: frustrationRubric,
    itemsNow: new Map(drawn.map((_, place) => [itemKeyText(itemOf(place)), itemOf(place)])),
    subset,
    source: {},
    ...more,
  });
}
