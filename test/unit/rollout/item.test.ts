import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { frustrationRubric, legibilityRubric } from '../../../src/core/labels/rubric';
import { itemKeyText, itemOf, itemsOf, itemTurns, partText } from '../../../src/core/rollout/item';
import { readMessagesRecord } from '../../../src/core/rollout/messagesFormat';
import type { Message, MessagePart, Rollout } from '../../../src/core/rollout/rollout';

function rolloutOf(messages: readonly unknown[]): Rollout {
  const read = readMessagesRecord({ messages }, '');
  assert.ok('rollout' in read);
  return read.rollout;
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const contextOf = (messages: readonly Message[]): string => {
  const last: Message = { role: 'assistant', turn: 99, parts: [{ kind: 'text', text: 'x' }] };
  const rollout: Rollout = {
    id: 'r',
    messages: [...messages, last],
    judgeScores: [],
    fields: {},
    problems: [],
  };
  return itemOf(rollout, 'r', 99, frustrationRubric)!.contextSha256;
};

describe('itemTurns', () => {
  const rollout = rolloutOf([
    { role: 'user', content: 'q' },
    { role: 'assistant', content: 'one' },
    { role: 'assistant', content: '' },
    { role: 'assistant', content: ' \n\t ' },
    { role: 'assistant', content: null, tool_calls: [{ function: { name: 'f', arguments: '{}' } }] },
    { role: 'assistant', content: '<think>only thought</think>' },
    { role: 'assistant', content: 'two', reasoning: 'r' },
    { role: 'assistant', content: 'three', reasoning_details: [{ type: 'reasoning.summary', summary: 's' }] },
    { role: 'assistant', content: 'four', reasoning_details: [{ type: 'reasoning.encrypted', data: 's' }] },
  ]);

  it('passes over turns without text, which keep their number', () => {
    assert.deepEqual(itemTurns(rollout, 'response'), [1, 6, 7, 8]);
  });

  it('takes raw reasoning alone for a legibility item: no summary and no encrypted blob', () => {
    assert.deepEqual(itemTurns(rollout, 'reasoning'), [5, 6]);
  });

  it('gets through megabytes of white space', () => {
    assert.deepEqual(
      itemTurns(rolloutOf([{ role: 'assistant', content: ' \n'.repeat(1_800_000) }]), 'response'),
      [],
    );
  });
});

describe('itemOf', function () {
  this.timeout(20_000);

  it('hashes the response’s text parts joined by a newline, without its reasoning', () => {
    const rollout = rolloutOf([
      { role: 'assistant', content: [{ text: 'né' }, { text: '<think>r1</think>b' }], reasoning: 'r0' },
    ]);
    assert.equal(itemOf(rollout, 'r', 1, frustrationRubric)?.sha256, sha256('né\nb'));
    assert.equal(itemOf(rollout, 'r', 1, legibilityRubric)?.sha256, sha256('r0\nr1'));
  });

  it('hashes without normalisation, so that é in two ways is two texts', () => {
    const hashOf = (content: string) =>
      itemOf(rolloutOf([{ role: 'assistant', content }]), 'r', 1, frustrationRubric)?.sha256;
    assert.equal(hashOf('\u00e9'), sha256('\u00e9'));
    assert.notEqual(hashOf('\u00e9'), hashOf('e\u0301'));
    assert.notEqual(hashOf('\ud800'), hashOf('\ufffd'));
  });

  it('hashes any text as node:crypto does', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), text => {
        const rollout: Rollout = {
          id: null,
          messages: [{ role: 'assistant', turn: 1, parts: [{ kind: 'text', text }] }],
          judgeScores: [],
          fields: {},
          problems: [],
        };
        assert.equal(itemOf(rollout, 'r', 1, frustrationRubric)?.sha256, sha256(text));
      }),
    ));

  it('carries the key it was asked for', () => {
    const rollout = rolloutOf([{ role: 'assistant', content: 'a' }]);
    const item = itemOf(rollout, 'x~2', 1, legibilityRubric)!;
    assert.deepEqual(Object.keys(item).sort(), [
      'contextSha256',
      'criterion',
      'part',
      'rollout',
      'sha256',
      'turn',
    ]);
    assert.equal(itemKeyText(item), '["x~2",1,"reasoning","legibility"]');
  });

  it('is null for a turn that is not there', () => {
    const rollout = rolloutOf([
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'a' },
    ]);
    for (const turn of [0, 2, -1, NaN]) assert.equal(itemOf(rollout, 'r', turn, frustrationRubric), null);
  });

  it('of a rollout with hundreds of thousands of messages has its hashes', () => {
    const messages = Array.from({ length: 300_000 }, () => ({ role: 'user' }));
    assert.ok(
      itemOf(rolloutOf([...messages, { role: 'assistant', content: 'a' }]), 'r', 1, frustrationRubric),
    );
  });
});

describe('the context’s hash', function () {
  this.timeout(20_000);

  const messages = [
    { role: 'system', content: 's' },
    { role: 'user', content: 'ab' },
    { role: 'assistant', content: 'c', reasoning: 'r' },
    { role: 'user', content: 'd' },
    { role: 'assistant', content: 'answer' },
    { role: 'user', content: 'later' },
  ];
  const hash = (changed: readonly unknown[], turn = 2) =>
    itemOf(rolloutOf(changed), 'r', turn, frustrationRubric)!.contextSha256;
  const changing = (at: number, fields: Record<string, unknown>) =>
    messages.map((message, index) => (index === at ? { ...message, ...fields } : message));

  it('stays the same where only the turn itself or what comes after it changes', () => {
    assert.equal(hash(changing(4, { content: 'other', reasoning: 'new' })), hash(messages));
    assert.equal(hash(changing(5, { content: 'other' })), hash(messages));
    assert.equal(hash(messages.slice(0, 5)), hash(messages));
  });

  it('differs where an earlier text, reasoning, role, count or order changes', () => {
    const others = [
      changing(1, { content: 'abc' }),
      changing(1, { role: 'system' }),
      changing(2, { reasoning: 'R' }),
      changing(2, { reasoning: 'c', content: 'r' }),
      changing(1, { content: [{ text: 'a' }, { text: 'b' }] }),
      messages.slice(1),
      [messages[1], messages[0], ...messages.slice(2)],
      [...messages.slice(0, 2), { role: 'user', content: '' }, ...messages.slice(2)],
    ].map(changed => hash(changed));
    assert.equal(new Set([hash(messages), ...others]).size, others.length + 1);
  });

  it('differs where text moves over the boundary of a message', () => {
    const two = (first: string, second: string) =>
      hash(
        [
          { role: 'user', content: first },
          { role: 'user', content: second },
          { role: 'assistant', content: 'x' },
        ],
        1,
      );
    assert.equal(new Set([two('a', 'bc'), two('ab', 'c'), two('abc', ''), two('', 'abc')]).size, 4);
  });

  it('differs where a tool has another name', () => {
    const called = (name: string) =>
      hash([
        { role: 'assistant', content: 'a', tool_calls: [{ function: { name, arguments: '{}' } }] },
        { role: 'assistant', content: 'x' },
      ]);
    assert.notEqual(called('read'), called('delete'));
  });

  it('of plain text is the hash of its messages and parts between control characters, as stored labels have it', () => {
    const context = '\u001esystem\u001ftext\u001fs\u001euser\u001ftext\u001fab';
    assert.equal(hash(messages, 1), sha256(context));
  });

  it('differs for different messages even where texts hold the control characters that part them', () => {
    const awkward = fc
      .array(fc.constantFrom('\u001c', '\u001d', '\u001e', '\u001f', 'text', 'user', 'a'), { maxLength: 5 })
      .map(pieces => pieces.join(''));
    const part: fc.Arbitrary<MessagePart> = fc.oneof(
      fc.record({ kind: fc.constantFrom('text' as const, 'reasoning' as const), text: awkward }),
      fc.record({ kind: fc.constantFrom('tool-call' as const), name: awkward, text: awkward }),
    );
    const context = fc.array(fc.record({ role: awkward, parts: fc.array(part, { maxLength: 3 }) }), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(context, context, (a, b) => {
        assert.equal(contextOf(a) === contextOf(b), JSON.stringify(a) === JSON.stringify(b));
      }),
      { numRuns: 3000 },
    );
    const forged: Message[] = [{ role: 'user', parts: [{ kind: 'text', text: 'a\u001ftext\u001fb' }] }];
    const honest: Message[] = [
      {
        role: 'user',
        parts: [
          { kind: 'text', text: 'a' },
          { kind: 'text', text: 'b' },
        ],
      },
    ];
    assert.notEqual(contextOf(forged), contextOf(honest));
  });
});

describe('itemKeyText', () => {
  it('is different for different keys, whatever stands in an id', () => {
    const key = fc.record({
      rollout: fc.oneof(fc.constantFrom('a', 'a","b', 'a\n1', '["a"', '\ud800', '\ufffd'), fc.string()),
      turn: fc.integer({ min: 1, max: 3 }),
      part: fc.constantFrom('response' as const, 'reasoning' as const),
      criterion: fc.constantFrom('c', 'c"', 'd'),
    });
    fc.assert(
      fc.property(key, key, (a, b) => {
        const same =
          a.rollout === b.rollout && a.turn === b.turn && a.part === b.part && a.criterion === b.criterion;
        assert.equal(itemKeyText(a) === itemKeyText(b), same);
      }),
    );
  });
});

describe('partText', () => {
  it('joins the parts of its kind alone', () => {
    const message: Message = {
      role: 'assistant',
      parts: [
        { kind: 'text', text: 'a' },
        { kind: 'reasoning', text: 'r' },
        { kind: 'other', text: '{}' },
        { kind: 'tool-call', name: 'f', text: '{}' },
        { kind: 'reasoning-summary', text: 's' },
        { kind: 'text', text: 'b' },
      ],
    };
    assert.equal(partText(message, 'response'), 'a\nb');
    assert.equal(partText(message, 'reasoning'), 'r');
  });
});

describe('itemsOf', () => {
  const rollout = rolloutOf([
    { role: 'system', content: 'Be kind.' },
    { role: 'user', content: 'Why \ud83d?' },
    { role: 'assistant', content: 'One.', reasoning: 'r' },
    { role: 'tool', content: 'result', name: 'f' },
    { role: 'assistant', content: 'Two.' },
    { role: 'user', content: 'And?' },
    { role: 'assistant', content: 'Three.' },
  ]);

  it('gives each turn the item that it has by itself, in whatever order turns are asked for', () => {
    const items = itemsOf(rollout, 'r', [3, 1, 2, 3], frustrationRubric);
    assert.equal(items.size, 3);
    for (const turn of [1, 2, 3])
      assert.deepEqual(items.get(turn), itemOf(rollout, 'r', turn, frustrationRubric), String(turn));
    assert.equal(new Set([...items.values()].map(({ contextSha256 }) => contextSha256)).size, 3);
  });

  it('leaves out turns that the rollout has not', () => {
    assert.deepEqual([...itemsOf(rollout, 'r', [4, 2], frustrationRubric).keys()], [2]);
  });
});
