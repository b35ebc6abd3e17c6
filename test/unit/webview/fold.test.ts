import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MessageView } from '../../../src/protocol/itemView';
import { foldText, foldedRange } from '../../../webview/editor/fold';

const message = (index: number, role: string, text: string, turn?: number): MessageView => ({
  index,
  role,
  ...(turn === undefined ? {} : { turn }),
  parts: [{ kind: 'text', text }],
});

/** A question and so many turns, each but the last rejected, with or without a system prompt before them. */
function conversation(
  turns: number,
  system: boolean,
  rejection = (_: number) => 'No, try again.',
): MessageView[] {
  const rest = Array.from({ length: turns }, (_, at): [string, string, number | undefined][] => [
    ['user', at === 0 ? 'Question' : rejection(at), undefined],
    ['assistant', `Answer ${at + 1}`, at + 1],
  ]).flat();
  const all: [string, string, number | undefined][] = [
    ...(system ? [['system', 'Be kind.', undefined] as [string, string, undefined]] : []),
    ...rest,
  ];
  return all.map(([role, text, turn], index) => message(index, role, text, turn));
}

const targetOf = (messages: readonly MessageView[], turn: number): number =>
  messages.findIndex(each => each.turn === turn);

describe('the fold', function () {
  // A loaded machine may take its time over these.
  this.timeout(20_000);

  it('lies between the first question and the exchange before the turn in question', () => {
    const messages = conversation(20, true);
    const target = targetOf(messages, 13);
    const folded = foldedRange({ messages, target });
    assert.deepEqual(folded, { from: 2, to: target - 2 });
    const inside = messages.slice(folded?.from, folded?.to);
    assert.deepEqual([inside[0]?.turn, inside.at(-1)?.role], [1, 'user']);
    assert.equal(messages[folded?.to ?? 0]?.turn, 12);
  });

  it('is not there where it would save less than three messages', () => {
    const messages = conversation(4, false);
    assert.deepEqual(
      [1, 2, 3, 4].map(turn => foldedRange({ messages, target: targetOf(messages, turn) })),
      [null, null, null, { from: 1, to: 5 }],
    );
  });

  it('is not there where nobody asked', () => {
    const messages = Array.from({ length: 9 }, (_, index) => message(index, 'assistant', 'x', index + 1));
    assert.equal(foldedRange({ messages, target: 8 }), null);
    assert.equal(foldedRange({ messages: [], target: -1 }), null);
  });

  it('never hides the first question, the turn in question or the exchange before it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 25 }), fc.boolean(), fc.nat(), (turns, system, pick) => {
        const messages = conversation(turns, system);
        const target = targetOf(messages, (pick % turns) + 1);
        const folded = foldedRange({ messages, target });
        if (folded === null) return;
        assert.ok(folded.from > (system ? 1 : 0) && folded.to <= target - 2 && folded.to - folded.from >= 3);
      }),
    );
  });
});

describe('the words of the fold', () => {
  it('say how many messages, which turns, and the answer that all got', () => {
    const messages = conversation(12, false, () => 'that’s not right, try again');
    assert.equal(
      foldText(messages.slice(1, 23)),
      '22 earlier messages · turns 1–11, each answered “that’s not right, try again”',
    );
  });

  it('leave the answer out where it differs or is long', () => {
    assert.equal(
      foldText(conversation(4, false, at => `No ${at}.`).slice(1)),
      '7 earlier messages · turns 1–4',
    );
    assert.equal(
      foldText(conversation(4, false, () => 'x'.repeat(81)).slice(1)),
      '7 earlier messages · turns 1–4',
    );
  });

  it('know one turn, and none', () => {
    assert.equal(
      foldText([message(1, 'assistant', 'x', 3), message(2, 'tool', 'y'), message(3, 'tool', 'z')]),
      '3 earlier messages · turn 3',
    );
    assert.equal(foldText([message(1, 'tool', 'y'), message(2, 'tool', 'z')]), '2 earlier messages');
  });
});
