import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeLog, encodeEvent } from '../../../src/core/labels/labelLog';
import type { LabelEvent } from '../../../src/core/labels/labelEvent';
import { anyEvent } from './anyEvent';
import { exposed, item, note, retract, score, skip } from './events';

const decode = (...lines: readonly string[]) => decodeLog(Buffer.from(lines.join('')));
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const assertEvents = (actual: readonly LabelEvent[], expected: readonly LabelEvent[]): void =>
  assert.deepEqual(actual.map(plain), expected.map(plain));

describe('decodeLog', function () {
  this.timeout(20_000);

  it('gives back exactly the events that were encoded, unknown keys too', () =>
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 6 }), events => {
        const log = decode(...events.map(encodeEvent));
        assertEvents(log.events, events);
        assert.deepEqual({ ...log, events: [] }, { events: [], unknown: 0, problems: [], tornBytes: 0 });
      }),
      { numRuns: 1000 },
    ));

  it('loses no event before a tear at any byte, and invents none', () => {
    const events = [
      score(1, 7, { item: { ...item({ rollout: 'naïve 😀\n' }) } }),
      note(2, 'a "note"\nwith {"v":1} and \ud800 and é'),
      retract(3, 1),
      exposed(4, { scope: 'item', item: { rollout: 'r1', turn: 1 } }),
      skip(5),
    ];
    const lines = events.map(event => Buffer.from(encodeEvent(event)));
    const whole = Buffer.concat(lines);
    const ends = lines.map((_, index) => Buffer.concat(lines.slice(0, index + 1)).length);
    for (let length = 0; length <= whole.length; length++) {
      const log = decodeLog(whole.subarray(0, length));
      // An event is whole without its line break.
      const kept = ends.filter(end => end - 1 <= length).length;
      assertEvents(log.events, events.slice(0, kept));
      assert.deepEqual([log.unknown, log.problems], [0, []], `torn at ${length}`);
      const wholeBytes = ends.filter(end => end <= length).at(-1) ?? 0;
      assert.equal(log.tornBytes, ends.some(end => end - 1 === length) ? 0 : length - wholeBytes);
    }
  });

  it('sets a torn tail of zeros or of half a character aside', () => {
    const line = encodeEvent(score(1, 7));
    for (const tail of [
      Buffer.alloc(512),
      Buffer.from('{"v":1,"text":"é').subarray(0, -1),
      Buffer.from('x'),
    ]) {
      const log = decodeLog(Buffer.concat([Buffer.from(line), tail]));
      assertEvents(log.events, [score(1, 7)]);
      assert.equal(log.tornBytes, tail.length);
    }
  });

  it('counts unknown kinds and higher versions, also in a last line without its break, and ignores them', () => {
    const log = decode(
      encodeEvent(score(1, 7)),
      '{"v":1,"kind":"applaud","id":"x"}\n',
      `${JSON.stringify({ ...score(2, 8), v: 2 })}\n`,
      '{"kind":"applaud"}\n',
      encodeEvent(score(3, 9)),
      JSON.stringify({ ...score(4, 1), v: 3, kind: 'score' }),
    );
    assertEvents(log.events, [score(1, 7), score(3, 9)]);
    assert.deepEqual([log.unknown, log.problems, log.tornBytes], [4, [], 0]);
  });

  it('reports junk lines by their number and uses all others', () => {
    const log = decode(
      'junk\n',
      encodeEvent(score(1, 7)),
      '\n',
      '[]\n',
      'null\n',
      '7\n',
      `${JSON.stringify({ ...score(2, 8), value: '8' })}\n`,
      `${JSON.stringify({ ...score(2, 8), v: undefined })}\n`,
      `${JSON.stringify({ ...score(2, 8), item: { rollout: 'r', turn: 0 } })}\n`,
      encodeEvent(score(3, 9)).slice(0, 40) + encodeEvent(score(4, 9)),
      encodeEvent(score(5, 3)),
    );
    assertEvents(log.events, [score(1, 7), score(5, 3)]);
    assert.equal(log.unknown, 0);
    assert.deepEqual(
      log.problems.map(problem => problem.line),
      [1, 4, 5, 6, 7, 8, 9, 10],
    );
    assert.equal(log.problems[0]?.reason, 'not valid JSON');
    assert.match(log.problems[4]!.reason, /^not a label event: value must be a number$/);
    assert.match(log.problems[6]!.reason, /^not a label event: item\./);
  });

  it('takes what an editor makes of a log: a byte order mark, CRLF, blank lines, no final line break', () => {
    const lines = [score(1, 7), retract(2, 1)].map(event => encodeEvent(event).trim());
    for (const text of [
      `\ufeff${lines.join('\r\n')}\r\n`,
      `\ufeff${lines.join('\n')}`,
      `\n${lines.join('\n\n')}`,
      `\r\n${lines.join('\r\n')} `,
    ]) {
      const log = decode(text);
      assertEvents(log.events, [score(1, 7), retract(2, 1)]);
      assert.deepEqual([log.problems, log.tornBytes], [[], 0]);
    }
    assertEvents(decode(`\ufeff${lines[0]!}`).events, [score(1, 7)]);
  });

  it('gives nothing for no bytes', () => {
    assert.deepEqual(decodeLog(new Uint8Array()), { events: [], unknown: 0, problems: [], tornBytes: 0 });
  });

  it('never throws, whatever the bytes', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.uint8Array({ maxLength: 20 }),
            anyEvent.map(event => Buffer.from(encodeEvent(event))),
            fc.jsonValue().map(value => Buffer.from(`${JSON.stringify(value)}\n`)),
          ),
          {
            maxLength: 5,
          },
        ),
        pieces => {
          const bytes = Buffer.concat(pieces);
          const log = decodeLog(bytes);
          assert.ok(log.tornBytes <= bytes.length);
          assert.ok(log.problems.every(problem => problem.line >= 1));
        },
      ),
      { numRuns: 500 },
    ));

  it('refuses numbers that JSON can’t bring back', () => {
    assert.equal(decode(`${JSON.stringify({ ...score(1, NaN) })}\n`).events.length, 0);
    assert.equal(decode('{"v":1,"kind":"score","value":1e999}\n').events.length, 0);
  });
});

describe('encodeEvent', () => {
  it('gives one line, whatever the texts hold', () =>
    fc.assert(
      fc.property(anyEvent, event => {
        const line = encodeEvent(event);
        assert.equal(line.indexOf('\n'), line.length - 1);
        assert.ok(line.isWellFormed());
      }),
    ));
});
