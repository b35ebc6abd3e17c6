import assert from 'node:assert/strict';
import { memorySource } from '../../../src/core/bytes/byteSource';
import { scannedRun } from '../../../src/core/rollout/scannedRun';
import { readAs, reasonOf, textsOf } from './readAs';

const shown = (display: string) => readAs('tau-bench', { messages_display: display });

describe('tau-bench records', () => {
  it('are the messages of a run, named by task and trial', () => {
    const rollout = readAs('tau-bench', {
      task_id: 4,
      trial: 1,
      reward: 0,
      traj: [
        { role: 'user', content: 'Q' },
        { role: 'assistant', content: null, tool_calls: [{ function: { name: 'find', arguments: '{}' } }] },
        { role: 'tool', name: 'find', content: 'nothing' },
        { role: 'assistant', content: 'A' },
      ],
    });
    assert.equal(rollout.id, '4#1');
    assert.deepEqual(textsOf(rollout), [
      ['user', undefined, 'text:Q'],
      ['assistant', 1, 'tool-call:{}'],
      ['tool', undefined, 'tool-result:nothing'],
      ['assistant', 2, 'text:A'],
    ]);
    assert.deepEqual(rollout.fields, { task_id: 4, trial: 1, reward: 0 });
    assert.equal(readAs('tau-bench', { task_id: 'x', traj: [{ role: 'user', content: 'Q' }] }).id, 'x');
  });

  it('are a conversation in one text, each message from a line that begins with a role', () => {
    const rollout = shown(
      'user: Hi,\nI said: hello\n\nassistant: Yes: user: me.\ntool: r\nassistant: \nuser:x',
    );
    assert.deepEqual(textsOf(rollout), [
      ['user', undefined, 'text:Hi,\nI said: hello\n'],
      ['assistant', 1, 'text:Yes: user: me.'],
      ['tool', undefined, 'tool-result:r'],
      ['assistant', 2, ''],
      ['user', undefined, 'text:x'],
    ]);
    assert.deepEqual(rollout.problems, []);
  });

  it('show an assistant’s None as a call that the display left out: no response to be labelled', () => {
    assert.deepEqual(textsOf(shown('user: Q\nassistant: None\ntool: r\nuser: None')), [
      ['user', undefined, 'text:Q'],
      ['assistant', 1, 'tool-call:None'],
      ['tool', undefined, 'tool-result:r'],
      ['user', undefined, 'text:None'],
    ]);
  });

  it('keep text in front of the first role, and say so', () => {
    const rollout = shown('a greeting\nuser: Q');
    assert.deepEqual(textsOf(rollout), [
      ['display', undefined, 'text:a greeting\n'],
      ['user', undefined, 'text:Q'],
    ]);
    assert.deepEqual(rollout.problems, ['"messages_display" begins with text that names no role']);
  });

  it('of the second kind are the simulations of a file, beside its tasks', async () => {
    const messages = [
      { role: 'assistant', content: 'Hi!', turn_idx: 0 },
      { role: 'user', content: 'Q', turn_idx: 1 },
    ];
    const simulations = [0, 1].map(trial => ({ id: `sim-${String(trial)}`, task_id: 't', trial, messages }));
    const file = { timestamp: 'T', info: { seed: 1 }, tasks: [{ id: 't' }], simulations };
    for (const space of [0, 2]) {
      const source = memorySource(new TextEncoder().encode(JSON.stringify(file, null, space)));
      const { rollouts } = await scannedRun(source);
      assert.deepEqual(
        Array.from(rollouts, ({ id, turns }) => [id, turns]),
        [
          ['sim-0', 1],
          ['sim-1', 1],
        ],
      );
    }
  });

  it('give the reason where the key holds something else', () => {
    assert.equal(reasonOf({ traj: 'x' }), '"traj" is not a list');
    assert.equal(reasonOf({ messages_display: [] }), '"messages_display" is not text');
  });
});
