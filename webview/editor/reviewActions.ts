import type { DisagreementFilter, ListFilter } from '../../src/protocol/listFilter';
import { isReview } from './filterNames';
import type { Navigation } from './navigation';
import type { PageStore } from './pageStore';
import type { Runner } from './runner';

/** Going through the disagreements: which of them, why they are there, and what the raters settle on. */
export interface ReviewActions {
  setCause(code: string | null): void;
  toggleAdjudicating(): void;
  /** Stores the raters' consensus on the item on the screen, and goes on. */
  settle(value: number | 'cannot'): void;
  setFilter(filter: ListFilter): void;
  /** Changes which disagreements are gone through, where they are. */
  narrow(change: Partial<DisagreementFilter>): void;
}

export function reviewActions(
  { page, set, keep, say }: PageStore,
  way: Navigation,
  { actNext, onItem }: Runner,
): ReviewActions {
  const { request, scope } = way;

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

  const setFilter = (filter: ListFilter): void => {
    keep({ filter });
    set({ adjudicating: false });
    actNext(async () => {
      // A review begins with the farthest apart.
      const first = isReview(filter)
        ? (await request('rows', { ...scope(), from: 0, count: 1 })).rows[0]
        : null;
      if (first) await way.go(first.ordinal);
      else await way.refresh();
    });
  };

  return {
    settle,
    setFilter,
    narrow: change => {
      const { filter } = page().kept;
      if (isReview(filter)) setFilter({ ...filter, ...change });
    },
    setCause: code =>
      onItem(async ordinal => {
        await request('cause', { ...scope(), ordinal, code });
        await way.refresh();
      }),
    toggleAdjudicating: () => set({ adjudicating: !page().adjudicating }),
  };
}
