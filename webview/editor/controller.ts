import type { EvidenceSpan, ListFilter } from '../../src/protocol/editorProtocol';
import { navigation } from './navigation';
import type { Navigation } from './navigation';
import { pageStore } from './pageStore';
import type { Dialog, PageStore } from './pageStore';
import { markSelection } from './selectedSpan';
import { commitTyped, isTyped, typeDigit, typeMinus } from './typedScore';

/** Everything that a person can do to the page, whatever they press or click. */
export interface Controller extends Pick<Navigation, 'request' | 'scope' | 'go' | 'painted'> {
  readonly page: PageStore['page'];
  readonly subscribe: PageStore['subscribe'];
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
  flag(): void;
  saveNote(text: string): void;
  draftNote(text: string): void;
  setEvidence(spans: readonly EvidenceSpan[]): void;
  /** Marks the selection as evidence, or takes the mark away. */
  highlight(): void;
  setCause(code: string | null): void;
  toggleAdjudicating(): void;
  step(direction: 'undo' | 'redo'): void;
  move(where: 'next' | 'previous' | 'nextRollout' | 'previousRollout'): void;
  toggleJudge(confirmed?: boolean): void;
  toggleReasoning(message: number, part: number): void;
  toggleTargetReasoning(): void;
  toggleMarkdown(): void;
  openFold(): void;
  nextCriterion(): void;
  setList(criterion: string, subset: string | null): void;
  setFilter(filter: ListFilter): void;
  openReport(confirmed: boolean): void;
  setRater(name: string): Promise<string | null>;
  show(dialog: Dialog | null): void;
  say(text: string, isError?: boolean): void;
  resize(pane: 'listWidth' | 'panelWidth', width: number): void;
  simple(name: 'retrySaving' | 'copyUnsaved' | 'showProblems' | 'newSubset'): void;
}

/** The page's logic without its looks: asks the host and keeps what is drawn. */
export function controller(): Controller {
  const store = pageStore();
  const { page, set, keep, say, fail } = store;
  const way = navigation(store);
  const { request, scope } = way;
  /** What was asked for before the rater was known. */
  let afterRater: (() => void) | null = null;

  let acting: Promise<void> = Promise.resolve();

  /** Carries out one action at a time; what fails is said. */
  const act = (run: () => Promise<void>): Promise<void> => {
    if (page().busy) return acting;
    set({ busy: true, notice: null });
    acting = run()
      .catch(fail)
      .finally(() => set({ busy: false }));
    return acting;
  };

  /** The same after what is being done now: what was pressed meanwhile is not lost. */
  const actNext = (run: () => Promise<void>): void =>
    void acting.then(() => (page().busy ? actNext(run) : void act(run)));

  /** Labels need a name: asks for it once, then does what was asked. */
  const withRater = (run: () => void): void => {
    const { state } = page();
    if (!state) return;
    if (state.readOnly !== null) say(state.readOnly, true);
    else if (state.rater !== null) run();
    else {
      afterRater = run;
      set({ dialog: { kind: 'rater' } });
    }
  };

  /** An action on the item on the screen, unless another one is there by the time that it can begin. */
  const onItem = (run: (ordinal: number) => Promise<void>): void => {
    const { view } = page();
    if (!view) return;
    const place = (): string => [scope().generation, listName(scope()), page().view?.ordinal ?? ''].join(' ');
    const asked = place();
    withRater(() => actNext(async () => (place() === asked ? run(view.ordinal) : undefined)));
  };

  const settle = (value: number | 'cannot'): void =>
    onItem(async ordinal => {
      if (!page().keysAct) return;
      way.holdKeys();
      await request('consensus', { ...scope(), ordinal, value });
      const next = page().view?.nav.next ?? null;
      if (next === null) {
        await way.refresh();
        way.resumeKeys();
        say('Consensus stored. This is the last item of the list.');
      } else await way.go(next);
    });

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

  const toggleReasoning = (message: number, part: number): void => {
    const { view, reasoning } = page();
    const at = `${String(message)}.${String(part)}`;
    const next = new Map(reasoning);
    if (next.delete(at) || !view) {
      set({ reasoning: next });
      return;
    }
    set({ reasoning: next.set(at, null) });
    void request('reasoning', { ...scope(), ordinal: view.ordinal, message, part }).then(
      text => set({ reasoning: new Map(page().reasoning).set(at, text) }),
      fail,
    );
  };

  const setEvidence = (spans: readonly EvidenceSpan[]): void =>
    onItem(async ordinal => {
      const before = page().view?.own.evidence.length ?? 0;
      await request('evidence', { ...scope(), ordinal, spans });
      await way.refresh();
      say(spans.length < before ? 'Evidence removed.' : 'Marked as evidence.');
    });

  way.start();

  return {
    page,
    subscribe: store.subscribe,
    request,
    scope,
    go: way.go,
    painted: way.painted,
    say,
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
    setCause: code =>
      onItem(async ordinal => {
        await request('cause', { ...scope(), ordinal, code });
        await way.refresh();
      }),
    toggleAdjudicating: () => set({ adjudicating: !page().adjudicating }),
    step: direction =>
      actNext(async () => {
        const done = await request(direction, scope());
        if (!done) {
          say(direction === 'undo' ? 'Nothing to undo.' : 'Nothing to redo.');
          return;
        }
        const { criterion, subset } = scope();
        if (done.criterion !== criterion || done.subset !== subset)
          await way.setList(done.criterion, done.subset);
        if (done.ordinal !== null) await way.go(done.ordinal);
        const gone = done.ordinal === null ? ' Its item is no longer in the file.' : '';
        say(`${direction === 'undo' ? 'Undone' : 'Redone'}: ${done.what}.${gone}`);
      }),
    move: where => {
      const { view } = page();
      if (!view) return;
      const target = view.nav[where];
      if (target === null) say(where.startsWith('next') ? 'This is the last one.' : 'This is the first one.');
      else {
        set({ notice: null });
        void way.go(target);
      }
    },
    toggleJudge: (confirmed = false) => {
      const { state } = page();
      const show = state?.judge === 'hidden';
      if (show && state.judgeKept !== null) {
        say(state.judgeKept);
        return;
      }
      const run = (): void =>
        void act(async () => {
          const { confirm } = await request('judge', { ...scope(), show, confirmed });
          set({ dialog: confirm === null ? null : { kind: 'judge', text: confirm } });
          await way.refresh();
        });
      if (show && state.readOnly === null) withRater(run);
      else run();
    },
    toggleReasoning,
    toggleTargetReasoning: () => {
      const { view } = page();
      const message = view?.messages[view.target];
      message?.parts.forEach((part, index) => {
        if (part.kind === 'reasoning' && part.text === undefined) toggleReasoning(message.index, index);
      });
    },
    toggleMarkdown: () => keep({ markdown: !page().kept.markdown }),
    openFold: () => set({ foldOpen: true }),
    nextCriterion: () => {
      const { state } = page();
      if (!state) return;
      const names = state.criteria.map(({ criterion }) => criterion);
      const next = names[(names.indexOf(state.rubric.criterion) + 1) % names.length];
      if (next !== undefined) actNext(() => way.setList(next, null));
    },
    setList: (criterion, subset) => {
      const run = (): void => actNext(() => way.setList(criterion, subset));
      // Which slots are asked may depend on who labels.
      if (subset !== null && page().state?.readOnly === null) withRater(run);
      else run();
    },
    setFilter: filter => {
      keep({ filter });
      actNext(way.refresh);
    },
    openReport: confirmed => {
      const run = (): void =>
        void act(async () => {
          const { confirm } = await request('openReport', { confirmed });
          set({ dialog: confirm === null ? null : { kind: 'report', text: confirm } });
        });
      if (page().state?.readOnly === null) withRater(run);
      else run();
    },
    setRater: async name => {
      const before = page().state?.generation;
      const { refused } = await request('rater', { name });
      if (refused !== null) return refused;
      const next = afterRater;
      afterRater = null;
      // The host has told the new state before it answers. Where other slots are this rater's, what was meant for the
      // item on the screen is not done to another.
      const { state } = page();
      set({ dialog: null, state: state ? { ...state, rater: name } : null });
      if (state?.generation === before) next?.();
      else if (next) say('These are your items now: press again to score.');
      return null;
    },
    show: dialog => {
      if (dialog === null) afterRater = null;
      set({ dialog });
    },
    resize: (pane, width) => keep({ [pane]: width }),
    simple: name => void act(async () => void (await request(name, {}))),
  };
}

/** A list's name, for what is kept of it. */
export const listName = ({ criterion, subset }: { criterion: string; subset: string | null }): string =>
  `${criterion} ${subset ?? ''}`;
