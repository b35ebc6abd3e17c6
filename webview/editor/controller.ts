import type { EditorRequests, EditorState, ItemView, Scope } from '../../src/protocol/editorProtocol';
import { requestsTo, vscode } from '../request';
import { stopwatch } from './stopwatch';

/** Navigation and display only: all that the page keeps of itself. What was labelled is the host's to know. */
interface Kept {
  readonly criterion?: string;
  readonly ordinal: number;
  readonly markdown: boolean;
  readonly listWidth: number;
  readonly panelWidth: number;
  readonly goToSeen: number;
  /** A note that is being written: it is the rater's own, and a reload must not eat it. */
  readonly draft: { readonly ordinal: number; readonly criterion: string; readonly text: string } | null;
}

export type Dialog =
  { readonly kind: 'rater' } | { readonly kind: 'report'; readonly text: string } | { readonly kind: 'keys' };

/** Everything that is drawn. */
export interface Page {
  readonly state: EditorState | null;
  readonly view: ItemView | null;
  readonly kept: Kept;
  readonly dialog: Dialog | null;
  /** One sentence for the person: what was done, or what went wrong. */
  readonly notice: { readonly text: string; readonly isError: boolean } | null;
  /** Reasoning that was expanded, by "message.part"; `null` while it is fetched. */
  readonly reasoning: ReadonlyMap<string, string | null>;
  readonly foldOpen: boolean;
  readonly busy: boolean;
}

export interface Controller {
  readonly page: () => Page;
  subscribe(listener: () => void): () => void;
  readonly request: ReturnType<typeof requestsTo<EditorRequests>>;
  scope(): Scope;
  go(ordinal: number): Promise<void>;
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
  /** Called when an item has been painted: from then on, after a pause, score keys act. */
  painted(ordinal: number): void;
}

const keyPause = 250;
const firstKept: Kept = {
  ordinal: -1,
  markdown: false,
  listWidth: 230,
  panelWidth: 300,
  goToSeen: 0,
  draft: null,
};

/** The page's logic without its looks: asks the host, keeps what is drawn, tells who draws. */
export function controller(): Controller {
  const listeners = new Set<() => void>();
  const watch = stopwatch(window);
  let keysFrom = Infinity;
  /** What was asked for before the rater was known. */
  let afterRater: (() => void) | null = null;
  let page: Page = {
    state: null,
    view: null,
    kept: { ...firstKept, ...((vscode.getState() ?? {}) as Partial<Kept>) },
    dialog: null,
    notice: null,
    reasoning: new Map(),
    foldOpen: false,
    busy: false,
  };

  const set = (change: Partial<Page>): void => {
    page = { ...page, ...change };
    if (change.kept) vscode.setState(change.kept);
    listeners.forEach(listener => void listener());
  };
  const keep = (change: Partial<Kept>): void => set({ kept: { ...page.kept, ...change } });
  const say = (text: string, isError = false): void => set({ notice: { text, isError } });

  const request = requestsTo<EditorRequests>(message => {
    if (message.kind === 'state') void takeState((message as unknown as { state: EditorState }).state);
  });

  const scope = (): Scope => ({
    generation: page.state?.generation ?? 0,
    criterion: page.state?.rubric.criterion ?? '',
  });

  const takeState = async (state: EditorState): Promise<void> => {
    const before = page.state;
    set({ state });
    const { goTo } = state;
    if (goTo && goTo.serial > page.kept.goToSeen) {
      keep({ goToSeen: goTo.serial });
      if (goTo.criterion !== state.rubric.criterion) await setCriterion(goTo.criterion);
      await go(goTo.ordinal);
      return;
    }
    const other =
      before === null ||
      before.rubric.criterion !== state.rubric.criterion ||
      before.generation !== state.generation;
    const moved = before?.judge !== state.judge || before.rater !== state.rater || before.done !== state.done;
    if (state.items > 0 && (other || page.view === null)) await go(clamp(page.kept.ordinal, state), true);
    else if (moved && page.view && !page.busy) await refresh();
  };

  /** Where one stopped, else the first item without a label. */
  const clamp = (ordinal: number, state: EditorState): number =>
    ordinal >= 0 && ordinal < state.items ? ordinal : -1;

  const load = async (ordinal: number): Promise<ItemView | null> => {
    try {
      return await request('item', { ...scope(), ordinal });
    } catch (error) {
      say(errorText(error), true);
      return null;
    }
  };

  const refresh = async (): Promise<void> => {
    const at = page.view?.ordinal;
    if (at === undefined) return;
    const view = await load(at);
    if (view && page.view?.ordinal === at) set({ view });
  };

  const go = async (ordinal: number, first = false): Promise<void> => {
    keysFrom = Infinity;
    let view = await load(Math.max(0, ordinal));
    if (first && ordinal < 0 && view && view.own.state !== 'open' && view.nav.nextOpen !== null)
      view = await load(view.nav.nextOpen);
    if (!view) return;
    set({
      view,
      kept: { ...page.kept, ordinal: view.ordinal, criterion: scope().criterion },
      reasoning: new Map(),
      foldOpen: false,
      busy: false,
    });
    vscode.setState(page.kept);
    watch.restart();
  };

  /** Carries out one action at a time; what fails is said. */
  const act = async (run: () => Promise<void>): Promise<void> => {
    if (page.busy) return;
    set({ busy: true, notice: null });
    try {
      await run();
    } catch (error) {
      say(errorText(error), true);
    } finally {
      set({ busy: false });
    }
  };

  /** Labels need a name: asks for it once, then does what was asked. */
  const withRater = (run: () => void): void => {
    const { state } = page;
    if (!state) return;
    if (state.readOnly !== null) say(state.readOnly, true);
    else if (state.rater !== null) run();
    else {
      afterRater = run;
      set({ dialog: { kind: 'rater' } });
    }
  };

  const advance = async (nextOpen: number | null): Promise<void> => {
    if (nextOpen !== null) await go(nextOpen);
    else {
      await refresh();
      const all = page.state;
      say(
        all && all.done >= all.items
          ? `All ${String(all.items)} items are labelled.`
          : 'No item without a label is left; skipped ones remain.',
      );
    }
  };

  const label = (value: number | 'cannot'): void => {
    const { state, view } = page;
    if (!state || !view || page.dialog || performance.now() < keysFrom) return;
    const { min, max } = state.rubric.scale;
    if (value !== 'cannot' && (value < min || value > max)) {
      say(`${String(value)} is off the scale: ${String(min)} to ${String(max)}.`, true);
      return;
    }
    withRater(() => {
      keysFrom = Infinity;
      void act(async () => {
        try {
          const done = await request('label', {
            ...scope(),
            ordinal: view.ordinal,
            value,
            elapsedMs: watch.elapsed(),
          });
          if (done.phase === 'revision') {
            await refresh();
            say('Revised. Agreement uses the first label; u takes the revision back.');
          } else await advance(done.nextOpen);
        } finally {
          if (keysFrom === Infinity && page.view?.ordinal === view.ordinal)
            keysFrom = performance.now() + keyPause;
        }
      });
    });
  };

  const setCriterion = async (criterion: string): Promise<void> => {
    await request('criterion', { criterion });
    const state = await request('ready', { criterion });
    set({ view: null, notice: null, kept: { ...page.kept, criterion, ordinal: -1 } });
    await takeState(state);
  };

  const step = (direction: 'undo' | 'redo'): void => {
    void act(async () => {
      const done = await request(direction, scope());
      if (!done) {
        say(direction === 'undo' ? 'Nothing to undo.' : 'Nothing to redo.');
        return;
      }
      if (done.criterion !== page.state?.rubric.criterion) await setCriterion(done.criterion);
      await go(done.ordinal);
      say(`${direction === 'undo' ? 'Undone' : 'Redone'}: ${done.what}.`);
    });
  };

  const toggleReasoning = (message: number, part: number): void => {
    const { view } = page;
    const at = `${String(message)}.${String(part)}`;
    const next = new Map(page.reasoning);
    if (next.delete(at) || !view) {
      set({ reasoning: next });
      return;
    }
    set({ reasoning: next.set(at, null) });
    void request('reasoning', { ...scope(), ordinal: view.ordinal, message, part })
      .then(text => void set({ reasoning: new Map(page.reasoning).set(at, text) }))
      .catch((error: unknown) => void say(errorText(error), true));
  };

  void request('ready', page.kept.criterion === undefined ? {} : { criterion: page.kept.criterion }).then(
    takeState,
    (error: unknown) => say(errorText(error), true),
  );

  return {
    page: () => page,
    subscribe: listener => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    request,
    scope,
    go,
    label,
    skip: () => {
      const { view } = page;
      if (view)
        withRater(
          () =>
            void act(async () =>
              advance((await request('skip', { ...scope(), ordinal: view.ordinal })).nextOpen),
            ),
        );
    },
    flag: () => {
      const { view } = page;
      if (!view) return;
      withRater(() => {
        void act(async () => {
          const { set: isSet } = await request('flag', { ...scope(), ordinal: view.ordinal });
          await refresh();
          say(isSet ? 'Flagged.' : 'The flag was taken away.');
        });
      });
    },
    saveNote: text => {
      const { view } = page;
      if (!view) return;
      if (text === view.own.note) {
        keep({ draft: null });
        return;
      }
      withRater(() => {
        void act(async () => {
          await request('note', { ...scope(), ordinal: view.ordinal, text });
          keep({ draft: null });
          await refresh();
          say('Note saved.');
        });
      });
    },
    draftNote: text => {
      if (page.view) keep({ draft: { ordinal: page.view.ordinal, criterion: scope().criterion, text } });
    },
    step,
    move: where => {
      const { view, state } = page;
      if (!view || !state) return;
      const { nav } = view;
      const target =
        where === 'next'
          ? view.ordinal + 1
          : where === 'previous'
            ? view.ordinal - 1
            : where === 'nextRollout'
              ? (nav.nextRollout ?? -1)
              : (nav.previousRollout ?? -1);
      if (target >= 0 && target < state.items) {
        set({ notice: null });
        void go(target);
      } else say(where.startsWith('next') ? 'This is the last one.' : 'This is the first one.');
    },
    toggleJudge: () => {
      const show = page.state?.judge === 'hidden';
      const run = (): void =>
        void act(async () => {
          await request('judge', { show });
          await refresh();
        });
      if (show && page.state?.readOnly === null) withRater(run);
      else run();
    },
    toggleReasoning,
    toggleTargetReasoning: () => {
      const { view } = page;
      const message = view?.messages[view.target];
      message?.parts.forEach((part, index) => {
        if (part.kind === 'reasoning' && part.text === undefined) toggleReasoning(message.index, index);
      });
    },
    toggleMarkdown: () => void keep({ markdown: !page.kept.markdown }),
    openFold: () => void set({ foldOpen: true }),
    nextCriterion: () => {
      const { state } = page;
      if (!state) return;
      const names = state.criteria.map(({ criterion }) => criterion);
      const next = names[(names.indexOf(state.rubric.criterion) + 1) % names.length];
      if (next !== undefined) void act(() => setCriterion(next));
    },
    setCriterion: criterion => void act(() => setCriterion(criterion)),
    openReport: confirmed => {
      const run = (): void =>
        void act(async () => {
          const { confirm } = await request('openReport', { confirmed });
          set({ dialog: confirm === null ? null : { kind: 'report', text: confirm } });
        });
      if (page.state?.readOnly === null) withRater(run);
      else run();
    },
    setRater: async name => {
      const { refused } = await request('rater', { name });
      if (refused !== null) return refused;
      const next = afterRater;
      afterRater = null;
      set({ dialog: null, state: page.state ? { ...page.state, rater: name } : null });
      next?.();
      return null;
    },
    show: dialog => {
      if (dialog === null) afterRater = null;
      set({ dialog });
    },
    resize: (pane, width) => void keep({ [pane]: width }),
    simple: name => void act(async () => void (await request(name, {}))),
    painted: ordinal => {
      if (page.view?.ordinal === ordinal) keysFrom = performance.now() + keyPause;
    },
  };
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
