import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { EditorState, ItemState } from '../../src/protocol/editorProtocol';
import { usePages } from './usePages';
import { useVirtualRows } from './useVirtualRows';

const rowHeight = 44;

interface Props<Row> {
  readonly state: EditorState;
  readonly count: number;
  /** Index of the row that is looked at, −1 for none. */
  readonly current: number;
  /** What else the rows depend on, as one text. */
  readonly depends: string;
  readonly fetch: (from: number, count: number) => Promise<readonly Row[]>;
  readonly rowState: (row: Row | undefined) => ItemState;
  readonly onPick: (index: number, row: Row | undefined) => void;
  /** Name, own mark and detail of a row; `undefined` while it is fetched. */
  readonly draw: (row: Row | undefined, index: number) => ComponentChildren;
}

/** A long list of which only the rows in sight are fetched and drawn. */
export function RowList<Row>({ state, count, current, depends, fetch, rowState, onPick, draw }: Props<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const { rows, height, scrollTo } = useVirtualRows(count, rowHeight, scroller);
  // While the file is read, the first page fills up: later pages are asked for when they come into sight.
  const version = [
    state.generation,
    state.rubric.criterion,
    state.rater,
    state.done,
    Math.min(count, 100),
    depends,
  ];
  const row = usePages<Row>(
    version.join(' '),
    rows.map(({ index }) => index),
    fetch,
  );
  useEffect(() => {
    if (current >= 0) scrollTo(current);
  }, [current, count > 0]);
  return (
    <div ref={scroller} class="rows">
      <ul style={{ height: `${String(height)}px` }}>
        {rows.map(({ index, start }) => (
          <li key={index} style={{ transform: `translateY(${String(start)}px)` }}>
            <button
              type="button"
              class="row"
              aria-current={index === current}
              tabIndex={index === current ? 0 : -1}
              onClick={() => onPick(index, row(index))}
            >
              <Dot state={rowState(row(index))} />
              {draw(row(index), index)}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** State by shape as well as by colour: ring, disc, dashed ring. */
function Dot({ state }: { state: ItemState }) {
  const words = { open: 'not labelled', done: 'labelled', skipped: 'skipped' };
  return <span class={`dot ${state}`} role="img" aria-label={words[state]} />;
}
