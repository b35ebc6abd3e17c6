import type { TargetedKeyboardEvent } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { SearchPart, SearchQuery, SearchRole } from '../../src/core/search/searchQuery';
import type { Controller } from './controller';
import { focusTranscript } from './focusTranscript';
import { focusSearch } from './searchActions';
import { countText, searchRows } from './searchPage';
import type { SearchPage } from './searchPage';
import { SearchRowView } from './SearchRowView';
import { useVirtualRows } from './useVirtualRows';

interface Props {
  readonly search: SearchPage;
  readonly width: number;
  readonly controller: Controller;
}

const rowHeight = 22;

const roles: Readonly<Record<SearchRole, string>> = {
  any: 'any role',
  system: 'system',
  user: 'user',
  assistant: 'assistant',
  tool: 'tool',
};
const parts: Readonly<Record<SearchPart, string>> = {
  any: 'any part',
  text: 'text',
  reasoning: 'reasoning',
  'tool-call': 'tool calls',
  'tool-result': 'tool results',
};

const toggles: readonly {
  readonly key: 'matchCase' | 'wholeWord' | 'regex';
  readonly sign: string;
  readonly name: string;
}[] = [
  { key: 'matchCase', sign: 'Aa', name: 'Match case' },
  { key: 'wholeWord', sign: 'ab', name: 'Whole words' },
  { key: 'regex', sign: '.*', name: 'Regular expression' },
];

/** The search over the list pane: what is looked for, how far it is, and the results by rollout. */
export function SearchPanel({ search, width, controller }: Props) {
  const { query, hits, chosen, done, said } = search;
  const panel = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => searchRows(hits), [hits]);
  const virtual = useVirtualRows(rows.length, rowHeight, scroller);
  const at = useMemo(() => rows.findIndex(row => row.kind === 'hit' && row.hit === chosen), [rows, chosen]);
  useEffect(focusSearch, []);
  useEffect(() => {
    if (at >= 0) virtual.scrollTo(at);
  }, [at]);
  // The keyboard stays with the result that it went to, wherever that is drawn now.
  const focusChosen = useRef(false);
  useLayoutEffect(() => {
    const button = panel.current?.querySelector<HTMLElement>('.searchrow[aria-current="true"]');
    if (!focusChosen.current || !button) return;
    button.focus({ preventScroll: true });
    focusChosen.current = false;
  });
  const step = (by: 1 | -1, focuses: boolean): void => {
    const went = controller.stepHit(by);
    focusChosen.current = focuses && went;
  };
  const edit = (change: Partial<SearchQuery>): void => controller.editSearch(change, true);

  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    const { target } = event;
    const isField = target instanceof HTMLInputElement;
    const isRow = target instanceof Element && target.closest('.searchrow') !== null;
    if (event.key === 'Escape') controller.closeSearch();
    else if (event.key === 'Enter' && isField) step(event.shiftKey ? -1 : 1, false);
    else if (event.key === 'ArrowDown' && (isField || isRow)) step(1, true);
    else if (event.key === 'ArrowUp' && isRow) {
      if (!chosen || chosen === hits[0]) focusSearch();
      else step(-1, true);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <nav
      ref={panel}
      class="list search"
      style={{ width: `clamp(220px, 32vw, ${String(Math.max(width, 320))}px)` }}
      aria-label="Search"
      onKeyDown={onKeyDown}
    >
      <div class="searchhead" role="search">
        <div class="searchbox">
          <input
            class="searchfield"
            data-testid="search"
            aria-label="Search the text of all rollouts"
            aria-invalid={said?.isError === true}
            placeholder="Search the text of all rollouts"
            spellcheck={false}
            autocomplete="off"
            maxLength={1000}
            value={query.text}
            onInput={event => controller.editSearch({ text: event.currentTarget.value }, false)}
          />
          {toggles.map(({ key, sign, name }) => (
            <button
              key={key}
              type="button"
              class={`toggle ${key}`}
              aria-pressed={query[key]}
              aria-label={name}
              title={name}
              onClick={() => edit({ [key]: !query[key] })}
            >
              <span data-sign={sign} aria-hidden="true" />
            </button>
          ))}
          <button
            type="button"
            class="toggle"
            aria-label="Close the search"
            title="Close the search (Escape)"
            onClick={() => controller.closeSearch()}
          >
            ×
          </button>
        </div>
        <div class="searchchoices">
          <select
            class="select"
            aria-label="Role"
            value={query.role}
            onChange={event => edit({ role: event.currentTarget.value as SearchRole })}
          >
            {Object.entries(roles).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
          <select
            class="select"
            aria-label="Part"
            value={query.part}
            onChange={event => edit({ part: event.currentTarget.value as SearchPart })}
          >
            {Object.entries(parts).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <p class="searchcount">
          <span role="status" data-testid="search-count">
            {countText(search)}
          </span>
          {done !== null && (
            <>
              <span class="muted">{Math.floor(done * 100)}%</span>
              <button type="button" class="link" onClick={() => controller.stopSearch()}>
                Stop
              </button>
            </>
          )}
        </p>
        {said && (
          <p class={said.isError ? 'searchsaid error' : 'searchsaid muted'} role="status">
            {said.text}
          </p>
        )}
      </div>
      <div ref={scroller} class="rows searchrows" data-testid="search-results">
        <ul style={{ height: `${String(virtual.height)}px` }}>
          {virtual.rows.map(({ index, start }) => {
            const row = rows[index];
            return (
              row && (
                <li key={index} style={{ transform: `translateY(${String(start)}px)` }}>
                  <SearchRowView
                    row={row}
                    isChosen={index === at}
                    isFirst={at < 0 && index === 1}
                    onChoose={(hit, isByKey) => {
                      controller.goToHit(hit);
                      if (isByKey) focusTranscript();
                    }}
                  />
                </li>
              )
            );
          })}
        </ul>
      </div>
    </nav>
  );
}
