import assert from 'node:assert/strict';
import fc from 'fast-check';
import { judgeOfMessage, judgeOfRecord } from '../../../src/core/rollout/judgeScores';

const bare = {
  turn: 3,
  part: 'response',
  criterion: 'frustration',
  explanation: '',
  evidence: '',
  model: '',
  run: '',
};
const values = (judge: unknown) => judgeOfMessage(judge, 3).map(score => score.value);

describe('judgeOfMessage', () => {
  it('reads one object with all its fields', () => {
    assert.deepEqual(
      judgeOfMessage(
        {
          criterion: 'legibility',
          score: 7,
          explanation: 'e',
          evidence: 'q',
          model: 'm',
          run: 'r1',
          extra: 1,
        },
        3,
      ),
      [
        {
          turn: 3,
          part: 'reasoning',
          criterion: 'legibility',
          value: 7,
          explanation: 'e',
          evidence: 'q',
          model: 'm',
          run: 'r1',
        },
      ],
    );
  });

  it('reads a list of objects in order', () => {
    assert.deepEqual(
      judgeOfMessage(
        [
          { score: 1, run: 'a' },
          { score: 2, run: 'b' },
        ],
        3,
      ),
      [
        { ...bare, value: 1, run: 'a' },
        { ...bare, value: 2, run: 'b' },
      ],
    );
  });

  it('reads a map by criterion, of objects or plain numbers', () => {
    assert.deepEqual(
      judgeOfMessage({ frustration: { rating: 6, justification: 'j' }, legibility: 2, politeness: 3 }, 3),
      [
        { ...bare, value: 6, explanation: 'j' },
        { ...bare, criterion: 'legibility', part: 'reasoning', value: 2 },
        { ...bare, criterion: 'politeness', value: 3 },
      ],
    );
  });

  it('reads rating, score and value alike, and passes over one that is null', () => {
    for (const key of ['rating', 'score', 'value']) assert.deepEqual(values({ [key]: 4 }), [4]);
    assert.deepEqual(values({ rating: null, score: 4 }), [4]);
    assert.deepEqual(values({ score: 0 }), [0]);
  });

  it('reads explanation, reasoning and justification alike, and quote as evidence', () => {
    for (const key of ['explanation', 'reasoning', 'justification']) {
      assert.equal(judgeOfMessage({ score: 1, [key]: 'why' }, 1)[0]?.explanation, 'why');
    }
    for (const key of ['evidence', 'quote'])
      assert.equal(judgeOfMessage({ score: 1, [key]: 'q' }, 1)[0]?.evidence, 'q');
    for (const key of ['model', 'judge_model', 'judge'])
      assert.equal(judgeOfMessage({ score: 1, [key]: 'm' }, 1)[0]?.model, 'm');
  });

  it('takes frustration for a response’s criterion and legibility for a reasoning’s, where none is named', () => {
    assert.equal(judgeOfMessage({ score: 1 }, 1)[0]?.criterion, 'frustration');
    assert.equal(judgeOfMessage({ score: 1, criterion: '' }, 1)[0]?.criterion, 'frustration');
    assert.deepEqual(
      judgeOfMessage({ score: 1, part: 'reasoning' }, 1).map(({ criterion, part }) => [criterion, part]),
      [['legibility', 'reasoning']],
    );
    assert.equal(
      judgeOfMessage({ score: 1, part: 'reasoning', criterion: 'frustration' }, 1)[0]?.part,
      'reasoning',
    );
    assert.equal(
      judgeOfMessage({ score: 1, part: 'response', criterion: 'legibility' }, 1)[0]?.part,
      'response',
    );
    assert.equal(
      judgeOfMessage({ score: 1, part: 'chunk', criterion: 'legibility' }, 1)[0]?.part,
      'reasoning',
    );
  });

  it('reads numbers that were left as text, and nothing else, as a number', () => {
    assert.deepEqual(values([{ score: '7' }, { score: ' 6.5 ' }, { score: '-1' }]), [7, 6.5, -1]);
    for (const score of [
      null,
      'N/A',
      '',
      ' ',
      '6/10',
      '1e1',
      '0x10',
      'Infinity',
      Infinity,
      NaN,
      true,
      [5],
      '7 of 9',
    ]) {
      assert.deepEqual(values({ score }), [null], `${String(score)} is no score`);
    }
  });

  it('gets through megabytes where a number should stand', () => {
    assert.deepEqual(values({ score: `1${'1'.repeat(3_500_000)}x` }), [null]);
    assert.deepEqual(values({ score: `1${' '.repeat(3_500_000)}x` }), [null]);
  });

  it('gives nothing for what is no judge record', () => {
    for (const judge of [
      undefined,
      null,
      6,
      'six',
      true,
      {},
      [],
      [6, null, 'x'],
      { model: 'm', error: 'timeout' },
    ]) {
      assert.deepEqual(judgeOfMessage(judge, 1), []);
    }
  });
});

describe('judgeOfRecord', function () {
  this.timeout(20_000);

  it('reads a list with turn numbers', () => {
    assert.deepEqual(
      judgeOfRecord(
        [
          { turn: 2, part: 'reasoning', criterion: 'legibility', rating: 9, reasoning: 'why' },
          { turn: 1, score: '4', judge_model: 'm' },
        ],
        2,
      ),
      {
        scores: [
          { ...bare, turn: 2, part: 'reasoning', criterion: 'legibility', value: 9, explanation: 'why' },
          { ...bare, turn: 1, value: 4, model: 'm' },
        ],
        problems: [],
      },
    );
  });

  it('needs no turn number where there is one turn', () => {
    assert.deepEqual(
      judgeOfRecord([{ score: 4 }, { turn: null, score: 5 }], 1).scores.map(({ turn, value }) => [
        turn,
        value,
      ]),
      [
        [1, 4],
        [1, 5],
      ],
    );
  });

  it('reports each entry that it can’t use, with its place and the key that was looked for', () => {
    const { scores, problems } = judgeOfRecord(
      [
        { score: 4 },
        7,
        null,
        { turn: '1', score: 4 },
        { turn: 0, score: 4 },
        { turn: 3, score: 4 },
        { turn: 1.5, score: 4 },
        { turn: 1 },
        { turn: 1, score: { a: 1 } },
        { turn: 2, score: 4 },
      ],
      2,
    );
    assert.deepEqual(
      scores.map(score => score.turn),
      [2],
    );
    assert.deepEqual(problems, [
      'scores[0] has no turn number ("turn")',
      'scores[1] is not an object',
      'scores[2] is not an object',
      'scores[3] has no turn number ("turn")',
      'scores[4] is for turn 0, but the rollout has turns 1 to 2',
      'scores[5] is for turn 3, but the rollout has turns 1 to 2',
      'scores[6] has no turn number ("turn")',
      'scores[7] has no number ("rating" or "score")',
      'scores[8] has no number ("rating" or "score")',
    ]);
  });

  it('says where "scores" is no list, unless it is absent or null', () => {
    assert.deepEqual(judgeOfRecord({ frustration: 3 }, 1), {
      scores: [],
      problems: ['"scores" is not a list'],
    });
    for (const scores of [undefined, null, []])
      assert.deepEqual(judgeOfRecord(scores, 1), { scores: [], problems: [] });
  });

  it('gives each entry as a score of a turn that exists or as a problem, and never throws', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.jsonValue(),
            fc.record(
              {
                turn: fc.oneof(fc.integer({ min: -1, max: 4 }), fc.jsonValue()),
                rating: fc.jsonValue(),
                criterion: fc.jsonValue(),
              },
              { requiredKeys: [] },
            ),
          ),
        ),
        fc.nat(3),
        (entries, turns) => {
          const { scores, problems } = judgeOfRecord(entries, turns);
          assert.equal(scores.length + problems.length, entries.length);
          for (const { turn, value } of scores) {
            assert.ok(Number.isInteger(turn) && turn >= 1 && turn <= turns);
            assert.ok(value === null || Number.isFinite(value));
          }
        },
      ),
    ));
});
