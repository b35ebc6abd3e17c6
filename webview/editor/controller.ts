import { labelActions } from './labelActions';
import type { LabelActions } from './labelActions';
import { navigation } from './navigation';
import type { Navigation } from './navigation';
import { pageStore } from './pageStore';
import type { Dialog, PageStore } from './pageStore';
import { queryActions } from './queryActions';
import type { QueryActions } from './queryActions';
import { reviewActions } from './reviewActions';
import type { ReviewActions } from './reviewActions';
import { runner } from './runner';
import { searchActions } from './searchActions';
import type { SearchActions } from './searchActions';

/** Everything that a person can do to the page, whatever they press or click. */
export interface Controller
  extends
    Pick<Navigation, 'request' | 'scope' | 'go' | 'painted'>,
    LabelActions,
    ReviewActions,
    QueryActions,
    SearchActions {
  readonly page: PageStore['page'];
  readonly subscribe: PageStore['subscribe'];
  step(direction: 'undo' | 'redo'): void;
  move(where: 'next' | 'previous' | 'nextRollout' | 'previousRollout'): void;
  toggleJudge(confirmed?: boolean): void;
  toggleReasoning(message: number, part: number): void;
  toggleTargetReasoning(): void;
  toggleMarkdown(): void;
  /** Puts the text that is scored on the clipboard. */
  copyText(): void;
  /** Puts a link to the item on the clipboard. */
  copyLink(): void;
  /** Opens the raw record, or says why not. */
  showRecord(): void;
  openFold(): void;
  nextCriterion(): void;
  setList(criterion: string, subset: string | null): void;
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
  const running = runner(store, way);
  const { act, actNext, withRater, takeWaiting } = running;
  const review = reviewActions(store, way, running);

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

  const toggleJudge = (confirmed = false): void => {
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
  };

  const copyLink = (): void => {
    const { view } = page();
    if (!view) return;
    void request('copyLink', { ...scope(), ordinal: view.ordinal }).then(() => say('Link copied.'), fail);
  };
  way.onAct(copyLink);

  way.start();

  return {
    page,
    subscribe: store.subscribe,
    request,
    scope,
    go: way.go,
    painted: way.painted,
    say,
    ...review,
    ...searchActions(store, way, toggleReasoning),
    ...queryActions(store, way, running, toggleJudge),
    ...labelActions(store, way, running, review.settle),
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
    toggleJudge,
    copyLink,
    toggleReasoning,
    toggleTargetReasoning: () => {
      const { view } = page();
      const message = view?.messages[view.target];
      message?.parts.forEach((part, index) => {
        if (part.kind === 'reasoning' && part.text === undefined) toggleReasoning(message.index, index);
      });
    },
    toggleMarkdown: () => keep({ markdown: !page().kept.markdown }),
    copyText: () => {
      const { view } = page();
      if (!view) return;
      void request('copyText', { ...scope(), ordinal: view.ordinal }).then(
        ({ characters }) => say(`Copied ${characters.toLocaleString('en')} characters.`),
        fail,
      );
    },
    showRecord: () => {
      const { view, state } = page();
      if (view?.shown?.record === true) set({ dialog: { kind: 'raw' } });
      else if (view)
        say(
          state?.subset
            ? 'A subset does not show the raw record: it holds the judge’s scores of other turns.'
            : 'The judge is hidden, and the raw record holds its scores.',
        );
    },
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
      const next = takeWaiting();
      // The host has told the new state before it answers. Where other slots are this rater's, what was meant for the
      // item on the screen is not done to another.
      const { state } = page();
      set({ dialog: null, state: state ? { ...state, rater: name } : null });
      if (state?.generation === before) next?.();
      else if (next) say('These are your items now: press again to score.');
      return null;
    },
    show: dialog => {
      if (dialog === null) takeWaiting();
      set({ dialog });
    },
    resize: (pane, width) => keep({ [pane]: width }),
    simple: name => void act(async () => void (await request(name, {}))),
  };
}
