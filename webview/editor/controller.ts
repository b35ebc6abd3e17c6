import { navigation } from './navigation';
import type { Navigation } from './navigation';
import { pageStore } from './pageStore';
import type { Dialog, PageStore } from './pageStore';

/** Everything that a person can do to the page, whatever they press or click. */
export interface Controller extends Pick<Navigation, 'request' | 'scope' | 'go' | 'painted'> {
  readonly page: PageStore['page'];
  readonly subscribe: PageStore['subscribe'];
  label(value: number | 'cannot'): void;
  skip(): void;
  flag(): void;
  saveNote(text: string): void;
  draftNote(text: string): void;
  step(direction: 'undo' | 'redo'): void;
  move(where: 'next' | 'previous' | 'nextRollout' | 'previousRollout'): void;
  toggleJudge(): void;
  toggleReasoning(message: number, part: number): void;
  toggleTargetReasoning(): void;
  toggleMarkdown(): void;
  openFold(): void;
  nextCriterion(): void;
  setCriterion(criterion: string): void;
  openReport(confirmed: boolean): void;
  setRater(name: string): Promise<string | null>;
  show(dialog: Dialog | null): void;
  resize(pane: 'listWidth' | 'panelWidth', width: number): void;
  simple(name: 'retrySaving' | 'copyUnsaved' | 'showProblems'): void;
}

/** The page's logic without its looks: asks the host and keeps what is drawn. */
export function controller(): Controller {
  const store = pageStore();
  const { page, set, keep, say, fail } = store;
  const way = navigation(store);
  const { request, scope } = way;
  /** What was asked for before the rater was known. */
  let afterRater: (() => void) | null = null;

  /** Carries out one action at a time; what fails is said. */
  const act = async (run: () => Promise<void>): Promise<void> => {
    if (page().busy) return;
    set({ busy: true, notice: null });
    try {
      await run();
    } catch (error) {
      fail(error);
    } finally {
      set({ busy: false });
    }
  };

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

  /** An action on the item on the screen. */
  const onItem = (run: (ordinal: number) => Promise<void>): void => {
    const { view } = page();
    if (view) withRater(() => void act(() => run(view.ordinal)));
  };

  const label = (value: number | 'cannot'): void => {
    const { state, view, dialog, keysAct } = page();
    if (!state || !view || dialog || !keysAct) return;
    const { min, max } = state.rubric.scale;
    if (value !== 'cannot' && (value < min || value > max)) {
      say(`${String(value)} is off the scale: ${String(min)} to ${String(max)}.`, true);
      return;
    }
    onItem(async ordinal => {
      way.holdKeys();
      try {
        const elapsedMs = way.elapsed();
        const { phase, nextOpen } = await request('label', { ...scope(), ordinal, value, elapsedMs });
        if (phase === 'first') await way.advance(nextOpen);
        else {
          await way.refresh();
          say('Revised. Agreement uses the first label; u takes the revision back.');
        }
      } finally {
        if (page().view?.ordinal === ordinal) way.resumeKeys();
      }
    });
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

  way.start();

  return {
    page,
    subscribe: store.subscribe,
    request,
    scope,
    go: way.go,
    painted: way.painted,
    label,
    skip: () =>
      onItem(async ordinal => way.advance((await request('skip', { ...scope(), ordinal })).nextOpen)),
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
      if (view) keep({ draft: { ordinal: view.ordinal, criterion: scope().criterion, text } });
    },
    step: direction =>
      void act(async () => {
        const done = await request(direction, scope());
        if (!done) {
          say(direction === 'undo' ? 'Nothing to undo.' : 'Nothing to redo.');
          return;
        }
        if (done.criterion !== page().state?.rubric.criterion) await way.setCriterion(done.criterion);
        if (done.ordinal !== null) await way.go(done.ordinal);
        const gone = done.ordinal === null ? ' Its item is no longer in the file.' : '';
        say(`${direction === 'undo' ? 'Undone' : 'Redone'}: ${done.what}.${gone}`);
      }),
    move: where => {
      const { view, state } = page();
      if (!view || !state) return;
      const target = {
        next: view.ordinal + 1 < state.items ? view.ordinal + 1 : null,
        previous: view.ordinal > 0 ? view.ordinal - 1 : null,
        nextRollout: view.nav.nextRollout,
        previousRollout: view.nav.previousRollout,
      }[where];
      if (target === null) say(where.startsWith('next') ? 'This is the last one.' : 'This is the first one.');
      else {
        set({ notice: null });
        void way.go(target);
      }
    },
    toggleJudge: () => {
      const { state } = page();
      const show = state?.judge === 'hidden';
      const run = (): void =>
        void act(async () => {
          await request('judge', { show });
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
      if (next !== undefined) void act(() => way.setCriterion(next));
    },
    setCriterion: criterion => void act(() => way.setCriterion(criterion)),
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
      const { refused } = await request('rater', { name });
      if (refused !== null) return refused;
      const next = afterRater;
      afterRater = null;
      const { state } = page();
      set({ dialog: null, state: state ? { ...state, rater: name } : null });
      next?.();
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
