import fc from 'fast-check';
import type { LabelEvent } from '../../../src/core/labels/labelEvent';

/** Text with everything that a log must bring back: line breaks, controls, lone surrogates. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('\n', '\r\n', '\ud800', '\ufeff', '\u2028', '\u0000', '"', '{"v":1}\n'),
);

const item = fc.record({
  rollout: anyText,
  turn: fc.integer({ min: 1, max: 50 }),
  part: fc.constantFrom('response' as const, 'reasoning' as const),
  criterion: fc.constantFrom('frustration', 'legibility'),
  sha256: fc.constant('a'.repeat(64)),
  contextSha256: fc.constant('b'.repeat(64)),
});
const subset = fc.record({
  name: fc.constant('val-12'),
  sha256: fc.constant('d'.repeat(64)),
  slot: fc.nat(20),
});
const finite = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .map(value => (Object.is(value, -0) ? 0 : value));

const common = {
  v: fc.constant(1 as const),
  id: fc.uuid({ version: 7 }),
  at: fc.constant('2026-01-01T00:00:00.000Z'),
  rater: fc.constantFrom('ann', 'ben'),
};
const slotted = { ...common, item };
const asked = {
  requiredKeys: ['v', 'id', 'at', 'rater', 'kind', 'item'] as (
    'v' | 'id' | 'at' | 'rater' | 'kind' | 'item'
  )[],
};
const phase = fc.constantFrom('first' as const, 'revision' as const, 'repeat' as const);
const judgeVisible = fc.constantFrom(true, false, null);

/** Any event of version 1, with an unknown key at times. */
export const anyEvent: fc.Arbitrary<LabelEvent> = fc
  .tuple(
    fc.oneof(
      fc.record(
        {
          ...slotted,
          kind: fc.constant('score' as const),
          value: finite,
          scale: fc.record({
            min: fc.integer(),
            max: fc.integer(),
            worst: fc.constantFrom('min' as const, 'max' as const),
          }),
          rubric: fc.constant('c'.repeat(64)),
          phase,
          judgeVisible,
          subset,
          elapsedMs: fc.nat(),
        },
        { requiredKeys: [...asked.requiredKeys, 'value', 'scale', 'rubric', 'phase', 'judgeVisible'] },
      ),
      fc.record(
        {
          ...slotted,
          kind: fc.constant('cannot-assess' as const),
          reason: anyText,
          phase,
          judgeVisible,
          subset,
        },
        asked,
      ),
      fc.record({ ...slotted, kind: fc.constant('skip' as const), subset }, asked),
      fc.record({ ...slotted, kind: fc.constant('dismiss' as const), reason: anyText }, asked),
      fc.record(
        { ...slotted, kind: fc.constant('note' as const), text: anyText, on: fc.uuid() },
        { requiredKeys: [...asked.requiredKeys, 'text'] },
      ),
      fc.record({
        ...slotted,
        kind: fc.constant('evidence' as const),
        spans: fc.array(fc.record({ start: fc.nat(), end: fc.nat(), quote: anyText }), { maxLength: 2 }),
      }),
      fc.record({ ...slotted, kind: fc.constantFrom('cause' as const, 'flag' as const), code: anyText }),
      fc.record({
        ...common,
        kind: fc.constant('exposed' as const),
        scope: fc.constantFrom('item' as const, 'rollout' as const, 'run' as const),
        what: fc.constantFrom('judge' as const, 'raters' as const, 'report' as const),
        item: fc.record({ rollout: anyText, turn: fc.integer({ min: 1, max: 9 }) }, { requiredKeys: [] }),
      }),
      fc.record({ ...common, kind: fc.constant('retract' as const), target: fc.uuid() }),
    ),
    fc.option(anyText, { nil: undefined }),
  )
  .map(([event, future]) => (future === undefined ? event : { ...event, future }) as LabelEvent);
