import assert from 'node:assert/strict';
import { readAs, textsOf } from './readAs';

const read = (lines: unknown[], more: object = {}) =>
  readAs('message-lines', { container: 'message-lines', lines, ...more });

describe('messages on lines', () => {
  it('are one rollout; lines with one block each and one role are one message', () => {
    const block = (role: string, text: string) => ({ role, content: { type: 'text', text } });
    const rollout = read([
      block('user', 'Q'),
      { role: 'assistant', content: { type: 'thinking', thinking: 'hm' } },
      block('assistant', 'A'),
      { role: 'assistant', content: [{ type: 'text', text: 'B' }] },
      block('assistant', 'C'),
      { role: 'assistant', content: 'D' },
    ]);
    assert.deepEqual(textsOf(rollout), [
      ['user', undefined, 'text:Q'],
      ['assistant', 1, 'reasoning:hm|text:A'],
      ['assistant', 2, 'text:B'],
      ['assistant', 3, 'text:C'],
      ['assistant', 4, 'text:D'],
    ]);
  });

  it('are named by the hash of all lines', () => {
    const lines = [{ role: 'user', content: 'Q', cwd: '/srv' }];
    const rollout = read(lines, { sha256: 'fedcba98765432100000' });
    assert.equal(rollout.id, 'sha256:fedcba9876543210');
    assert.deepEqual(rollout.fields, { cwd: '/srv' });
  });

  it('have the scores of the file beside them with their words, and the rest of it as fields', () => {
    const lines = [
      { role: 'assistant', content: 'A' },
      { role: 'assistant', content: 'B' },
    ];
    const sidecar = {
      scores: { realism: 80, confidence: null, label: 'odd' },
      evals: { realism: { score: 80, reasoning: 'looks real', model: 'm' } },
      outcome: 'fine',
    };
    const { judgeScores, fields } = read(lines, { sidecar });
    assert.deepEqual(judgeScores, [
      {
        turn: 2,
        part: 'response',
        criterion: 'realism',
        value: 80,
        explanation: 'looks real',
        evidence: '',
        model: 'm',
        run: '',
      },
      {
        turn: 2,
        part: 'response',
        criterion: 'confidence',
        value: null,
        explanation: '',
        evidence: '',
        model: '',
        run: '',
      },
    ]);
    assert.deepEqual(fields, sidecar);
  });

  it('find the words of a score that is a variant of another', () => {
    const variants = { off_task: { score: 3, reasoning: 'on task' } };
    const { judgeScores } = read([{ role: 'assistant', content: 'A' }], {
      sidecar: {
        scores: { worry: 5, worry_off_task: 3, worry_other: 1 },
        evals: { worry: { reasoning: 'the most of all', variants } },
      },
    });
    assert.deepEqual(
      judgeScores.map(({ criterion, explanation }) => [criterion, explanation]),
      [
        ['worry', 'the most of all'],
        ['worry_off_task', 'on task'],
        ['worry_other', ''],
      ],
    );
  });

  it('keep lines that can’t be read, as problems', () => {
    const rollout = read([{ role: 'user', content: 'Q' }, '{"role":']);
    assert.deepEqual(textsOf(rollout), [
      ['user', undefined, 'text:Q'],
      ['broken', undefined, 'text:{"role":'],
    ]);
    assert.deepEqual(rollout.problems, ['line 2 is no JSON object']);
  });
});
