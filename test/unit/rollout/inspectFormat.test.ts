import assert from 'node:assert/strict';
import { readAs, reasonOf, textsOf } from './readAs';

const sample = (more: object = {}): object => ({
  id: 'a',
  epoch: 1,
  input: 'Q',
  target: 'A',
  messages: [
    { role: 'user', content: 'Q' },
    { role: 'assistant', content: 'no' },
    { role: 'user', content: 'again' },
    { role: 'assistant', content: 'A' },
  ],
  ...more,
});
const read = (more: object = {}) => readAs('inspect', sample(more));
const valuesOf = (scores: object) =>
  read({ scores }).judgeScores.map(({ criterion, value }) => [criterion, value]);

describe('Inspect samples', () => {
  it('are told by epoch, input and target beside messages, and named by id and epoch', () => {
    assert.equal(read({ epoch: 3 }).id, 'a#3');
    assert.equal(read({ id: 17 }).id, '17#1');
    const native = { id: 'a', epoch: 2, messages: [{ role: 'assistant', content: 'x' }] };
    assert.equal(readAs('openai-messages', native).id, 'a');
    const scored = { ...sample(), scores: [{ turn: 2, rating: 4 }] };
    assert.equal(readAs('messages+scores', scored).judgeScores.length, 1);
  });

  it('take what their log says of all of them as fields, under its own names', () => {
    const rollout = readAs('inspect', {
      sample: sample({ metadata: { condition: 'scolded', deep: { a: 1 } } }),
      inspect: { model: 'm', task: 't', task_args: { tries: 3 }, log_status: 'success' },
    });
    assert.equal(rollout.id, 'a#1');
    const { model, task, log_status: status, target } = rollout.fields;
    assert.deepEqual([model, task, status, target], ['m', 't', 'success', 'A']);
    assert.equal(rollout.fields['task_args.tries'], 3);
    assert.equal(rollout.fields['metadata.condition'], 'scolded');
    assert.deepEqual(rollout.fields['metadata.deep'], { a: 1 });
    assert.deepEqual(rollout.problems, []);
  });

  it('have scores by scorer, of the last turn, as Inspect itself makes numbers of its letters', () => {
    const { judgeScores } = read({
      scores: { match: { value: 'C', answer: 'A', explanation: 'It says A.' } },
    });
    assert.deepEqual(judgeScores, [
      {
        turn: 2,
        part: 'response',
        criterion: 'match',
        value: 1,
        explanation: 'It says A.',
        evidence: 'A',
        model: '',
        run: '',
      },
    ]);
    // value_to_float of inspect_ai’s scorer/_metric.py: C 1, P 0.5, I and N 0; yes, true and no, false in any case.
    const said = { a: 'C', b: 'P', c: 'I', d: 'N', e: 'YES', f: 'false', g: true, h: '0.25', i: -3 };
    assert.deepEqual(
      valuesOf(Object.fromEntries(Object.entries(said).map(([name, value]) => [name, { value }]))),
      [
        ['a', 1],
        ['b', 0.5],
        ['c', 0],
        ['d', 0],
        ['e', 1],
        ['f', 0],
        ['g', 1],
        ['h', 0.25],
        ['i', -3],
      ],
    );
  });

  it('have no number where a score is other words, a list, or was never given', () => {
    assert.deepEqual(valuesOf({ a: { value: 'GRADE' }, b: { value: [1, 2] }, c: { value: null } }), [
      ['a', null],
      ['b', null],
      ['c', null],
    ]);
  });

  it('split a score that is a map, and keep names apart that meet', () => {
    assert.deepEqual(valuesOf({ tone: { value: { calm: 2, match: 0 } }, match: { value: 'C' } }), [
      ['calm', 2],
      ['tone/match', 0],
      ['match', 1],
    ]);
  });

  it('count a score as it stands after an edit, and keep what it was', () => {
    const scores = { tone: { value: 3, history: [{ value: 7 }, { value: 3 }] } };
    const rollout = read({ scores });
    assert.deepEqual(
      rollout.judgeScores.map(({ value }) => value),
      [3],
    );
    assert.deepEqual(rollout.fields['scores'], scores);
  });

  it('have one score without a name in the oldest logs', () => {
    const rollout = read({ score: { value: 'C' } });
    assert.deepEqual(
      rollout.judgeScores.map(({ criterion, value }) => [criterion, value]),
      [['score', 1]],
    );
    assert.deepEqual(rollout.fields['scores'], { score: { value: 'C' } });
  });

  it('name the model that the log names for a scorer', () => {
    const { judgeScores } = readAs('inspect', {
      sample: sample({ scores: { tone: { value: 1 }, match: { value: 'I' } } }),
      inspect: { scorers: [{ name: 'tone', model: 'judge-model' }, { name: 'match' }] },
    });
    assert.deepEqual(
      judgeScores.map(({ model }) => model),
      ['judge-model', ''],
    );
  });

  it('say that scores have no place where there is no assistant message', () => {
    const rollout = read({ messages: [{ role: 'user', content: 'Q' }], scores: { match: { value: 'I' } } });
    assert.deepEqual(rollout.judgeScores, []);
    assert.deepEqual(rollout.problems, ['has "scores", but no assistant message that they could be of']);
    assert.deepEqual(rollout.fields['scores'], { match: { value: 'I' } });
  });

  it('show reasoning by what it is: raw, a summary, encrypted', () => {
    const content = [
      { type: 'reasoning', reasoning: 'so', redacted: false, signature: null },
      { type: 'reasoning', reasoning: 'gAAA', summary: 'in short', redacted: true },
      { type: 'text', text: 'A' },
    ];
    assert.deepEqual(textsOf(read({ messages: [{ role: 'assistant', content }] })), [
      ['assistant', 1, 'reasoning:so|reasoning-encrypted:gAAA|reasoning-summary:in short|text:A'],
    ]);
  });

  it('show tool calls with their names, what was wrong with them, and tools’ answers and errors', () => {
    const calls = [
      { id: 't1', function: 'bash', arguments: { cmd: 'ls' }, type: 'function' },
      { id: 't2', function: 'bash', arguments: {}, parse_error: 'no JSON' },
    ];
    const rollout = read({
      messages: [
        { role: 'assistant', content: 'go', tool_calls: calls },
        { role: 'tool', function: 'bash', tool_call_id: 't1', content: 'a.txt' },
        { role: 'tool', function: 'bash', content: 'cut', error: { type: 'timeout', message: 'slow' } },
      ],
    });
    assert.deepEqual(textsOf(rollout), [
      ['assistant', 1, 'text:go|tool-call:{"cmd":"ls"}|tool-call:{}|other:{"parse_error":"no JSON"}'],
      ['tool', undefined, 'tool-result:a.txt'],
      ['tool', undefined, 'tool-result:cut|other:{"error":{"type":"timeout","message":"slow"}}'],
    ]);
    assert.equal(rollout.messages[1]?.name, 'bash');
  });

  it('show a call of a provider’s tool and its answer, in the order of the message', () => {
    const content = [
      {
        type: 'tool_use',
        tool_type: 'web_search',
        id: 'w',
        name: 'search',
        arguments: '{"q":1}',
        result: 'r',
      },
      { type: 'text', text: 'A', citations: [{ url: 'u' }] },
    ];
    assert.deepEqual(textsOf(read({ messages: [{ role: 'assistant', content }] })), [
      ['assistant', 1, 'tool-call:{"q":1}|tool-result:r|text:A|other:{"citations":[{"url":"u"}]}'],
    ]);
  });

  it('put texts of attachments in their places, and leave images and unknown ones references', () => {
    const rollout = read({
      messages: [
        { role: 'user', content: 'attachment://one' },
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'tc://two' },
            { type: 'image', image: 'attachment://pic' },
          ],
        },
        { role: 'user', content: 'attachment://gone' },
      ],
      attachments: { one: 'first', two: 'second', pic: 'data:image/png;base64,AAAA' },
    });
    assert.deepEqual(textsOf(rollout), [
      ['user', undefined, 'text:first'],
      ['assistant', 1, 'text:second|other:{"type":"image","image":"attachment://pic"}'],
      ['user', undefined, 'text:attachment://gone'],
    ]);
  });

  it('show the input of a sample that failed before its first message, with the error as a field', () => {
    const error = { message: 'rate limit', traceback: 'Traceback …' };
    const limit = { type: 'time', limit: 60 };
    const rollout = read({ messages: [], error, limit, output: { choices: [], error: 'refused' } });
    assert.deepEqual(textsOf(rollout), [['user', undefined, 'text:Q']]);
    const { error: said, error_traceback: traceback, limit: reached, output_error: refused } = rollout.fields;
    assert.deepEqual([said, traceback, reached, refused], ['rate limit', 'Traceback …', 'time', 'refused']);
    const asked = read({ messages: [], input: [{ role: 'user', content: 'M' }] });
    assert.deepEqual(textsOf(asked), [['user', undefined, 'text:M']]);
  });

  it('show the input and the output of a log without messages', () => {
    const rest = { ...(sample() as Record<string, unknown>) };
    delete rest['messages'];
    const output = { choices: [{ message: { role: 'assistant', content: 'A' }, stop_reason: 'stop' }] };
    const rollout = readAs('inspect', { sample: { ...rest, output }, inspect: {} });
    assert.deepEqual(textsOf(rollout), [
      ['user', undefined, 'text:Q'],
      ['assistant', 1, 'text:A'],
    ]);
  });

  it('leave events, output and attachments to the record as it stands', () => {
    const rollout = read({
      events: [{}],
      events_data: {},
      output: { choices: [{ stop_reason: 'stop' }] },
      store: {},
    });
    assert.deepEqual(rollout.fields, { id: 'a', epoch: 1, target: 'A', stop_reason: 'stop' });
  });

  it('give the reason where what is wrapped is no sample', () => {
    assert.match(
      reasonOf({ sample: { id: 1 }, inspect: {} }),
      /"messages", "epoch", "input" and "target" were looked for/,
    );
  });
});
