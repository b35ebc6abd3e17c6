import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { firstObject, logPieces } from '../../../src/core/containers/logPieces';

/** What comes out of a text that comes in pieces of these lengths, again and again. */
function taken(text: string, lengths: readonly number[]) {
  const bytes = Buffer.from(text);
  const values: Record<string, string> = {};
  const elements: string[] = [];
  let begun: Uint8Array[] = [];
  const log = logPieces({
    wants: key => key !== 'samples',
    onValue: (key, value) => void (values[key] = value),
    list: 'samples',
    onElement: piece => void begun.push(Buffer.from(piece)),
    onEnd: () => {
      elements.push(Buffer.concat(begun).toString());
      begun = [];
    },
  });
  for (let at = 0, step = 0; at < bytes.length; step++) {
    const length = lengths[step % lengths.length] ?? 1;
    log.push(bytes.subarray(at, at + length));
    at += length;
  }
  return { values, elements, keys: [...log.keys], isOver: log.isOver, rest: begun.length };
}

describe('logPieces', () => {
  const element = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 3 }));
  const record = fc.record({
    before: fc.dictionary(fc.stringMatching(/^[a-z"\\é]{0,5}$/u), fc.jsonValue()),
    samples: fc.array(element, { maxLength: 4 }),
    after: fc.jsonValue(),
  });

  it('gives what JSON.parse gives, wherever the pieces are cut', () => {
    fc.assert(
      fc.property(
        record,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom('', ' ', '\n  '),
        ({ before, samples, after }, lengths, space) => {
          const own = Object.fromEntries(
            Object.entries(before).filter(([key]) => key !== 'samples' && key !== 'after'),
          );
          const text = `\ufeff${JSON.stringify({ ...own, samples, after }, null, space)}\n`;
          const { values, elements, keys, isOver } = taken(text, lengths);
          assert.deepEqual(
            elements.map(each => JSON.parse(each) as unknown),
            JSON.parse(JSON.stringify(samples)),
          );
          const parsed = Object.fromEntries(
            Object.entries(values).map(([key, value]) => [key, JSON.parse(value) as unknown]),
          );
          assert.deepEqual(parsed, JSON.parse(JSON.stringify({ ...own, after })));
          assert.deepEqual(new Set(keys), new Set([...Object.keys(own), 'samples', 'after']));
          assert.equal(isOver, true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('gives an element’s text as it stands: numbers, white space and escapes untouched', () => {
    const text =
      '{"samples": [ {"a" : 1.50, "b":"\\u00e9\\\\", "c":9007199254740993}, 7, {"d":NaN}] , "x":1}';
    const { elements, values } = taken(text, [1]);
    assert.deepEqual(elements, ['{"a" : 1.50, "b":"\\u00e9\\\\", "c":9007199254740993}', '{"d":NaN}']);
    assert.equal(values['x'], '1');
  });

  it('gives the keys of an object that is cut short anywhere', () => {
    const text = '{"a":{"x":1},"b\\"":[{"y":"{"}],"c":"';
    assert.deepEqual([...firstObject(Buffer.from(text)).keys], ['a', 'b"', 'c']);
    assert.deepEqual([...firstObject(Buffer.from('{"a":1,"b')).keys], ['a']);
    assert.deepEqual([...firstObject(Buffer.from('{"a":1}\n{"b":2}')).keys], ['a']);
  });

  it('knows that an object has not ended, and ends with it', () => {
    const cut = taken('{"samples":[{"a":1},{"b":"x', [4]);
    assert.deepEqual([cut.elements, cut.isOver, cut.rest > 0], [['{"a":1}'], false, true]);
    const two = taken('{"a":1}\n{"samples":[{"b":2}]}', [3]);
    assert.deepEqual([two.keys, two.elements, two.isOver], [['a'], [], true]);
  });
});
