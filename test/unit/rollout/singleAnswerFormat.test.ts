import assert from 'node:assert/strict';
import { reasonOf, readAs, textsOf } from './readAs';

const read = (record: object) => readAs('single-answer', record);

describe('single answers', () => {
  it('are a question, a chain of thought and an answer', () => {
    const rollout = read({ question: 'Q', reasoning: 'hm', answer: 'B', model: 'm/1', question_id: 'q7' });
    assert.deepEqual(textsOf(rollout), [
      ['user', undefined, 'text:Q'],
      ['assistant', 1, 'reasoning:hm|text:B'],
    ]);
    assert.deepEqual(rollout.fields, { model: 'm/1', question_id: 'q7' });
    assert.deepEqual([rollout.id, rollout.problems], [null, []]);
  });

  it('beside a response "answer" is the right answer: a field, and nothing that the model said', () => {
    const rollout = read({ question: 'Q', response: 'mine', answer: 'theirs' });
    assert.deepEqual(textsOf(rollout)[1], ['assistant', 1, 'text:mine']);
    assert.deepEqual(rollout.fields, { answer: 'theirs' });
  });

  it('may have no answer, or no question: a chain of thought alone, a text with the id of its answer', () => {
    assert.deepEqual(textsOf(read({ question: 'Q', gcot: 'hm' })), [
      ['user', undefined, 'text:Q'],
      ['assistant', 1, 'reasoning:hm'],
    ]);
    const rollout = read({ answer_id: 'a9', question_id: 3, model_id: 'm', text: 'A' });
    assert.deepEqual(textsOf(rollout), [['assistant', 1, 'text:A']]);
    assert.deepEqual(
      [rollout.id, rollout.fields],
      ['a9', { answer_id: 'a9', question_id: 3, model_id: 'm' }],
    );
  });

  it('also inside of an object "data", whose neighbours are fields too', () => {
    const rollout = read({ id: 'x1', split: 'a', data: { question: 'Q', cot: 'hm', level: 2 } });
    assert.deepEqual([rollout.id, rollout.fields], ['x1', { id: 'x1', split: 'a', level: 2 }]);
    assert.equal(rollout.messages.length, 2);
  });

  it('take the judge’s scores from "judge", a list of scores and keys named like the criterion', () => {
    const scored = { question: 'Q', answer: 'A', reasoning: 'hm' };
    const valuesOf = (more: object) =>
      read({ ...scored, ...more }).judgeScores.map(({ criterion, part, value, explanation }) => [
        criterion,
        part,
        value,
        explanation,
      ]);
    assert.deepEqual(valuesOf({ judge: { criterion: 'frustration', rating: 4, reasoning: 'w' } }), [
      ['frustration', 'response', 4, 'w'],
    ]);
    assert.deepEqual(valuesOf({ scores: [{ criterion: 'legibility', score: 9 }] }), [
      ['legibility', 'reasoning', 9, ''],
    ]);
    assert.deepEqual(valuesOf({ frustration_score: '6', frustration_explanation: 'w' }), [
      ['frustration', 'response', 6, 'w'],
    ]);
    assert.deepEqual(read({ ...scored, frustration: 6, frustration_explanation: 'w' }).fields, {});
  });

  it('are told from a judge’s rows, texts and questions without an answer', () => {
    assert.equal(
      reasonOf({ question_id: 'q', score: 3, reasoning: 'w' }),
      'no "messages" in the record (it has: reasoning)',
    );
    assert.equal(reasonOf({ id: 'x', text: 'T' }), 'no "messages" in the record (it has: id, text)');
    assert.match(
      reasonOf({ question: 'Q', target: 'T' }),
      /^has "question", but no "response", .* or "answer"$/,
    );
  });
});
