import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ItemPart } from '../../../webview/editor/evidenceSpans';
import { nothingSelected, notPlaced, selectedStretch } from '../../../webview/editor/selectedSpan';
import type { ShownPart } from '../../../webview/editor/selectedSpan';

/** Parts of an item, joined by a newline. */
function partsOf(...texts: string[]): ItemPart[] {
  let offset = 0;
  return texts.map((text, index) => {
    const part = { index, offset, text };
    offset += text.length + 1;
    return part;
  });
}

/** A part in the raw view with [start, end) of it selected. */
const raw = ({ offset, text }: ItemPart, start: number, end: number): ShownPart => ({
  offset,
  shown: text,
  start,
  end,
});

function quoted(parts: readonly ItemPart[], shown: readonly ShownPart[]): string {
  const found = selectedStretch(parts, shown);
  if (typeof found === 'string') return found;
  return parts
    .map(({ text }) => text)
    .join('\n')
    .slice(found.start, found.end);
}

describe('a selection in the raw text', () => {
  it('is the stretch of the item that it covers', () => {
    const [part] = partsOf('I\r\ngive\u200b up 😀');
    assert.deepEqual(selectedStretch([part!], [raw(part!, 3, 11)]), { start: 3, end: 11 });
  });

  it('across parts reaches from the first to the last, with all between them', () => {
    const parts = partsOf('one two', 'three', 'four five');
    const shown = [raw(parts[0]!, 4, 7), raw(parts[1]!, 0, 5), raw(parts[2]!, 0, 4)];
    assert.equal(quoted(parts, shown), 'two\nthree\nfour');
  });

  it('that ends where the next part begins ends with the part before', () => {
    const parts = partsOf('one\n', 'two');
    assert.deepEqual(selectedStretch(parts, [raw(parts[0]!, 0, 4), raw(parts[1]!, 0, 0)]), {
      start: 0,
      end: 3,
    });
  });

  it('outside the item, of nothing, or of white space alone is none', () => {
    const parts = partsOf('one  two', '');
    assert.equal(selectedStretch(parts, []), nothingSelected);
    assert.equal(selectedStretch(parts, [raw(parts[0]!, 0, 0), raw(parts[1]!, 0, 0)]), nothingSelected);
    assert.equal(selectedStretch(parts, [raw(parts[0]!, 3, 5)]), nothingSelected);
    assert.equal(selectedStretch([], [raw(parts[0]!, 0, 3)]), nothingSelected);
  });

  it('takes the character whole of which it cuts a half', () => {
    const parts = partsOf('a😀b');
    assert.equal(quoted(parts, [raw(parts[0]!, 2, 4)]), '😀b');
  });

  it('in any parts gives what is selected of the item’s text, but for white space at the ends', () => {
    const text = fc.array(fc.constantFrom('a', 'b ', '\r\n', '*', 'é', '\u200b', '  '), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), fc.nat(40), fc.nat(40), (texts, a, b) => {
        const parts = partsOf(...texts.map(units => units.join('')));
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const shown = parts.map(part => {
          const within = (at: number): number => Math.max(0, Math.min(part.text.length, at - part.offset));
          return raw(part, within(from), within(to));
        });
        const item = parts.map(part => part.text).join('\n');
        const wanted = item.slice(from, to).trim();
        assert.equal(quoted(parts, shown), wanted === '' ? nothingSelected : wanted);
      }),
    );
  });
});

describe('a selection in rendered Markdown', () => {
  const source = 'I **really** give up.\n\n- one\n- two';
  const shown = 'I really give up.\n\none\ntwo\n';
  const at = (text: string): { start: number; end: number } => {
    const start = shown.indexOf(text);
    return { start, end: start + text.length };
  };

  it('is the stretch of the source that says it', () => {
    const parts = partsOf(source);
    for (const [selected, quote] of [
      ['give up.', 'give up.'],
      ['I really give', 'I **really** give'],
      ['up.\n\none\ntwo', 'up.\n\n- one\n- two'],
    ] as const)
      assert.equal(quoted(parts, [{ offset: 0, shown, ...at(selected) }]), quote);
  });

  it('counts from where its part begins', () => {
    const parts = partsOf('plain', source);
    const found = selectedStretch(parts, [{ offset: 6, shown, ...at('really') }]);
    assert.deepEqual(found, { start: 6 + 4, end: 6 + 10 });
  });

  it('that the source does not say is refused, never guessed', () => {
    const parts = partsOf('Tom &amp; Ann');
    assert.equal(selectedStretch(parts, [{ offset: 0, shown: 'Tom & Ann', start: 0, end: 9 }]), notPlaced);
  });
});
