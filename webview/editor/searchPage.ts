import type { SearchQuery } from '../../src/core/search/searchQuery';
import type { SearchHit, SearchNews } from '../../src/protocol/searchProtocol';
import type { FoundMark } from './textMarks';

/** The search of a page: what is looked for, and what was found so far. Nothing of it outlives the page. */
export interface SearchPage {
  readonly isOpen: boolean;
  readonly query: SearchQuery;
  /** Of the search that runs or ran last; `null` before its request was answered, and without any. */
  readonly serial: number | null;
  /** In the order of the list. */
  readonly hits: readonly SearchHit[];
  readonly total: number;
  readonly rollouts: number;
  /** Share that is searched; `null` where nothing runs. */
  readonly done: number | null;
  /** Why it ended early, or can't be: one sentence. */
  readonly said: { readonly text: string; readonly isError: boolean } | null;
  /** The result that one went to. */
  readonly chosen: SearchHit | null;
}

export const noSearch: SearchPage = {
  isOpen: false,
  query: { text: '', regex: false, matchCase: false, wholeWord: false, role: 'any', part: 'any' },
  serial: null,
  hits: [],
  total: 0,
  rollouts: 0,
  done: null,
  said: null,
  chosen: null,
};

/** The same search with nothing found. */
export const emptied = (search: SearchPage): SearchPage => ({
  ...noSearch,
  isOpen: search.isOpen,
  query: search.query,
});

/** With what the host has found since. */
export function withNews(search: SearchPage, news: SearchNews): SearchPage {
  if (news.serial !== search.serial) return search;
  const hits = news.hits.length === 0 ? search.hits : inOrder([...search.hits, ...news.hits]);
  return { ...search, hits, total: news.total, rollouts: news.rollouts, done: news.done, said: news.ended };
}

/** Results come rollout by rollout: in a subset, whose slots are shuffled, not in the list's order. */
function inOrder(hits: SearchHit[]): SearchHit[] {
  return hits.every((hit, at) => at === 0 || compare(hits[at - 1] ?? hit, hit) <= 0)
    ? hits
    : hits.sort(compare);
}

const compare = (a: SearchHit, b: SearchHit): number =>
  a.ordinal - b.ordinal || a.message - b.message || a.part - b.part || a.start - b.start;

/** A line of the list of results. */
export type SearchRow =
  | { readonly kind: 'group'; readonly name: string; readonly count: number }
  | { readonly kind: 'hit'; readonly hit: SearchHit; readonly label: string }
  | { readonly kind: 'more'; readonly count: number };

/** Results under the rollout that they are in; while that may not be known, under their item. */
export function searchRows(hits: readonly SearchHit[]): SearchRow[] {
  const rows: SearchRow[] = [];
  for (let from = 0; from < hits.length;) {
    const first = hits[from];
    if (!first) break;
    const name = nameOf(first);
    let to = from;
    while (to < hits.length && nameOf(hits[to] ?? first) === name) to += 1;
    rows.push({ kind: 'group', name, count: to - from });
    for (const hit of hits.slice(from, to)) {
      rows.push({ kind: 'hit', hit, label: labelOf(hit) });
      if (hit.more > 0) rows.push({ kind: 'more', count: hit.more });
    }
    from = to;
  }
  return rows;
}

const nameOf = ({ id, ordinal, itemTurn }: SearchHit): string =>
  id ?? `Item ${String(ordinal + 1)} · turn ${String(itemTurn)}`;

const kindNames: Readonly<Record<SearchHit['kind'], string>> = {
  text: '',
  reasoning: 'reasoning',
  'reasoning-summary': 'summary',
  'tool-call': 'call',
  'tool-result': 'result',
};

/** "T13 reasoning", "user". */
function labelOf({ turn, role, kind }: SearchHit): string {
  return [turn === null ? role : `T${String(turn)}`, kindNames[kind]].filter(text => text !== '').join(' ');
}

/** "12 results in 5 rollouts". */
export function countText({ total, rollouts, done, query }: SearchPage): string {
  if (query.text === '') return '';
  if (total === 0) return done === null ? 'No results.' : '';
  const results = total === 1 ? '1 result' : `${total.toLocaleString('en')} results`;
  const where = rollouts === 1 ? '1 rollout' : `${rollouts.toLocaleString('en')} rollouts`;
  return `${results} in ${where}`;
}

/** What was found in the item that one went to, by message; the result itself is `here`. */
export function foundMarks(
  { hits, chosen }: Pick<SearchPage, 'hits' | 'chosen'>,
  ordinal: number,
): ReadonlyMap<number, readonly FoundMark[]> {
  const marks = new Map<number, FoundMark[]>();
  if (chosen?.ordinal !== ordinal) return marks;
  for (const hit of hits) {
    if (hit.ordinal !== ordinal) continue;
    const { message, part, start, end } = hit;
    const mark: FoundMark =
      hit === chosen
        ? { part, start, end, kind: 'here', name: 'found-here' }
        : { part, start, end, kind: 'found' };
    marks.set(message, [...(marks.get(message) ?? []), mark]);
  }
  return marks;
}
