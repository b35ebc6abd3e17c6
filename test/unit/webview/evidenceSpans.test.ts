import assert from 'node:assert/strict';
import fc from 'fast-check';
import { refuseSpans } from '../../../src/core/rollout/checkSpans';
import { partText } from '../../../src/core/rollout/item';
import type { MessagePart } from '../../../src/core/rollout/rollout';
import type { EvidenceSpan, MessageView, PartView } from '../../../src/protocol/itemView';
import {
  itemParts,
  itemText,
  stands,
  textOfParts,
  toggleStretch,
  trimStretch,
  withoutSpan,
} from '../../../webview/editor/evidenceSpans';
import type { Stretch } from '../../../webview/editor/evidenceSpans';

const hostile = fc.constantFrom(
  'a',
  ' ',
  '\n',
  '\r\n',
  '😀',
  '👩‍💻',
  '\ud83d',
  '\ude00',
  '\u200b',
  'give up ',
  '\u202e',
);
const texts = fc.array(hostile, { maxLength: 20 }).map(parts => parts.join(''));
const offset = fc.integer({ min: -3, max: 45 });
const stretches = fc.record({ start: offset, end: offset });

const span = (text: string, start: number, end: number): EvidenceSpan => ({
  start,
  end,
  quote: text.slice(start, end),
});
const quotes = (spans: readonly EvidenceSpan[]): string[] => spans.map(({ quote }) => quote);

describe('a selected stretch', () => {
  it('loses the white space at its ends', () => {
    const text = 'I can.\r\n\tI give up. \n';
    assert.deepEqual(trimStretch(text, { start: 6, end: text.length }), { start: 9, end: 19 });
  });

  it('is cut where the text ends', () => {
    assert.deepEqual(trimStretch('give up', { start: -4, end: 40 }), { start: 0, end: 7 });
  });

  it('is nothing where it is empty, blank, backwards or beyond the text', () => {
    for (const [start, end] of [
      [3, 3],
      [4, 5],
      [6, 2],
      [20, 30],
    ] as const)
      assert.equal(trimStretch('give up', { start, end }), null);
  });

  it('takes a character whole of which half is selected', () => {
    assert.deepEqual(trimStretch('a😀b😀c', { start: 2, end: 5 }), { start: 1, end: 6 });
    assert.deepEqual(trimStretch('😀', { start: 0, end: 1 }), { start: 0, end: 2 });
  });

  it('keeps a lone surrogate as it stands', () => {
    assert.deepEqual(trimStretch('a\ud83db', { start: 1, end: 2 }), { start: 1, end: 2 });
  });

  it('has no blank end, cuts no pair and holds every visible unit that was selected', () => {
    fc.assert(
      fc.property(texts, stretches, (text, given) => {
        const trimmed = trimStretch(text, given);
        const asked = text.slice(Math.max(0, given.start), Math.max(0, given.end));
        if (!trimmed) {
          assert.match(asked, /^\s*$/);
          return;
        }
        const quote = text.slice(trimmed.start, trimmed.end);
        assert.ok(quote.length > 0 && quote === quote.trim());
        assert.ok(quote.includes(asked.trim()));
        // No character more and none less than the text has: a pair cut in half would make two.
        const characters =
          [...text.slice(0, trimmed.start)].length + [...quote].length + [...text.slice(trimmed.end)].length;
        assert.equal(characters, [...text].length);
      }),
    );
  });
});

describe('marking a stretch', () => {
  const text = 'I give up. There is no way. I quit.';

  it('adds it in the order of the text', () => {
    const one = toggleStretch(text, [], { start: 28, end: 35 });
    const two = toggleStretch(text, one, { start: 0, end: 10 });
    assert.deepEqual(quotes(two), ['I give up.', 'I quit.']);
  });

  it('joins it with what it overlaps or touches, over several too', () => {
    const spans = [span(text, 0, 6), span(text, 7, 10), span(text, 28, 35)];
    assert.deepEqual(quotes(toggleStretch(text, spans, { start: 2, end: 8 })), ['I give up.', 'I quit.']);
    assert.deepEqual(quotes(toggleStretch(text, spans, { start: 6, end: 7 })), ['I give up.', 'I quit.']);
  });

  it('that lies in a mark takes that mark away, and no other', () => {
    const spans = [span(text, 0, 10), span(text, 28, 35)];
    assert.deepEqual(toggleStretch(text, spans, { start: 2, end: 6 }), [spans[1]]);
    assert.deepEqual(toggleStretch(text, spans, { start: 28, end: 35 }), [spans[0]]);
  });

  it('twice is as if it had not been, where it meets no other mark', () => {
    const spans = [span(text, 28, 35)];
    const twice = toggleStretch(text, toggleStretch(text, spans, { start: 2, end: 9 }), { start: 2, end: 9 });
    assert.deepEqual(twice, spans);
  });

  it('leaves out spans that the text no longer bears out: the host would refuse the list', () => {
    const stale = { start: 0, end: 10, quote: 'I gave up.' };
    assert.equal(stands(text, stale), false);
    assert.deepEqual(quotes(toggleStretch(text, [stale], { start: 28, end: 35 })), ['I quit.']);
    assert.deepEqual(withoutSpan(text, [stale, span(text, 28, 35)], stale), [span(text, 28, 35)]);
  });

  it('removed from the list is gone, and the others are as they were', () => {
    const spans = [span(text, 0, 10), span(text, 11, 27), span(text, 28, 35)];
    assert.deepEqual(withoutSpan(text, spans, spans[1]!), [spans[0], spans[2]]);
  });

  it('always gives what the host takes, and marks what was selected or unmarks all of it', () => {
    fc.assert(
      fc.property(texts, fc.array(stretches, { maxLength: 12 }), (given, presses) => {
        let spans: readonly EvidenceSpan[] = [];
        let marked = new Set<number>();
        const units = (stretch: Stretch): number[] =>
          Array.from({ length: stretch.end - stretch.start }, (_, index) => stretch.start + index);
        for (const press of presses) {
          const stretch = trimStretch(given, press);
          if (!stretch) continue;
          const before = marked;
          const wasMarked = units(stretch).every(unit => before.has(unit));
          spans = toggleStretch(given, spans, stretch);
          assert.equal(refuseSpans(given, spans), null);
          marked = new Set(spans.flatMap(units));
          for (const unit of units(stretch)) assert.equal(marked.has(unit), !wasMarked);
          // Adding loses nothing that was marked.
          if (!wasMarked) for (const unit of before) assert.ok(marked.has(unit));
        }
      }),
    );
  });
});

describe('the item’s text on the page', () => {
  const parts: readonly MessagePart[] = [
    { kind: 'reasoning', text: 'hm\r\n', open: '<think>', close: '</think>' },
    { kind: 'text', text: 'one 😀' },
    { kind: 'tool-call', name: 'run', text: '{}' },
    { kind: 'text', text: '' },
    { kind: 'reasoning', text: 'again' },
    { kind: 'text', text: 'two' },
  ];
  const message: MessageView = {
    index: 1,
    role: 'assistant',
    turn: 1,
    parts: parts.map((part): PartView =>
      part.kind === 'reasoning' ? { ...part, characters: part.text.length } : (part as PartView),
    ),
  };

  it('is the one that the host counts offsets in, with each part at its offset', () => {
    for (const part of ['response', 'reasoning'] as const) {
      const text = partText({ role: 'assistant', turn: 1, parts }, part);
      const found = itemParts(message, part);
      assert.equal(textOfParts(found), text);
      assert.equal(itemText({ messages: [message], target: 0 }, part), text);
      for (const each of found) {
        assert.equal(text.slice(each.offset, each.offset + each.text.length), each.text);
        assert.equal(parts[each.index]?.text, each.text);
      }
    }
  });

  it('is none while a part of it has not been sent', () => {
    const collapsed = message.parts.map(part =>
      part.kind === 'reasoning' && part.text === 'again' ? { kind: part.kind, characters: 5 } : part,
    );
    assert.deepEqual(itemParts({ ...message, parts: collapsed }, 'reasoning'), []);
    assert.equal(itemParts({ ...message, parts: collapsed }, 'response').length, 3);
  });
});
