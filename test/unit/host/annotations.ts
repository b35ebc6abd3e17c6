import type { LabelEvent } from '../../../src/core/labels/labelEvent';
import { addEvent, newLabelIndex } from '../../../src/core/labels/labelIndex';
import type { LabelIndex } from '../../../src/core/labels/labelIndex';
import type { Item } from '../../../src/core/rollout/item';
import type { Manifest, Subset } from '../../../src/core/subset/manifest';
import { item as anItem } from '../labels/events';

/** An item as events carry it. */
export const item = (changes: Partial<Item> = {}) => ({ ...anItem(changes) });

const sha256 = 'e'.repeat(64);

/** A subset of turn 1 of rollouts r1, r2, …; `raters` says for each slot who labels it, everyone where absent. */
export function subsetOf(
  name: string,
  slots: number,
  changes: Partial<Manifest> = {},
  raters: readonly (readonly string[] | undefined)[] = [],
): Subset {
  const manifest: Manifest = {
    v: 1,
    name,
    criterion: 'frustration',
    role: 'validation',
    createdAt: '2026-01-01T00:00:00.000Z',
    seed: 1,
    algorithm: 'test',
    source: { name: 'run.rollouts.jsonl', bytes: 1, sha256 },
    design: { kind: 'stratified', n: slots, by: ['secret-field'] },
    reveal: 'after-subset',
    context: 'full',
    show: [],
    strata: [
      { id: 'secret-stratum', where: { 'secret-field': 'secret-value' }, population: slots, drawn: slots },
    ],
    items: Array.from({ length: slots }, (_, slot) => ({
      item: item({ rollout: `r${String(slot + 1)}` }),
      stratum: 'secret-stratum',
      pi: 1,
      weight: 1,
      slot,
      ...(raters[slot] ? { raters: [...raters[slot]] } : {}),
    })),
    ...changes,
  };
  return { manifest, sha256 };
}

/** Where a label stands in such a subset. */
export const inSlot = (name: string, slot: number) => ({
  item: item({ rollout: `r${String(slot + 1)}` }),
  subset: { name, sha256, slot },
});

export function indexOf(...events: readonly LabelEvent[]): LabelIndex {
  const index = newLabelIndex();
  events.forEach(event => void addEvent(index, event));
  return index;
}
