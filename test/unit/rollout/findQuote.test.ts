import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findQuote, foldSpace } from '../../../src/core/rollout/findQuote';

describe('findQuote', () => {
  it('finds a quote to the letter, without the white space around it', () => {
    assert.deepEqual(findQuote('I give up. I give up.', ' give up '), { start: 2, end: 9, verbatim: true });
  });

  it('finds one with other white space and says that it is not verbatim', () => {
    const text = 'I  give\n\tup now';
    const found = findQuote(text, 'give up');
    assert.deepEqual(found, { start: 3, end: 11, verbatim: false });
    assert.equal(text.slice(found!.start, found!.end), 'give\n\tup');
  });

  it('is null for an empty quote and for one that is not there', () => {
    for (const quote of ['', ' \n', 'gave up', 'up now and'])
      assert.equal(findQuote('I give up now', quote), null);
  });

  it('takes no other liberty: signs, letters and spelling are the text’s or it is not found', () => {
    const text = 'I can\'t. "Give up"... I — give up.';
    for (const quote of [
      'I can’t',
      '“Give up”',
      '"Give up"…',
      "i can't",
      'I - give up',
      'Give up... I give up',
    ])
      assert.equal(findQuote(text, quote), null, quote);
  });

  it('prefers a later place to the letter to an earlier one with other white space', () => {
    assert.deepEqual(findQuote('give\nup, give up', 'give up'), { start: 9, end: 16, verbatim: true });
  });

  it('finds a quote that a CRLF text breaks', () => {
    const text = 'one\r\ntwo';
    assert.deepEqual(findQuote(text, 'one\ntwo'), { start: 0, end: text.length, verbatim: false });
  });

  it('finds every part of a text, however its white space is written', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'é', '😀', '\ud83d', 'give'), {
      minLength: 1,
      maxLength: 6,
    });
    const space = fc.constantFrom(' ', '  ', '\n', '\t \n', '\u00a0');
    fc.assert(
      fc.property(words, words, words, space, space, (before, quote, after, inText, inQuote) => {
        const text = [...before, ...quote, ...after].join(inText);
        const found = findQuote(text, quote.join(inQuote));
        assert.ok(found);
        const fold = (part: string): string => part.replace(/\s+/g, ' ');
        assert.equal(fold(text.slice(found.start, found.end)), quote.join(' '));
        if (found.verbatim) assert.equal(text.slice(found.start, found.end), quote.join(inQuote));
      }),
    );
  });
});

describe('foldSpace', () => {
  it('leaves out dropped units as if they were not there, between white space too', () => {
    const text = 'a * b*c';
    const dropped = Uint8Array.from([...text], unit => (unit === '*' ? 1 : 0));
    assert.deepEqual(foldSpace(text, dropped), { folded: 'a bc', offsets: [0, 1, 4, 6] });
  });
});
