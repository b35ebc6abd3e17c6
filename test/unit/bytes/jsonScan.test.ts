import assert from 'node:assert/strict';
import fc from 'fast-check';
import { skipValue } from '../../../src/core/bytes/jsonScan';
import { readValue, unreadable } from '../../../src/core/bytes/jsonValue';
import { plainByteTools } from '../../../src/core/bytes/plainByteTools';
import { nodeByteTools } from '../../../src/disk/nodeByteTools';
import { jsonText } from '../rollout/jsonTexts';

const bytesOf = (text: string): Uint8Array => Buffer.from(text);

/** Where skipValue ends, or null. */
function endOf(text: string): number | null {
  const cursor = { bytes: bytesOf(text), at: 0 };
  return skipValue(cursor) ? cursor.at : null;
}

describe('walking JSON in bytes', () => {
  it('ends where the value ends, whatever is in it and however it is written', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), fc.nat(), (value, seed) => {
        const text = jsonText(value, seed);
        assert.equal(endOf(`${text} ,1`), Buffer.byteLength(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), fc.nat(), (value, seed) => {
        const text = jsonText(value, seed);
        assert.deepEqual(readValue({ bytes: bytesOf(text), at: 0 }, new Set()), JSON.parse(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses what JSON.parse refuses, but for what stands inside of strings', () => {
    const alphabet = fc.constantFrom(...'{}[]",:\\-+.0123eEtruefalsn u \n');
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 12 }), characters => {
        const text = characters.join('');
        const parsed = ((): boolean => {
          try {
            JSON.parse(text.replace(/"(?:[^"\\]|\\[^])*"/g, '""'));
            return true;
          } catch {
            return false;
          }
        })();
        const end = endOf(text);
        assert.equal(end !== null && text.slice(end).trim() === '', parsed, text);
      }),
      { numRuns: 20_000 },
    );
  });

  it('leaves out the strings of some keys, at any depth, and nothing else of them', () => {
    const text = '{"quote":"long","deep":[{"quote":"\\u00e9","quote2":"kept","x":1}],"quote":{"quote":7}}';
    assert.deepEqual(readValue({ bytes: bytesOf(text), at: 0 }, new Set(['quote'])), {
      quote: { quote: 7 },
      deep: [{ quote: '', quote2: 'kept', x: 1 }],
    });
  });

  it('gives up on nesting that a call stack does not hold, and on what is cut short', () => {
    assert.equal(endOf('['.repeat(100_000)), null);
    for (const text of ['{"a":1', '{"a', '[1,', '"abc\\"', '-', '1e', 'tru', ''])
      assert.equal(endOf(text), null, text);
    assert.equal(readValue({ bytes: bytesOf('[1,'), at: 0 }, new Set()), unreadable);
  });

  it('finds text as the platform does', () => {
    const text = fc.string({ unit: fc.constantFrom('t', 'h', 'x'), maxLength: 30 });
    fc.assert(
      fc.property(text, fc.nat(30), fc.nat(30), (words, start, end) => {
        const bytes = bytesOf(words);
        const [from, to] = [Math.min(start, bytes.length), Math.min(end, bytes.length)];
        assert.equal(plainByteTools.find(bytes, 'th', from, to), nodeByteTools.find(bytes, 'th', from, to));
      }),
    );
  });
});
