import type { EvidenceSpan } from '../../src/protocol/itemView';
import { listName } from './listName';
import type { Navigation } from './navigation';
import type { PageStore } from './pageStore';
import type { Runner } from './runner';
import { markSelection } from './selectedSpan';
import { commitTyped, isTyped, typeDigit, typeMinus } from './typedScore';

/** What a person says of the item on the screen. */
export interface LabelActions {
  /**
   * A key that labels. Goes on from a judge that was shown after its label; else labels, or on a long scale types one of
   * the score's digits.
   */
  labelKey(value: number | 'cannot'): void;
  /** Turns the sign of what is typed. Gives whether the scale has scores below zero. */
  minus(): boolean;
  /** Takes back what was typed last, or all of it. */
  untype(all: boolean): void;
  label(value: number | 'cannot'): void;
  /** Enter: commits a typed score, or goes on from a judge that was shown after its label. Gives whether it did either. */
  confirm(): boolean;
  skip(): void;
  dismiss(): void;
  flag(): void;
  saveNote(text: string): void;
  draftNote(text: string): void;
  setEvidence(spans: readonly EvidenceSpan[]): void;
  /** Marks the selection as evidence, or takes the mark away. */
  highlight(): void;
}

/** What a screen reader says of a label. It speaks only what changes: the same words again get a space that is not seen. */
function scoreWords(
  value: number | 'cannot',
  anchors: Readonly<Record<number, string>>,
  before: string,
): string {
  const anchor = value === 'cannot' ? undefined : anchors[value];
  const words = value === 'cannot' ? 'Cannot assess' : `Scored ${String(value)}`;
  const said = anchor === undefined ? `${words}.` : `${words}: ${anchor}.`;
  return said === before ? `${said}\u00a0` : said;
}

/** `settle` stores a score as the raters' consensus: while they adjudicate, that is what score keys do. */
export function labelActions(
  { page, set, keep, say }: PageStore,
  way: Navigation,
  { act, onItem }: Runner,
  settle: (value: number | 'cannot') => void,
): LabelActions {
  const { request, scope } = way;

  const label = (value: number | 'cannot'): void => {
    const { state, view, dialog, keysAct, adjudicating } = page();
    if (!state || !view || dialog || !keysAct) return;
    const { min, max } = state.rubric.scale;
    set({ typed: '' });
    if (value !== 'cannot' && (value < min || value > max)) {
      say(`${String(value)} is off the scale: ${String(min)} to ${String(max)}.`, true);
      return;
    }
    if (adjudicating && view.shown) {
      settle(value);
      return;
    }
    onItem(async ordinal => {
      // Of two keys that wait for the same thing, the first one labels.
      if (!page().keysAct) return;
      way.holdKeys();
      try {
        const elapsedMs = way.elapsed();
        const { phase, nextOpen, next, revealed } = await request('label', {
          ...scope(),
          ordinal,
          value,
          elapsedMs,
        });
        set({ announced: scoreWords(value, state.rubric.anchors, page().announced) });
        if (revealed || phase === 'revision') await way.refresh();
        else await way.advance(nextOpen, next);
        if (revealed) set({ pause: { onward: nextOpen } });
        if (phase === 'revision') say('Revised. Agreement uses the first label; u takes the revision back.');
      } finally {
        if (page().view?.ordinal === ordinal) way.resumeKeys();
      }
    });
  };

  /** On from a judge that was shown after its label. */
  const goOn = (): boolean => {
    const { pause, keysAct, dialog } = page();
    if (!pause || dialog) return false;
    if (keysAct) void act(() => way.advance(pause.onward, null));
    return true;
  };

  const setEvidence = (spans: readonly EvidenceSpan[]): void =>
    onItem(async ordinal => {
      const before = page().view?.own.evidence.length ?? 0;
      await request('evidence', { ...scope(), ordinal, spans });
      await way.refresh();
      say(spans.length < before ? 'Evidence removed.' : 'Marked as evidence.');
    });

  return {
    labelKey: value => {
      const { state, typed } = page();
      if (goOn() || !state) return;
      if (value === 'cannot' || !isTyped(state.rubric.scale)) label(value);
      else if (value > 9) say('On this scale a score is typed, and Enter scores.');
      else set({ typed: typeDigit(typed, value, state.rubric.scale), notice: null });
    },
    minus: () => {
      const { state, typed, pause } = page();
      if (!state || pause || state.rubric.scale.min >= 0) return false;
      set({ typed: typeMinus(typed, state.rubric.scale), notice: null });
      return true;
    },
    untype: all => set({ typed: all ? '' : page().typed.slice(0, -1) }),
    label,
    confirm: () => {
      const { state, typed } = page();
      const value = state ? commitTyped(typed, state.rubric.scale) : null;
      if (value === null) return goOn();
      label(value);
      return true;
    },
    skip: () =>
      onItem(async ordinal => {
        const { nextOpen, next } = await request('skip', { ...scope(), ordinal });
        await way.advance(nextOpen, next);
      }),
    dismiss: () =>
      onItem(async ordinal => {
        const { dismissed, nextOpen, next } = await request('dismiss', { ...scope(), ordinal });
        if (dismissed) await way.advance(nextOpen, next);
        else await way.refresh();
        say(dismissed ? 'Dismissed.' : 'It is not dismissed any more.');
      }),
    flag: () =>
      onItem(async ordinal => {
        const flagged = (await request('flag', { ...scope(), ordinal })).set;
        await way.refresh();
        say(flagged ? 'Flagged.' : 'The flag was taken away.');
      }),
    saveNote: text => {
      if (text === page().view?.own.note) {
        keep({ draft: null });
        return;
      }
      onItem(async ordinal => {
        await request('note', { ...scope(), ordinal, text });
        keep({ draft: null });
        await way.refresh();
        say('Note saved.');
      });
    },
    draftNote: text => {
      const { view } = page();
      if (view) keep({ draft: { ordinal: view.ordinal, list: listName(scope()), text } });
    },
    setEvidence,
    highlight: () => {
      const { state, view } = page();
      if (!state || !view) return;
      const marked = markSelection(view, state.rubric.part);
      if ('refused' in marked) say(marked.refused, true);
      else setEvidence(marked.spans);
    },
  };
}
