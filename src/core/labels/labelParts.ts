import type { LabelEvent } from './labelEvent';
import { addEvent } from './labelIndex';
import type { LabelIndex } from './labelIndex';

type Exposures = LabelIndex['exposures'] extends Map<string, infer Each> ? Each : never;

/** A piece of a label index that is small enough to be sent in one message. Plain data. */
export type LabelPart =
  | { readonly kind: 'events'; readonly events: readonly LabelEvent[] }
  | {
      readonly kind: 'exposures';
      readonly rater: string;
      readonly run: string | null;
      readonly rollouts: readonly (readonly [string, string])[];
      readonly items: readonly (readonly [string, string])[];
    };

/** What an index knows of a criterion, in parts of at most `size` events; the index may grow between two of them. */
export function* labelParts(index: LabelIndex, criterion: string, size: number): Generator<LabelPart> {
  for (const events of batches(eventsOf(index, criterion), size)) yield { kind: 'events', events };
  // Last, so that no label comes later than an exposure that is left out.
  for (const [rater, { run, rollouts, items }] of index.exposures) {
    yield { kind: 'exposures', rater, run, rollouts: [], items: [] };
    for (const some of batches(rollouts, size))
      yield { kind: 'exposures', rater, run, rollouts: some, items: [] };
    for (const some of batches(items, size))
      yield { kind: 'exposures', rater, run, rollouts: [], items: some };
  }
}

/** Adds a part to an index that is made of parts alone. */
export function addLabelPart(index: LabelIndex, part: LabelPart): void {
  if (part.kind === 'events') {
    for (const event of part.events) addEvent(index, event);
    return;
  }
  const known: Exposures = index.exposures.get(part.rater) ?? {
    run: null,
    rollouts: new Map(),
    items: new Map(),
  };
  index.exposures.set(part.rater, known);
  known.run = part.run;
  for (const [rollout, since] of part.rollouts) known.rollouts.set(rollout, since);
  for (const [item, since] of part.items) known.items.set(item, since);
}

function* eventsOf({ slots, retractById }: LabelIndex, criterion: string): Generator<LabelEvent> {
  for (const { key, events } of slots.values()) if (key.criterion === criterion) yield* events;
  yield* retractById.values();
}

function* batches<Each>(all: Iterable<Each>, size: number): Generator<Each[]> {
  let batch: Each[] = [];
  for (const each of all) {
    batch.push(each);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
