import assert from 'node:assert/strict';
import fc from 'fast-check';
import { integerDigits, stringEnd } from '../../../src/core/rollout/jsonText';
import { readMessagesRecord } from '../../../src/core/rollout/messagesFormat';
import { turnCount } from '../../../src/core/rollout/rollout';
import type { Rollout } from '../../../src/core/rollout/rollout';

function read(record: unknown, text = JSON.stringify(record)): { rollout: Rollout; format: string } {
  const result = readMessagesRecord(record as Record<string, unknown>, text);
  assert.ok('rollout' in result, `refused: ${'reason' in result ? result.reason : ''}`);
  return result;
}
const reasonOf = (record: Record<string, unknown>) =>
  (readMessagesRecord(record, '') as { reason?: string }).reason;
const parse = (text: string) => read(JSON.parse(text), text);
const message = { role: 'assistant', content: 'a' };

describe('readMessagesRecord', function () {
  this.timeout(20_000);

  it('reads the native record of the contract', () => {
    const { rollout, format } = read({
      id: 'math-07-s2',
      condition: 'baseline',
      metadata: { seed: 1 },
      messages: [
        { role: 'system', content: 's' },
        { role: 'user', content: 'u', name: 'ann' },
        {
          role: 'assistant',
          content: 'a',
          reasoning: 'r',
          judge: { criterion: 'frustration', score: 6, run: 'r1' },
        },
      ],
      scores: [{ turn: 1, part: 'response', criterion: 'frustration', rating: 5, reasoning: 'why' }],
    });
    assert.equal(format, 'native');
    assert.equal(rollout.id, 'math-07-s2');
    assert.deepEqual(rollout.messages, [
      { role: 'system', parts: [{ kind: 'text', text: 's' }] },
      { role: 'user', name: 'ann', parts: [{ kind: 'text', text: 'u' }] },
      {
        role: 'assistant',
        turn: 1,
        parts: [
          { kind: 'reasoning', text: 'r' },
          { kind: 'text', text: 'a' },
        ],
      },
    ]);
    assert.deepEqual(
      rollout.judgeScores.map(score => score.value),
      [6, 5],
    );
    assert.deepEqual(rollout.fields, { id: 'math-07-s2', condition: 'baseline', metadata: { seed: 1 } });
    assert.deepEqual(rollout.problems, []);
  });

  it('names the shape by where the judge’s scores stand', () => {
    assert.equal(read({ messages: [message] }).format, 'openai-messages');
    assert.equal(read({ messages: [message], scores: [{ turn: 1, score: 1 }] }).format, 'messages+scores');
    assert.equal(read({ messages: [{ ...message, judge: { score: 1 } }] }).format, 'native');
  });

  it('numbers assistant messages alone, also those without text', () => {
    const { rollout } = read({
      messages: [
        message,
        { role: 'user', content: 'u' },
        { role: 'assistant', content: '' },
        { role: 'tool', content: 't' },
        message,
      ],
    });
    assert.deepEqual(
      rollout.messages.map(each => each.turn),
      [1, undefined, 2, undefined, 3],
    );
    assert.equal(turnCount(rollout), 3);
  });

  it('says which key was looked for where there are no messages', () => {
    assert.equal(reasonOf({}), 'no "messages" in the record');
    assert.equal(
      reasonOf({ prompt: 1, completion: 2, secretScore7: 3 }),
      'no "messages" in the record (it has: prompt, completion)',
    );
    for (const messages of ['text', {}, 1, null])
      assert.equal(reasonOf({ messages }), '"messages" is not a list');
  });

  it('keeps messages that it can’t read, and says which', () => {
    const { rollout } = read({
      messages: [
        7,
        'text',
        null,
        [1],
        {},
        { content: 'a' },
        { role: 3, content: 'b' },
        { role: 'user', text: 'c' },
      ],
    });
    assert.equal(rollout.messages.length, 8);
    assert.deepEqual(rollout.messages[1], { role: 'unknown', parts: [{ kind: 'other', text: '"text"' }] });
    assert.deepEqual(rollout.problems, [
      ...[0, 1, 2, 3].map(index => `messages[${index}] is not an object`),
      'messages[4] has no "role"',
      'messages[4] has no "content"',
      'messages[5] has no "role"',
      'messages[6] has no "role"',
      'messages[7] has no "content"',
    ]);
    assert.deepEqual(read({ messages: [] }).rollout.problems, ['"messages" is empty']);
  });

  it('does not miss content where a message has reasoning or tool calls, or a content of null', () => {
    const messages = [
      { role: 'assistant', reasoning: 'r' },
      { role: 'assistant', tool_calls: [{ name: 'f' }] },
      { role: 'assistant', content: null },
    ];
    assert.deepEqual(read({ messages }).rollout.problems, []);
  });

  it('says where a judge field could not be read, and where none is wanted', () => {
    const problemsOf = (role: string, judge: unknown) =>
      read({ messages: [{ role, content: 'a', judge }] }).rollout.problems;
    for (const judge of [6, 'six', true, [7], { model: 'm', error: 'e' }]) {
      assert.deepEqual(problemsOf('assistant', judge), [
        'messages[0] has a "judge" without a number ("score" or "rating")',
      ]);
    }
    assert.deepEqual(problemsOf('user', { score: 3 }), [
      'messages[0] has a "judge" but is no assistant message',
    ]);
    for (const judge of [undefined, null, '', [], {}]) {
      assert.deepEqual(problemsOf('assistant', judge), []);
      assert.deepEqual(problemsOf('user', judge), []);
    }
  });

  it('reads hundreds of thousands of scores', () => {
    const scores = Array.from({ length: 300_000 }, () => ({ turn: 1, score: 1 }));
    assert.equal(read({ messages: [message], scores }, '').rollout.judgeScores.length, 300_000);
    assert.equal(read({ messages: [{ ...message, judge: scores }] }, '').rollout.judgeScores.length, 300_000);
  });

  describe('ids', () => {
    const idOf = (id: string): string | null => parse(`{"id":${id},"messages":[]}`).rollout.id;

    it('are texts and numbers; anything else is none', () => {
      assert.equal(idOf('"a b"'), 'a b');
      assert.equal(idOf('7'), '7');
      assert.equal(idOf('-0.5'), '-0.5');
      for (const id of ['""', 'null', 'true', '{"a":1}', '[1]']) assert.equal(idOf(id), null);
      assert.equal(parse('{"messages":[]}').rollout.id, null);
    });

    it('beyond 2^53 keep every digit', () => {
      for (const id of [
        '9007199254740993',
        '1234567890123456789',
        '-9007199254740993',
        '123456789012345678901234567890',
      ]) {
        assert.equal(idOf(id), id);
        assert.equal(parse(`{"messages":[] ,\n "id" \t: ${id} }`).rollout.id, id);
      }
    });

    it('beyond 2^53 are not mixed up with ids of messages, in texts, or with an earlier key of that name', () => {
      const line =
        '{"id":1234567890123456787,"text":"\\\\\\"id\\":1234567890123456786 {[","messages":[{"role":"user","content":"","id":1234567890123456788}],' +
        '"id":1234567890123456789,"metadata":{"id":1234567890123456790},"x":"\\"id\\":1234567890123456791"}';
      assert.equal(parse(line).rollout.id, '1234567890123456789');
    });

    it('written with a point or an exponent are as JavaScript gives them', () => {
      assert.equal(idOf('1e30'), '1e+30');
      assert.equal(idOf('12345678901234567890.0'), '12345678901234567890');
    });

    it('are exact for any whole number', () =>
      fc.assert(
        fc.property(fc.bigInt(), fc.dictionary(fc.string(), fc.jsonValue()), (id, other) => {
          delete other['id'];
          delete other['messages'];
          const line = `{"other":${JSON.stringify(other)},"id":${id},"messages":[{"role":"user","content":${JSON.stringify(`"id":${id + 1n}`)},"id":${id + 1n}}]}`;
          // -0 is the one whole number that JavaScript writes otherwise.
          assert.equal(parse(line).rollout.id, id === 0n ? '0' : String(id));
        }),
      ));
  });
});

describe('stringEnd', () => {
  it('finds the end of any JSON string', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(fc.constantFrom('\\', '"', 'a')).map(list => list.join('')),
        ),
        fc.string(),
        (text, rest) => {
          const quoted = JSON.stringify(text);
          assert.equal(stringEnd(`{${quoted}${rest}`, 1), 1 + quoted.length);
        },
      ),
      { numRuns: 1000 },
    ));

  it('is the text’s length for a string that never closes', () => {
    assert.equal(stringEnd('"abc\\"', 0), 6);
    assert.equal(stringEnd('"', 0), 1);
  });
});

describe('integerDigits', () => {
  it('is null where the object has no such field or no whole number in it', () => {
    for (const text of ['{}', '{"a":{"id":1}}', '{"id":"1"}', '{"id":null}', '["id"]', '{"x":"id"}']) {
      assert.equal(integerDigits(text, 'id'), null);
    }
  });
});
