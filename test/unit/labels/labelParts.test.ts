import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LabelEvent } from '../../../src/core/labels/labelEvent';
import { addEvent, allSlots, exposedSince, newLabelIndex } from '../../../src/core/labels/labelIndex';
import type { LabelIndex } from '../../../src/core/labels/labelIndex';
import { addLabelPart, labelParts } from '../../../src/core/labels/labelParts';
import { cannotAssess, exposed, item, note, retract, revision, score } from './events';

function indexOf(events: readonly LabelEvent[]): LabelIndex {
  const index = newLabelIndex();
  events.forEach(event => void addEvent(index, event));
  return index;
}

/** An index made of clones of the parts, as another thread gets them. */
function rebuilt(index: LabelIndex, size: number): LabelIndex {
  const made = newLabelIndex();
  for (const part of labelParts(index, 'frustration', size)) addLabelPart(made, structuredClone(part));
  return made;
}

/** Events that meet: few raters and items, retracts of one another, exposures of every scope. */
const events = fc
  .array(
    fc.record({
      kind: fc.constantFrom('score', 'revision', 'cannot', 'note', 'retract', 'run', 'rollout', 'item'),
      rater: fc.constantFrom('ann', 'ben'),
      rollout: fc.constantFrom('r1', 'r2'),
      turn: fc.integer({ min: 1, max: 2 }),
      criterion: fc.constantFrom('frustration', 'legibility'),
      target: fc.nat(30),
    }),
    { maxLength: 30 },
  )
  .map(drawn =>
    drawn.map(({ kind, rater, rollout, turn, criterion, target }, serial): LabelEvent => {
      const of = { rater, item: { ...item({ rollout, turn, criterion }) } };
      switch (kind) {
        case 'score':
          return score(serial, serial % 11, of);
        case 'revision':
          return revision(serial, serial % 11, of);
        case 'cannot':
          return cannotAssess(serial, of);
        case 'note':
          return note(serial, 'n', of);
        case 'retract':
          return retract(serial, target, { rater });
        default:
          return exposed(serial, {
            rater,
            scope: kind as 'run' | 'rollout' | 'item',
            item: { rollout, turn, ...(target % 2 === 0 ? { criterion } : {}) },
          });
      }
    }),
  );

describe('a label index in parts', () => {
  it('says the same of every slot and exposure of the criterion when it is put together again', () => {
    fc.assert(
      fc.property(events, fc.integer({ min: 1, max: 7 }), (all, size) => {
        const whole = indexOf(all);
        const made = rebuilt(whole, size);
        assert.deepEqual(
          allSlots(made),
          allSlots(whole).filter(({ key }) => key.criterion === 'frustration'),
        );
        for (const rater of ['ann', 'ben'])
          for (const rollout of ['r1', 'r2'])
            for (const turn of [1, 2]) {
              const key = item({ rollout, turn });
              assert.equal(exposedSince(made, rater, key), exposedSince(whole, rater, key));
            }
      }),
      { numRuns: 500 },
    );
  });

  it('has no part with more events or exposures than asked for', () => {
    const whole = indexOf([
      ...Array.from({ length: 7 }, (_, serial) =>
        score(serial, 1, { item: { ...item({ turn: serial + 1 }) } }),
      ),
      ...Array.from({ length: 5 }, (_, serial) =>
        exposed(serial + 10, { scope: 'item', item: { rollout: 'r1', turn: serial + 1 } }),
      ),
    ]);
    const sizes = [...labelParts(whole, 'frustration', 3)].map(part =>
      part.kind === 'events' ? part.events.length : part.rollouts.length + part.items.length,
    );
    assert.deepEqual(sizes, [3, 3, 1, 0, 3, 2]);
  });
});
