import { useEffect, useRef } from 'preact/hooks';
import type { EditorState, ItemRow, ItemView, RolloutRow } from '../../src/protocol/editorProtocol';
import type { Controller } from './controller';
import { Sparkline } from './Sparkline';
import { usePages } from './usePages';
import { useVirtualRows } from './useVirtualRows';

interface Props {
  readonly state: EditorState;
  readonly view: ItemView | null;
  readonly controller: Controller;
  readonly width: number;
}

const rowHeight = 44;

/** The list on the left: items while blind, rollouts with the judge's scores once it is shown. */
export function List(props: Props) {
  const { state, width } = props;
  const shown = state.judge === 'shown';
  return (
    <nav
      class="list"
      style={{ width: `clamp(150px, 24vw, ${String(width)}px)` }}
      aria-label={shown ? 'Rollouts' : 'Items'}
    >
      <h2 class="group">
        {shown ? `${String(state.rollouts)} rollouts · by order` : `${String(state.items)} items · by order`}
      </h2>
      {shown ? <Rollouts key="rollouts" {...props} /> : <Items key="items" {...props} />}
    </nav>
  );
}

function Items({ state, view, controller }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const { rows, height, scrollTo } = useVirtualRows(state.items, rowHeight, scroller);
  const version = `${String(state.generation)} ${state.rubric.criterion} ${String(state.rater)} ${String(state.done)} ${String(view?.own.flags.length)} ${String(view?.own.state)} ${String(view?.own.value)} ${String(Math.min(state.items, 100))}`;
  const row = usePages<ItemRow>(
    version,
    rows.map(({ index }) => index),
    (from, count) => controller.request('rows', { ...controller.scope(), from, count }),
  );
  const current = view?.ordinal ?? -1;
  useEffect(() => {
    if (current >= 0) scrollTo(current);
  }, [current, state.items > 0]);
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
              onClick={() => void controller.go(index)}
            >
              <Dot state={row(index)?.state ?? 'open'} />
              <span class="name">Item {index + 1}</span>
              <span class="own">{ownText(row(index))}</span>
              <span class="detail">
                {row(index) ? `turn ${String(row(index)?.turn)}` : ''}
                {row(index)?.flagged === true ? ' · flagged' : ''}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Rollouts({ state, view, controller }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const { rows, height, scrollTo } = useVirtualRows(state.rollouts, rowHeight, scroller);
  const version = `${String(state.generation)} ${state.rubric.criterion} ${String(state.rater)} ${String(state.done)} ${String(view?.own.flags.length)} ${String(Math.min(state.rollouts, 100))}`;
  const row = usePages<RolloutRow>(
    version,
    rows.map(({ index }) => index),
    (from, count) => controller.request('rolloutRows', { ...controller.scope(), from, count }),
  );
  const current = view?.shown?.rolloutIndex ?? -1;
  useEffect(() => {
    if (current >= 0) scrollTo(current);
  }, [current]);
  return (
    <div ref={scroller} class="rows">
      <ul style={{ height: `${String(height)}px` }}>
        {rows.map(({ index, start }) => {
          const rollout = row(index);
          const items = rollout ? rollout.to - rollout.from : 0;
          return (
            <li key={index} style={{ transform: `translateY(${String(start)}px)` }}>
              <button
                type="button"
                class="row"
                aria-current={index === current}
                tabIndex={index === current ? 0 : -1}
                title={rollout?.id ?? ''}
                onClick={() => rollout && void controller.go(rollout.from)}
              >
                <Dot state={rollout && rollout.done === items ? 'done' : 'open'} />
                <span class="name">{rollout?.id ?? ''}</span>
                <span class="own">{rollout ? `${String(rollout.done)}/${String(items)}` : ''}</span>
                <span class="detail">
                  {rollout && <Sparkline scores={rollout.scores} rubric={state.rubric} />}
                  <span class="clip">
                    {rollout?.detail}
                    {rollout?.flagged === true ? ' · flagged' : ''}
                  </span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** State by shape as well as by colour: ring, disc, dashed ring. */
function Dot({ state }: { state: ItemRow['state'] }) {
  const words = { open: 'not labelled', done: 'labelled', skipped: 'skipped' };
  return <span class={`dot ${state}`} role="img" aria-label={words[state]} />;
}

function ownText(row: ItemRow | undefined): string {
  if (!row) return '';
  if (row.state === 'skipped') return 'skipped';
  return row.value === null ? '' : row.value === 'cannot' ? 'cannot' : String(row.value);
}
