import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MessagePart } from '../../../src/core/rollout/rollout';
import { splitThink } from '../../../src/core/rollout/splitThink';

/** Kinds and texts alone: "R" for reasoning, "T" for text. */
const outline = (text: string): string[] =>
  splitThink(text).map(part => `${part.kind === 'reasoning' ? 'R' : 'T'}:${part.text}`);

const again = (parts: readonly MessagePart[]): string =>
  parts
    .map(part =>
      part.kind === 'reasoning' ? `${part.open ?? ''}${part.text}${part.close ?? ''}` : part.text,
    )
    .join('');

describe('splitThink', function () {
  this.timeout(20_000);

  it('leaves text without tags whole, and gives nothing for none', () => {
    assert.deepEqual(splitThink('I think > you do'), [{ kind: 'text', text: 'I think > you do' }]);
    assert.deepEqual(splitThink(''), []);
  });

  it('takes out closed reasoning with its tags', () => {
    assert.deepEqual(splitThink('<think>why</think>because'), [
      { kind: 'reasoning', text: 'why', open: '<think>', close: '</think>' },
      { kind: 'text', text: 'because' },
    ]);
  });

  it('keeps text before, between and after several', () => {
    assert.deepEqual(outline('a<think>b</think>c\n<think>d</think>e'), ['T:a', 'R:b', 'T:c\n', 'R:d', 'T:e']);
  });

  it('keeps the attributes of an opener, after a space or a line break', () => {
    for (const open of ['<think signature="a=b/c">', '<think\nid="1">']) {
      assert.deepEqual(splitThink(`${open}b</think>`), [
        { kind: 'reasoning', text: 'b', open, close: '</think>' },
      ]);
      assert.deepEqual(splitThink(`${open}b`), [{ kind: 'reasoning', text: 'b', open, close: '' }]);
    }
  });

  it('does not take other tags for it', () => {
    for (const text of [
      '<thinking>a',
      '<think',
      '<thinker>x</thinker>',
      '< think>a',
      '<THINK>a',
      '<think a<b>',
    ]) {
      assert.deepEqual(outline(text), [`T:${text}`]);
    }
  });

  it('takes an opener that is never closed for a truncated answer, at the start or on its own line', () => {
    assert.deepEqual(splitThink('<think>and so'), [
      { kind: 'reasoning', text: 'and so', open: '<think>', close: '' },
    ]);
    assert.deepEqual(outline('  \n<think>and so'), ['T:  \n', 'R:and so']);
    assert.deepEqual(outline('Sure.\n<think>and so'), ['T:Sure.\n', 'R:and so']);
    assert.deepEqual(outline('<think>a</think> <think>b'), ['R:a', 'T: ', 'R:b']);
  });

  it('leaves an unclosed opener in the middle of a sentence literal', () => {
    assert.deepEqual(outline('Write <think> first.'), ['T:Write <think> first.']);
  });

  it('takes all before a closer without an opener for reasoning, where it ends a line', () => {
    assert.deepEqual(splitThink('so it is 4\n</think>\n\nFour.'), [
      { kind: 'reasoning', text: 'so it is 4\n', open: '', close: '</think>' },
      { kind: 'text', text: '\n\nFour.' },
    ]);
    assert.deepEqual(outline('all of it</think>'), ['R:all of it']);
  });

  it('leaves a closer in the middle of a sentence, or a second one, literal', () => {
    assert.deepEqual(outline('End with </think> please.'), ['T:End with </think> please.']);
    assert.deepEqual(outline('<think>a</think>b</think>'), ['R:a', 'T:b</think>']);
  });

  it('takes an opener within reasoning for a part of its text', () => {
    assert.deepEqual(outline('<think>a<think>b</think>c'), ['R:a<think>b', 'T:c']);
  });

  it('gives the original again when tags and texts are put together', () => {
    const piece = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('<think>', '</think>', '<think x="1">') },
      { weight: 2, arbitrary: fc.constantFrom('<think ', '<', '>', 'think>', '\n', ' ', '</', 'a b') },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
    );
    let split = 0;
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 14 }).map(pieces => pieces.join('')),
        text => {
          const parts = splitThink(text);
          if (parts.length > 1) split += 1;
          assert.equal(again(parts), text);
          assert.ok(parts.every(part => part.kind === 'reasoning' || part.text !== ''));
        },
      ),
      { numRuns: 2000 },
    );
    assert.ok(split > 400, 'many of the texts have reasoning');
  });

  it('gets through megabytes of half tags', () => {
    for (const half of ['<think ', '<think', '</think', '<', '<think>', '</think>']) {
      const text = half.repeat(Math.ceil(3_500_000 / half.length));
      assert.equal(again(splitThink(text)), text);
    }
    const open = `<think ${'a'.repeat(3_500_000)}`;
    assert.deepEqual(splitThink(open), [{ kind: 'text', text: open }]);
  });
});
