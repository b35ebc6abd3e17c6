import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import * as z from 'zod';
import {
  builtInRubrics,
  frustrationRubric,
  legibilityRubric,
  rubricHash,
} from '../../../src/core/labels/rubric';
import type { Rubric } from '../../../src/core/labels/rubric';
import {
  decodeRubric,
  rubricFileSchema,
  rubricFileText,
  rubricsWith,
} from '../../../src/core/labels/rubricFile';

const least = { criterion: 'joy', part: 'response', scale: { min: 0, max: 4 } };

const decode = (value: unknown, name = 'joy') =>
  decodeRubric(new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)), name);

function rubricOf(value: unknown, name = 'joy'): Rubric {
  const read = decode(value, name);
  assert.ok(!('reason' in read), 'reason' in read ? read.reason : '');
  return read;
}

function reasonOf(value: unknown, name = 'joy'): string {
  const read = decode(value, name);
  assert.ok('reason' in read, 'it was not refused');
  return read.reason;
}

describe('a rubric file', function () {
  // A loaded machine may take its time over these.
  this.timeout(20_000);

  it('needs a criterion, a part and a scale; the rest has defaults', () => {
    assert.deepEqual(rubricOf(least), {
      criterion: 'joy',
      title: 'Joy of this response',
      summary: '0 best … 4 worst',
      part: 'response',
      scale: { min: 0, max: 4, worst: 'max' },
      thresholds: [],
      thresholdMeaning: 'reaches the threshold',
      anchors: {},
    });
  });

  it('takes its default title from the name and part, its default summary from the anchors at both ends', () => {
    const made = rubricOf(
      {
        ...least,
        criterion: 'self-doubt',
        part: 'reasoning',
        scale: { min: 1, max: 3, worst: 'min' },
        anchors: { 3: 'sure of itself', 1: 'lost' },
      },
      'self-doubt',
    );
    assert.equal(made.title, 'Self doubt of the reasoning');
    assert.equal(made.summary, '1 lost … 3 sure of itself');
    assert.equal(rubricOf({ ...least, scale: { ...least.scale, worst: 'min' } }).summary, '0 worst … 4 best');
  });

  it('may begin with a byte order mark and name its schema', () => {
    assert.deepEqual(rubricOf(`\uFEFF${JSON.stringify({ $schema: 'x.json', ...least })}`), rubricOf(least));
  });

  it('gives the same hash whatever the order of its keys and anchors', () => {
    const full = {
      ...least,
      scale: { min: -2, max: 2, worst: 'min' },
      anchors: { '-2': 'a', '-1': 'b', 0: 'c' },
    };
    const turned = {
      anchors: { 0: 'c', '-1': 'b', '-2': 'a' },
      scale: { worst: 'min', max: 2, min: -2 },
      part: 'response',
      criterion: 'joy',
    };
    assert.equal(rubricHash(rubricOf(full)), rubricHash(rubricOf(turned)));
    assert.notEqual(rubricHash(rubricOf(full)), rubricHash(rubricOf({ ...full, anchors: { '-2': 'A' } })));
  });

  const refusals: readonly (readonly [string, unknown, string])[] = [
    ['what is no JSON', '{', 'not valid JSON'],
    ['a list', [], 'not a rubric: it is no JSON object'],
    ['null', null, 'not a rubric: it is no JSON object'],
    [
      'a part that is left out',
      { ...least, part: undefined },
      'not a rubric: "part" must be one of "response", "reasoning"',
    ],
    ['no criterion', { ...least, criterion: undefined }, 'not a rubric: "criterion" is missing'],
    ['an end of the scale left out', { ...least, scale: { min: 0 } }, 'not a rubric: "scale.max" is missing'],
    ['an unknown field', { ...least, treshold: 5 }, 'not a rubric: it has an unknown field "treshold"'],
    [
      'an unknown field of the scale',
      { ...least, scale: { ...least.scale, best: 1 } },
      'not a rubric: it has an unknown field "scale.best"',
    ],
    [
      'a name that is no slug',
      { ...least, criterion: 'Joy' },
      'not a rubric: "criterion" must be 1 to 40 of a–z, 0–9 and -, beginning with a letter or digit',
    ],
    [
      'a name that is not the file’s',
      { ...least, criterion: 'fun' },
      'not a rubric: it names the criterion "fun", its file is "joy.json"',
    ],
    [
      'a fractional end',
      { ...least, scale: { min: 0.5, max: 4 } },
      'not a rubric: "scale.min" must be a whole number',
    ],
    [
      'ends that are equal',
      { ...least, scale: { min: 4, max: 4 } },
      'not a rubric: the scale’s "min", 4, is not below its "max", 4',
    ],
    [
      'more than 101 scores',
      { ...least, scale: { min: 0, max: 101 } },
      'not a rubric: the scale 0 to 101 has 102 scores, and 101 are the most',
    ],
    [
      'a threshold off the scale',
      { ...least, thresholds: [5] },
      'not a rubric: the threshold 5 is off the scale 0 to 4',
    ],
    [
      'thresholds that do not ascend',
      { ...least, thresholds: [2, 2] },
      'not a rubric: the thresholds do not ascend',
    ],
    [
      'an anchor off the scale',
      { ...least, anchors: { 9: 'x' } },
      'not a rubric: the anchor 9 is off the scale 0 to 4',
    ],
    [
      'an anchor without a score',
      { ...least, anchors: { low: 'x' } },
      'not a rubric: "anchors.low" must have a whole number, the anchor’s score, as its name',
    ],
    [
      'a blank anchor',
      { ...least, anchors: { 1: ' ' } },
      'not a rubric: "anchors.1" must be one line of text, not blank',
    ],
    [
      'a title of two lines',
      { ...least, title: 'a\nb' },
      'not a rubric: "title" must be one line of text, not blank',
    ],
    [
      'a title that is too long',
      { ...least, title: 'a'.repeat(81) },
      'not a rubric: "title" must be at most 80 characters long',
    ],
    [
      'too much guidance',
      { ...least, guidance: Array.from({ length: 21 }, () => 'a') },
      'not a rubric: "guidance" must hold at most 20',
    ],
    ['text for a list', { ...least, guidance: 'a' }, 'not a rubric: "guidance" must be a list'],
  ];
  for (const [what, value, reason] of refusals)
    it(`is refused for ${what}, with one clause`, () => {
      assert.equal(reasonOf(value), reason);
    });

  it('holds at most 101 scores, and that many', () => {
    assert.deepEqual(rubricOf({ ...least, scale: { min: -50, max: 50 } }).scale.min, -50);
  });

  it('never throws, whatever it holds', () => {
    fc.assert(fc.property(fc.jsonValue(), value => void decode(value)));
    fc.assert(fc.property(fc.uint8Array(), bytes => void decodeRubric(bytes, 'joy')));
  });

  it('written out and read again is the same rubric with the same hash', () => {
    const text = fc
      .string({ minLength: 1, maxLength: 60 })
      .filter(each => /\S/.test(each) && !/[\r\n]/.test(each));
    const rubric = fc
      .record({
        min: fc.integer({ min: -40, max: 40 }),
        size: fc.integer({ min: 1, max: 60 }),
        worst: fc.constantFrom('min', 'max'),
        title: text,
        anchors: fc.dictionary(fc.integer({ min: -40, max: 100 }).map(String), text),
        cuts: fc.uniqueArray(fc.integer({ min: -40, max: 100 }), { maxLength: 5 }),
        guidance: fc.option(fc.array(text, { maxLength: 3 }), { nil: undefined }),
      })
      .map(({ min, size, worst, title, anchors, cuts, guidance }) => {
        const on = (score: number) => score >= min && score <= min + size;
        return rubricOf({
          ...least,
          title,
          scale: { min, max: min + size, worst },
          thresholds: cuts.filter(on).sort((a, b) => a - b),
          anchors: Object.fromEntries(Object.entries(anchors).filter(([score]) => on(Number(score)))),
          ...(guidance === undefined ? {} : { guidance }),
        });
      });
    fc.assert(
      fc.property(rubric, each => {
        const again = rubricOf(rubricFileText(each));
        assert.deepEqual(again, each);
        assert.equal(rubricHash(again), rubricHash(each));
      }),
    );
  });
});

describe('the built-in rubrics', () => {
  it('written out and read again keep their hash: a copy that nobody has changed makes no new version', () => {
    for (const rubric of builtInRubrics)
      assert.equal(rubricHash(rubricOf(rubricFileText(rubric), rubric.criterion)), rubricHash(rubric));
  });

  it('have an anchor at both ends, in the middle and at each threshold, that the ladder can show', () => {
    for (const { scale, thresholds, anchors, guidance } of builtInRubrics) {
      for (const score of [scale.min, (scale.min + scale.max) / 2, scale.max, ...thresholds])
        assert.ok(anchors[score] !== undefined, String(score));
      for (const text of Object.values(anchors)) assert.ok(text.length <= 35, text);
      assert.ok(guidance && guidance.length >= 2 && guidance.length <= 5);
    }
  });

  it('are laid out for a person to edit', () => {
    const lines = rubricFileText(legibilityRubric).split('\n');
    assert.equal(lines[5], '  "scale": { "min": 1, "max": 9, "worst": "max" },');
    assert.equal(lines[6], '  "thresholds": [3, 5, 7],');
    assert.match(lines[9] ?? '', /^ {4}"1": "/);
    assert.deepEqual(lines.slice(-2), ['}', '']);
  });
});

describe('rubricsWith', () => {
  const named = (criterion: string): Rubric => ({
    ...frustrationRubric,
    criterion,
    title: `own ${criterion}`,
  });

  it('puts an override in the place of the built-in and custom criteria after, by name', () => {
    const made = rubricsWith(builtInRubrics, [named('zeal'), named('legibility'), named('awe')]);
    assert.deepEqual(
      made.map(({ criterion, title }) => [criterion, title]),
      [
        ['frustration', frustrationRubric.title],
        ['legibility', 'own legibility'],
        ['awe', 'own awe'],
        ['zeal', 'own zeal'],
      ],
    );
    assert.deepEqual(rubricsWith(builtInRubrics, []), builtInRubrics);
  });
});

describe('media/rubric.schema.json', () => {
  it('is the schema that rubric files are read by', () => {
    const file = join(__dirname, '../../../../media/rubric.schema.json');
    assert.deepEqual(
      JSON.parse(readFileSync(file, 'utf8')),
      JSON.parse(JSON.stringify(z.toJSONSchema(rubricFileSchema, { target: 'draft-7', io: 'input' }))),
    );
  });
});
