import type { EditorRequests } from '../../src/protocol/editorProtocol';
import type { EditorState } from '../../src/protocol/editorState';
import type { ItemView } from '../../src/protocol/itemView';
import type { ListFilter, Scope } from '../../src/protocol/listFilter';
import type { SearchNews } from '../../src/protocol/searchProtocol';
import { requestsTo } from '../request';
import { isOwnQuery } from './filterNames';
import type { PageStore } from './pageStore';
import { stopwatch } from './stopwatch';

export type Request = ReturnType<typeof requestsTo<EditorRequests>>;

/** Which item is on the screen, how one gets to another, and when score keys may act on it. */
export interface Navigation {
  readonly request: Request;
  scope(): Scope;
  /** Begins: asks the host for the state of the session. */
  start(): void;
  go(ordinal: number): Promise<void>;
  /** Asks for the item on the screen again. */
  refresh(): Promise<void>;
  /** On to the next item, drawn at once where the host gave it along; says so where there is none. */
  advance(onward: number | null, next: ItemView | null): Promise<void>;
  /** Goes over to another list: of a criterion, or of one of its subsets. */
  setList(criterion: string, subset: string | null): Promise<void>;
  /** Milliseconds that the item has been read. */
  elapsed(): number;
  /** Score keys rest until the next item is painted, or `resume` is called. */
  holdKeys(): void;
  resumeKeys(): void;
  painted(ordinal: number): void;
  /** Hears what searches find. */
  onSearch(listener: (news: SearchNews) => void): void;
  /** Does what a command asks for. */
  onAct(action: () => void): void;
}

const keyPause = 250;

/** Navigation over a page; it is the one that hears the host. */
export function navigation({ page, set, keep, say, fail }: PageStore): Navigation {
  const watch = stopwatch(window);
  let pause: ReturnType<typeof setTimeout> | undefined;
  let act = (): void => undefined;
  let hearSearch: (news: SearchNews) => void = () => undefined;

  const holdKeys = (): void => {
    clearTimeout(pause);
    set({ keysAct: false });
  };
  const resumeKeys = (): void => {
    clearTimeout(pause);
    pause = setTimeout(() => set({ keysAct: true }), keyPause);
  };

  const request = requestsTo<EditorRequests>(message => {
    if (message.kind === 'state') void takeState((message as unknown as { state: EditorState }).state);
    if (message.kind === 'act') act();
    if (message.kind === 'search') hearSearch(message as SearchNews);
  });

  const scope = (): Scope => ({
    generation: page().state?.generation ?? 0,
    criterion: page().state?.rubric.criterion ?? '',
    subset: page().state?.subset?.name ?? null,
    filter: page().kept.filter,
  });

  const takeState = async (state: EditorState): Promise<void> => {
    const before = page().state;
    set({ state });
    const { goTo } = state;
    if (goTo && goTo.serial > page().kept.goToSeen) {
      keep({ goToSeen: goTo.serial });
      const isOther =
        goTo.criterion !== state.rubric.criterion || goTo.subset !== (state.subset?.name ?? null);
      if (isOther) await setList(goTo.criterion, goTo.subset);
      if (goTo.filter) {
        keep({ filter: goTo.filter });
        set({ adjudicating: false });
      }
      if (goTo.ordinal !== null) await go(goTo.ordinal);
      if (isOther || goTo.ordinal !== null) return;
    }
    const { kept, view, busy } = page();
    const other =
      before === null ||
      before.rubric.criterion !== state.rubric.criterion ||
      before.subset?.name !== state.subset?.name ||
      before.generation !== state.generation;
    const moved = before?.judge !== state.judge || before.rater !== state.rater || before.done !== state.done;
    if (isVoid(kept.filter, state)) keep({ filter: 'all' });
    // Another rater goes through a subset from the beginning: its order is part of its design.
    const isHandedOver =
      before !== null &&
      before.rater !== state.rater &&
      state.subset !== null &&
      (before.rater !== null || other);
    if (state.items > 0 && (other || view === null || isHandedOver)) {
      const isThere = !isHandedOver && kept.ordinal >= 0 && kept.ordinal < state.items;
      await resume(isThere ? kept.ordinal : 0, !isThere || kept.open);
    } else if ((moved || view?.shown) && view && !busy) {
      await refresh();
      await leaveLabelled(view);
    }
  };

  /** On from an item that was labelled elsewhere while one looked at it, as in another tab or by labels that were found again. */
  const leaveLabelled = async (before: ItemView): Promise<void> => {
    const { view } = page();
    if (before.own.state !== 'open' || view?.ordinal !== before.ordinal || view.own.state !== 'done') return;
    if (view.shown || view.nav.nextOpen === null) return;
    await go(view.nav.nextOpen);
    say(`Item ${String(before.ordinal + 1)} has a label of yours by now: this is the next one without.`);
  };

  const load = async (ordinal: number): Promise<ItemView | null> => {
    try {
      return await request('item', { ...scope(), ordinal });
    } catch (error) {
      fail(error);
      return null;
    }
  };

  const show = (view: ItemView | null): void => {
    if (!view) return;
    const { criterion, subset } = scope();
    keep({ ordinal: view.ordinal, open: view.own.state === 'open', criterion, subset });
    set({ view, reasoning: new Map(), foldOpen: false, pause: null, typed: '' });
    watch.restart();
  };

  const go = async (ordinal: number): Promise<void> => {
    holdKeys();
    show(await load(ordinal));
  };

  /** That ordinal, or in a subset whose slot the file does not hold any more the first one that it does. */
  const presentOrdinal = async (ordinal: number): Promise<number> => {
    if (!page().state?.subset?.gone) return ordinal;
    const { rows } = await request('rows', { ...scope(), filter: 'all', from: 0, count: 500 });
    const present = rows.filter(row => row.state !== 'gone');
    return present.some(row => row.ordinal === ordinal) ? ordinal : (present[0]?.ordinal ?? ordinal);
  };

  /**
   * Where one stopped. If one was about to label there (`wasOpen`) and the label was given since, as when a window went
   * down before it had stored that one had gone on, then on to the next item without one.
   */
  const resume = async (ordinal: number, wasOpen: boolean): Promise<void> => {
    holdKeys();
    const there = await load(await presentOrdinal(ordinal));
    const next = wasOpen && there && there.own.state !== 'open' ? there.nav.nextOpen : null;
    show(next === null ? there : await load(next));
  };

  const refresh = async (): Promise<void> => {
    const at = page().view?.ordinal;
    if (at === undefined) return;
    const view = await load(at);
    if (view && page().view?.ordinal === at) set({ view });
  };

  const setList = async (criterion: string, subset: string | null): Promise<void> => {
    await request('list', { criterion, subset });
    const state = await request('ready', { criterion, subset });
    keep({ criterion, subset, filter: 'all', ordinal: -1 });
    set({ view: null, notice: null, pause: null, adjudicating: false });
    await takeState(state);
    if (state.subset?.complete === true && state.judge === 'hidden') set({ dialog: { kind: 'progress' } });
  };

  return {
    request,
    scope,
    start: () => {
      const { criterion, subset } = page().kept;
      void request('ready', criterion === undefined ? {} : { criterion, subset }).then(takeState, fail);
    },
    go,
    refresh,
    advance: async (onward, next) => {
      if (next) {
        holdKeys();
        show(next);
      } else if (onward !== null) await go(onward);
      if (next || onward !== null) {
        // With a filter one knows why it is there.
        if (page().view?.own.state === 'skipped' && page().kept.filter === 'all')
          say('You skipped this one: it is asked once more.');
        return;
      }
      await refresh();
      const { state } = page();
      if (state?.subset) {
        set({ pause: null });
        if (state.subset.complete) set({ dialog: { kind: 'progress' } });
        else say('This is the last one here.');
        return;
      }
      say(
        state && state.done >= state.items
          ? `All ${String(state.items)} items are labelled.`
          : 'No item without a label is left; skipped ones remain.',
      );
    },
    setList,
    elapsed: () => watch.elapsed(),
    holdKeys,
    resumeKeys,
    onAct: action => void (act = action),
    onSearch: listener => void (hearSearch = listener),
    painted: ordinal => {
      if (page().view?.ordinal === ordinal && !page().keysAct) resumeKeys();
    },
  };
}

/** Once the judge is hidden again, its filters can't be asked for; nor can items that are picked no more. */
function isVoid(filter: ListFilter, { judge, subset, picked }: EditorState): boolean {
  if (typeof filter === 'string') return false;
  if (filter.kind === 'picked') return picked?.serial !== filter.serial;
  if (filter.kind === 'query') return judge === 'hidden' && !isOwnQuery(filter);
  return judge === 'hidden' && subset?.reveal !== 'after-item';
}
