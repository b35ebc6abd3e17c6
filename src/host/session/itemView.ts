import { findQuote } from '../../core/rollout/findQuote';
import { itemOf, partText } from '../../core/rollout/item';
import { itemRange } from '../../core/rollout/runDirectory';
import type { Rubric } from '../../core/labels/rubric';
import type { CannotAssessEvent, ScoreEvent } from '../../core/labels/labelEvent';
import type { Message, MessagePart, Rollout } from '../../core/rollout/rollout';
import type { ItemView, JudgeView, MessageView, OwnLabel, PartView } from '../../protocol/editorProtocol';
import { itemAt, itemState, nextOpen, ownLabels, rolloutOf } from './items';
import type { SessionState } from './sessionState';

/**
 * One item as its rater may see it. Built up from nothing, so that while the judge is hidden only the allow-list is in it:
 * role, text, reasoning, tool calls, ordinals and the rater's own state.
 */
export async function itemView(state: SessionState, rubric: Rubric, ordinal: number): Promise<ItemView> {
  const { summary, index, key } = itemAt(state, rubric, ordinal);
  const { rollout } = await rolloutOf(state, summary);
  const target = rollout.messages.findIndex(message => message.turn === key.turn);
  const list = state.directory.items[rubric.part];
  const last = lastVisible(state, rubric, ordinal, rollout);
  return {
    ordinal,
    turn: key.turn,
    messages: rollout.messages
      .slice(0, last + 1)
      .map((message, at) =>
        messageView(message, at, at === target && rubric.part === 'reasoning', state.judgeShown),
      ),
    target,
    laterHidden: last < rollout.messages.length - 1,
    own: ownLabel(state, rollout, rubric, ordinal),
    nav: {
      previousRollout: neighbour(list.start, list.turn.length, index, -1),
      nextRollout: neighbour(list.start, list.turn.length, index, 1),
      nextOpen: nextOpen(state, rubric, ordinal),
    },
    ...(state.judgeShown
      ? { shown: shownView(rollout, rubric, key.turn, summary.id, list.withItems.indexOf(index)) }
      : {}),
  };
}

/** Index of the last message to show: later turns stay hidden while the rollout has items to label (no hindsight). */
export function lastVisible(state: SessionState, rubric: Rubric, ordinal: number, rollout: Rollout): number {
  const { index, key } = itemAt(state, rubric, ordinal);
  const keepsLater =
    !state.judgeShown && hasOpenItem(state, rubric, itemRange(state.directory.items[rubric.part], index));
  return keepsLater
    ? rollout.messages.findIndex(message => message.turn === key.turn)
    : rollout.messages.length - 1;
}

function hasOpenItem(
  state: SessionState,
  rubric: Rubric,
  { from, to }: { from: number; to: number },
): boolean {
  for (let ordinal = from; ordinal < to; ordinal++) {
    if (itemState(ownLabels(state, itemAt(state, rubric, ordinal).key)) === 'open') return true;
  }
  return false;
}

/** The first item of the nearest rollout with items in that direction. */
function neighbour(start: readonly number[], items: number, index: number, step: 1 | -1): number | null {
  for (let at = index + step; at >= 0 && at < start.length; at += step) {
    const from = start[at] ?? items;
    if (from < (start[at + 1] ?? items)) return from;
  }
  return null;
}

function messageView(message: Message, index: number, expanded: boolean, judgeShown: boolean): MessageView {
  return {
    index,
    role: message.role,
    ...(message.turn === undefined ? {} : { turn: message.turn }),
    parts: message.parts.map(part => partView(part, expanded, judgeShown)),
  };
}

function partView(part: MessagePart, expanded: boolean, judgeShown: boolean): PartView {
  // Raw JSON of a shape nobody knows may hold anything, a judge's score too.
  if (part.kind === 'other' && !judgeShown)
    return { kind: 'other', text: 'Content of an unknown kind: shown together with the judge.' };
  if (part.kind === 'reasoning-encrypted') return { kind: part.kind, characters: part.text.length };
  if (part.kind !== 'reasoning') return part;
  const { kind, text, open, close } = part;
  return {
    kind,
    characters: text.length,
    ...(expanded ? { text } : {}),
    ...(open === undefined ? {} : { open }),
    ...(close === undefined ? {} : { close }),
  };
}

const valueOf = (event: ScoreEvent | CannotAssessEvent | null): number | 'cannot' | null =>
  event === null ? null : event.kind === 'score' ? event.value : 'cannot';

function ownLabel(state: SessionState, rollout: Rollout, rubric: Rubric, ordinal: number): OwnLabel {
  const { key } = itemAt(state, rubric, ordinal);
  const labels = ownLabels(state, key);
  const now = itemOf(rollout, key.rollout, key.turn, rubric);
  const then = labels?.item ?? null;
  const value = valueOf(labels?.current ?? null);
  const first = valueOf(labels?.first ?? null);
  return {
    state: itemState(labels),
    value,
    first: first === value ? null : first,
    note: labels?.note ?? '',
    flags: labels?.flags.map(flag => flag.code) ?? [],
    changed:
      then === null || now === null
        ? null
        : then.sha256 !== now.sha256
          ? 'text'
          : then.contextSha256 !== now.contextSha256
            ? 'context'
            : null,
  };
}

function shownView(
  rollout: Rollout,
  rubric: Rubric,
  turn: number,
  id: string,
  rolloutIndex: number,
): ItemView['shown'] {
  const message = rollout.messages.find(candidate => candidate.turn === turn);
  const text = message ? partText(message, rubric.part) : '';
  return {
    id,
    rolloutIndex,
    fields: Object.entries(rollout.fields)
      .filter(([name]) => name !== 'id')
      .map(([name, value]) => ({ name, value: typeof value === 'string' ? value : JSON.stringify(value) })),
    judges: rollout.judgeScores
      .filter(
        score => score.turn === turn && score.part === rubric.part && score.criterion === rubric.criterion,
      )
      .map((score): JudgeView => ({
        value: score.value,
        explanation: score.explanation,
        evidence: score.evidence,
        span: findQuote(text, score.evidence),
        model: score.model,
        run: score.run,
      })),
  };
}
