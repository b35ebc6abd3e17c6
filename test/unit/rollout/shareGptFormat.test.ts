import assert from 'node:assert/strict';
import { reasonOf, readAs, textsOf } from './readAs';

const read = (record: object) => readAs('sharegpt', record);

describe('ShareGPT records', () => {
  it('map human, gpt and system onto user, assistant and system, and number the turns', () => {
    const rollout = read({
      id: 'c1',
      source: 'made up',
      conversations: [
        { from: 'system', value: 'Be brief.' },
        { from: 'human', value: 'Two plus two?' },
        { from: 'gpt', value: '<think>2+2</think>Four.' },
        { from: 'human', value: 'Sure?' },
        { from: 'gpt', value: 'Yes.' },
      ],
    });
    assert.equal(rollout.id, 'c1');
    assert.deepEqual(textsOf(rollout), [
      ['system', undefined, 'text:Be brief.'],
      ['user', undefined, 'text:Two plus two?'],
      ['assistant', 1, 'reasoning:2+2|text:Four.'],
      ['user', undefined, 'text:Sure?'],
      ['assistant', 2, 'text:Yes.'],
    ]);
    assert.deepEqual(rollout.fields, { id: 'c1', source: 'made up' });
    assert.deepEqual(rollout.problems, []);
  });

  it('map calls and observations of tools, and a system text beside the list', () => {
    const rollout = read({
      system: 'You have tools.',
      tools: '[]',
      conversations: [
        { from: 'human', value: 'Look it up.' },
        { from: 'function_call', value: '{"name": "look", "arguments": {"q": 1}}' },
        { from: 'observation', value: 'found' },
        { from: 'function_call', value: 'no json' },
      ],
    });
    assert.deepEqual(textsOf(rollout), [
      ['system', undefined, 'text:You have tools.'],
      ['user', undefined, 'text:Look it up.'],
      ['assistant', 1, 'tool-call:{"q":1}'],
      ['tool', undefined, 'tool-result:found'],
      ['assistant', 2, 'tool-call:no json'],
    ]);
    assert.deepEqual(rollout.fields, { tools: '[]' });
  });

  it('also with role and content, and with judge scores on turns and beside them', () => {
    const rollout = read({
      conversations: [
        { role: 'user', content: 'Q' },
        { role: 'assistant', content: 'A', judge: { criterion: 'frustration', score: 3 } },
        { from: 'gpt', value: 'B' },
      ],
      scores: [{ turn: 2, rating: 7 }],
    });
    assert.deepEqual(
      rollout.judgeScores.map(({ turn, value }) => [turn, value]),
      [
        [1, 3],
        [2, 7],
      ],
    );
    assert.deepEqual(rollout.fields, {});
  });

  it('say which entry can’t be mapped and what was looked for, and drop none', () => {
    const rollout = read({
      conversations: [7, { value: 'a' }, { from: 'gpt' }, { from: 'narrator', value: 'b' }],
    });
    assert.equal(rollout.messages.length, 4);
    assert.ok(rollout.problems.includes('conversations[0] is not an object'));
    assert.ok(rollout.problems.includes('conversations[1] has no "from"'));
    assert.ok(rollout.problems.includes('conversations[2] has no "value"'));
    assert.ok(
      rollout.problems.includes('conversations[3] has a "from" that is none of human, gpt, system or tool'),
    );
    assert.equal(reasonOf({ conversations: 'text' }), '"conversations" is not a list');
  });

  it('a judge of the whole record belongs to its one turn; with more turns it is said to have none', () => {
    const turn = { from: 'gpt', value: 'a' };
    const one = read({ conversations: [turn], judge: { criterion: 'frustration', score: 4 } });
    assert.deepEqual([one.judgeScores[0]?.value, one.fields], [4, {}]);
    const two = read({ conversations: [turn, turn], judge: { score: 4 } });
    assert.deepEqual([two.judgeScores, Object.keys(two.fields)], [[], ['judge']]);
    assert.match(
      two.problems[0] ?? '',
      /"judge" of the record names no turn, and it has 2: "scores" with "turn"/,
    );
  });
});
