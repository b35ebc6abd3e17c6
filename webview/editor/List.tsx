import type { EditorState, ItemRow, ItemView, RolloutRow } from '../../src/protocol/editorProtocol';
import type { Controller } from './controller';
import { RowList } from './RowList';
import { Sparkline } from './Sparkline';

interface Props {
  readonly state: EditorState;
  readonly view: ItemView | null;
  readonly controller: Controller;
  readonly width: number;
}

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
  const own = view?.own;
  return (
    <RowList<ItemRow>
      state={state}
      count={state.items}
      current={view?.ordinal ?? -1}
      depends={`${String(own?.flags.length)} ${String(own?.state)} ${String(own?.value)}`}
      fetch={(from, count) => controller.request('rows', { ...controller.scope(), from, count })}
      rowState={row => row?.state ?? 'open'}
      onPick={index => void controller.go(index)}
      draw={(row, index) => (
        <>
          <span class="name">Item {index + 1}</span>
          <span class="own">{ownText(row)}</span>
          <span class="detail">
            {row ? `turn ${String(row.turn)}` : ''}
            {row?.flagged === true ? ' · flagged' : ''}
          </span>
        </>
      )}
    />
  );
}

function Rollouts({ state, view, controller }: Props) {
  return (
    <RowList<RolloutRow>
      state={state}
      count={state.rollouts}
      current={view?.shown?.rolloutIndex ?? -1}
      depends={String(view?.own.flags.length)}
      fetch={(from, count) => controller.request('rolloutRows', { ...controller.scope(), from, count })}
      rowState={row => (row && row.done === row.to - row.from ? 'done' : 'open')}
      onPick={(_, row) => row && void controller.go(row.from)}
      draw={row => (
        <>
          <span class="name" title={row?.id}>
            {row?.id}
          </span>
          <span class="own">{row ? `${String(row.done)}/${String(row.to - row.from)}` : ''}</span>
          <span class="detail">
            {row && <Sparkline scores={row.scores} rubric={state.rubric} />}
            <span class="clip">
              {row?.detail}
              {row?.flagged === true ? ' · flagged' : ''}
            </span>
          </span>
        </>
      )}
    />
  );
}

function ownText(row: ItemRow | undefined): string {
  if (!row) return '';
  if (row.state === 'skipped') return 'skipped';
  return row.value === null ? '' : row.value === 'cannot' ? 'cannot' : String(row.value);
}
