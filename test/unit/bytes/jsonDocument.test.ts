import assert from 'node:assert/strict';
import fc from 'fast-check';
import { memorySource } from '../../../src/core/bytes/byteSource';
import { readDocument, splitKey } from '../../../src/core/bytes/documentRecords';
import { findDocument } from '../../../src/core/bytes/jsonDocument';
import type { DocumentOptions } from '../../../src/core/bytes/jsonDocument';
import type { Line, LineOptions } from '../../../src/core/bytes/lineIndex';
import { jsonText } from '../rollout/jsonTexts';

const recordKeys = new Set(['messages']);
const look = (content: string | Uint8Array, options?: DocumentOptions) =>
  findDocument(memorySource(Buffer.from(content)), recordKeys, options);

async function kindOf(content: string | Uint8Array, options?: DocumentOptions): Promise<string | null> {
  return (await look(content, options))?.kind ?? null;
}

async function recordsOf(
  content: string | Uint8Array,
  options: DocumentOptions & LineOptions = {},
): Promise<Line[]> {
  const source = memorySource(Buffer.from(content));
  const document = await findDocument(source, recordKeys, options);
  assert.ok(document && document.kind !== 'too-large');
  const lines: Line[] = [];
  for await (const batch of readDocument(source, document, options)) lines.push(...batch);
  return lines;
}
const textOf = ({ bytes }: Line): string => Buffer.from(bytes ?? []).toString();
const textsOf = async (content: string): Promise<string[]> => (await recordsOf(content)).map(textOf);

/** Objects that are no records themselves and hold no lists of objects at the top. */
const anObject = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' }));
const options = fc.record({
  firstLook: fc.integer({ min: 1, max: 90 }),
  chunk: fc.integer({ min: 1, max: 90 }),
});

describe('a JSON document of records', function () {
  this.timeout(60_000);

  it('a list gives its elements, each with the line and the byte where it begins', () =>
    fc.assert(
      fc.asyncProperty(fc.array(anObject, { minLength: 2 }), fc.nat(), options, async (list, seed, sizes) => {
        const text = `\ufeff\n${jsonText(list, seed)}\r\n `;
        const whole = Buffer.from(text);
        const lines = await recordsOf(text, { ...sizes, firstChunk: sizes.chunk });
        assert.deepEqual(
          lines.map(line => JSON.parse(textOf(line)) as unknown),
          JSON.parse(text.slice(1)),
        );
        for (const { line, offset, length, bytes } of lines) {
          assert.deepEqual(whole.subarray(offset, offset + length), Buffer.from(bytes ?? []));
          assert.equal(line, whole.subarray(0, offset).toString('latin1').split('\n').length);
        }
      }),
      { numRuns: 500 },
    ));

  it('an object of objects gives each with its key', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.string({ unit: 'binary' }), anObject), { minLength: 2 }),
        fc.nat(),
        async (entries, seed) => {
          // Not through an object: keys may repeat, and "__proto__" is one.
          const text = `{${entries.map(([key, value]) => `${jsonText(key, seed)}:\n ${jsonText(value, seed)}`).join(', ')}}`;
          if (entries.some(([key]) => recordKeys.has(key))) return;
          const lines = await recordsOf(text);
          const read = lines.map(({ bytes }) => {
            const { key, bytes: value } = splitKey(bytes ?? new Uint8Array());
            return [key, JSON.parse(Buffer.from(value).toString())];
          });
          assert.deepEqual(
            read,
            entries.map(([key, value]) => [
              JSON.parse(jsonText(key, seed)),
              JSON.parse(JSON.stringify(value)),
            ]),
          );
        },
      ),
      { numRuns: 300 },
    ));

  it('is no file of JSON Lines, however long its lines and whatever the first look sees', () =>
    fc.assert(
      fc.asyncProperty(fc.array(anObject, { minLength: 2 }), options, async (list, sizes) => {
        const text = list.map(value => JSON.stringify(value)).join('\n');
        assert.equal(await kindOf(text, sizes), null);
      }),
      { numRuns: 500 },
    ));

  it('is no file whose first line is cut short, is a log, or is a list with records after it', async () => {
    const record = '{"id":"b","messages":[{"role":"user"}]}';
    for (const first of [
      '{"id":"a","messages":[',
      '{"id":"a","messages":[{"role":"us',
      '{"id":"a","messages":[{"role"',
      '{"id":"a","messages":[{"role":"user"},',
      '{"id":',
      '[1, 2]',
      '[{"a":1}]',
      '[INFO] loading',
    ])
      for (const firstLook of [10, 30, 1000])
        assert.equal(await kindOf(`${first}\n${record}\n${record}\n`, { firstLook }), null, first);
    for (const content of ['', ' \n', '7', '"text"', 'prose', '{', '[', '{}', '[1', '{"a":1} {"b":2}'])
      assert.equal(await kindOf(content), null, content);
  });

  it('is one record where the object has a key of records: only over several lines, one line is JSON Lines', async () => {
    const record = { id: 'a', messages: [{ role: 'user' }], samples: [{}], judge: { score: 1 } };
    assert.equal(await kindOf(JSON.stringify(record)), null);
    const pretty = JSON.stringify(record, null, 2);
    assert.equal(await kindOf(`${pretty}\n`), 'record');
    assert.deepEqual(await textsOf(`\n${pretty}\n`), [pretty]);
    assert.equal((await recordsOf(`\n${pretty}`))[0]?.line, 2);
  });

  it('takes the list that is named as one of records, else the only list of objects', async () => {
    const statistics = { legibility: { mean: 3 }, bins: [1, 2] };
    assert.deepEqual(await textsOf('{"version": 1, "other": [{"x": 1}], "rollouts": [{"y": 2}, {"z": 3}]}'), [
      '{"y": 2}',
      '{"z": 3}',
    ]);
    assert.deepEqual(await textsOf(JSON.stringify({ statistics, rated: [{ y: 2 }] })), ['{"y":2}']);
    assert.equal(await kindOf('{"one": [{"x": 1}], "two": [{"y": 2}]}'), null);
    assert.equal(await kindOf('{"version": 1}'), null);
    assert.deepEqual(await textsOf('{"rollouts": []}'), []);
    assert.deepEqual(await textsOf('[ ]'), []);
  });

  it('an object keyed by id may hold null, but no numbers, and one key "data" is no id', async () => {
    assert.deepEqual(await textsOf('{"a": {"x": 1}, "b": null}'), ['"a": {"x": 1}', '"b": null']);
    assert.equal(await kindOf('{"a": {"x": 1}, "n": 2}'), null);
    assert.equal(await kindOf('{"data": {"x": 1}}'), null);
  });

  it('takes NaN and Infinity as Python writes them', async () => {
    assert.deepEqual(await textsOf('[{"x": NaN}, {"y": [-Infinity, Infinity]}]'), [
      '{"x": NaN}',
      '{"y": [-Infinity, Infinity]}',
    ]);
  });

  it('an element that is no JSON costs no other', async () => {
    assert.deepEqual(
      await textsOf('[{"a":1},{"b":oops,"c":["]",{}]},{"d":3} {"e":4},,{"f":5}, oops , {"g":6}]'),
      ['{"a":1}', '{"b":oops,"c":["]",{}]}', '{"d":3}', '{"e":4}', ',', '{"f":5}', 'oops ', '{"g":6}'],
    );
    assert.deepEqual(await textsOf('[{"a":1}}, {"b":2}]'), ['{"a":1}', '}', '{"b":2}']);
  });

  it('a list that is cut short gives what is whole, and its last element as far as it goes', async () => {
    assert.deepEqual(await textsOf('[\n{"a":1},\n{"b":[2,'), ['{"a":1}', '{"b":[2,']);
    assert.deepEqual(await textsOf('[{"a":1},\n'), ['{"a":1}']);
  });

  it('a document over the limit is said, JSON Lines over it are not', async () => {
    const record = JSON.stringify({ x: 'y'.repeat(100) });
    const limits = { maxDocumentBytes: 400, firstLook: 50 };
    const many = (count: number): string[] => Array.from({ length: count }, () => record);
    assert.equal(await kindOf(`[${many(3).join(',\n')}]`, limits), 'list');
    assert.equal(await kindOf(`[${many(9).join(',\n')}]`, limits), 'too-large');
    assert.equal(await kindOf(`{"rollouts": [\n${many(9).join(',\n')}\n]}`, limits), 'too-large');
    assert.equal(await kindOf(many(9).join('\n'), limits), null);
    assert.equal(await kindOf(JSON.stringify({ x: 'y'.repeat(1000) }), limits), null);
  });

  it('an element over the size limit is told without its bytes', async () => {
    const lines = await recordsOf(`[{"a":"${'x'.repeat(50)}"},{"b":1}]`, { maxLineBytes: 20 });
    assert.deepEqual(
      lines.map(({ bytes, length }) => [bytes === null, length]),
      [
        [true, 58],
        [false, 7],
      ],
    );
  });

  it('reads of JSON Lines no more than their first line', async () => {
    const content = Buffer.from(`{"x":1}\n${'{"y":2}\n'.repeat(100_000)}`);
    let read = 0;
    const source = {
      size: content.length,
      read: (offset: number, length: number) => {
        read += length;
        return Promise.resolve(content.subarray(offset, offset + length));
      },
    };
    assert.equal(await findDocument(source, recordKeys), null);
    assert.equal(read, 64 * 1024);
  });
});

describe('splitKey', () => {
  it('leaves what has no key as it is', () => {
    for (const text of ['{"a":1}', '"text"', '"open', '7', '"\\x": {}', '']) {
      const bytes = Buffer.from(text);
      assert.deepEqual(splitKey(bytes), { key: null, bytes });
    }
  });
});
