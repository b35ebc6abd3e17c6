import type { SearchQuery } from '../../src/core/search/searchQuery';
import type { SearchHit } from '../../src/protocol/searchProtocol';
import { foldedRange } from './fold';
import { focusTranscript } from './focusTranscript';
import type { Navigation } from './navigation';
import type { PageStore } from './pageStore';
import { emptied, withNews } from './searchPage';
import type { SearchPage } from './searchPage';

/** Searching the text of the file. */
export interface SearchActions {
  /** Opens the panel, or goes back into its text field. */
  openSearch(): void;
  closeSearch(): void;
  /** Changes what is looked for and looks for it; at once where `now`, else after a pause. */
  editSearch(change: Partial<SearchQuery>, now: boolean): void;
  stopSearch(): void;
  /** Goes to a result: its item, unfolded as far as it takes to see it. */
  goToHit(hit: SearchHit): void;
  /** To the next result or the one before, going round. Gives whether there are any. */
  stepHit(by: 1 | -1): boolean;
}

const pause = 250;

export function searchActions(
  { page, set, say, fail, subscribe }: PageStore,
  way: Navigation,
  toggleReasoning: (message: number, part: number) => void,
): SearchActions {
  const { request, scope } = way;
  const change = (to: Partial<SearchPage>): void => set({ search: { ...page().search, ...to } });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;

  const begin = async (): Promise<void> => {
    clearTimeout(timer);
    const mine = ++asked;
    const { query } = page().search;
    set({ search: emptied(page().search) });
    if (query.text === '') {
      await request('searchStop', {});
      return;
    }
    change({ done: 0 });
    try {
      const { serial } = await request('search', { ...scope(), query });
      if (mine === asked) change({ serial });
    } catch (error) {
      if (mine !== asked) return;
      const text = error instanceof Error ? error.message : String(error);
      change({ done: null, said: { text, isError: true } });
    }
  };

  const stop = (): void => {
    clearTimeout(timer);
    asked += 1;
    const { done } = page().search;
    if (done === null) return;
    change({ done: null, serial: null, said: { text: 'Stopped.', isError: false } });
    void request('searchStop', {}).catch(fail);
  };

  way.onSearch(news => {
    const { search } = page();
    const next = withNews(search, news);
    if (next !== search) set({ search: next });
  });

  // What was found is what this list showed this rater then.
  let list = listText(page);
  subscribe(() => {
    const now = listText(page);
    if (now === list) return;
    list = now;
    const { search } = page();
    if (search.query.text === '') return;
    if (search.isOpen) void begin();
    else set({ search: emptied(search) });
  });

  /** One after another: of results that were chosen meanwhile only the last one is gone to. */
  let going: Promise<void> = Promise.resolve();
  const goTo = async (hit: SearchHit): Promise<void> => {
    if (page().search.chosen !== hit) return;
    if (page().view?.ordinal !== hit.ordinal) await way.go(hit.ordinal);
    const { view, search, reasoning, foldOpen } = page();
    if (search.chosen !== hit || view?.ordinal !== hit.ordinal) return;
    const at = view.messages.findIndex(({ index }) => index === hit.message);
    const part = view.messages[at]?.parts[hit.part];
    if (!part) {
      say('What was found is not shown here any more: search again.');
      return;
    }
    const fold = foldedRange(view);
    if (fold && at >= fold.from && at < fold.to && !foldOpen) set({ foldOpen: true });
    const isFetched = reasoning.has(`${String(hit.message)}.${String(hit.part)}`);
    if (part.kind === 'reasoning' && part.text === undefined && !isFetched)
      toggleReasoning(hit.message, hit.part);
  };
  const goToHit = (hit: SearchHit): void => {
    change({ chosen: hit });
    going = going.then(() => goTo(hit)).catch(fail);
  };

  return {
    openSearch: () => {
      if (page().search.isOpen) focusSearch();
      else change({ isOpen: true });
    },
    closeSearch: () => {
      stop();
      change({ isOpen: false, chosen: null });
      focusTranscript();
    },
    editSearch: (to, now) => {
      const { search } = page();
      change({ query: { ...search.query, ...to } });
      clearTimeout(timer);
      if (now) void begin().catch(fail);
      else timer = setTimeout(() => void begin().catch(fail), pause);
    },
    stopSearch: stop,
    goToHit,
    stepHit: by => {
      const { hits, chosen, isOpen } = page().search;
      if (!isOpen || hits.length === 0) return false;
      const at = chosen ? hits.indexOf(chosen) : -1;
      const next = at < 0 ? (by > 0 ? 0 : hits.length - 1) : (at + by + hits.length) % hits.length;
      const hit = hits[next];
      if (hit) goToHit(hit);
      return true;
    },
  };
}

/** Puts the keyboard into the panel's text field, and selects what is there. */
export function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>('.searchfield');
  field?.focus();
  field?.select();
}

function listText(page: PageStore['page']): string {
  const { state } = page();
  if (!state) return '';
  const { generation, rubric, subset, judge, rater } = state;
  return JSON.stringify([generation, rubric.criterion, subset?.name ?? null, judge, rater]);
}
