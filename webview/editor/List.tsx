import type { EditorState } from '../../src/protocol/editorState';
import type { ItemView } from '../../src/protocol/itemView';
import type { ListFilter } from '../../src/protocol/listFilter';
import type { ItemRow, RolloutRow } from '../../src/protocol/listRows';
import type { Controller } from './controller';
import { Dropdown } from './Dropdown';
import { filterNames, isQuery, isReview, nameOf, spotCheckOf, wholeReview } from './filterNames';
import type { FilterName } from './filterNames';
import { JudgeMark } from './Ladder';
import { QueryBar } from './QueryBar';
import { ReviewRows } from './ReviewRows';
import { listName } from './listName';
import { RowList } from './RowList';
import { Sparkline } from './Sparkline';

interface Props {
  readonly state: EditorState;
  readonly view: ItemView | null;
  readonly filter: ListFilter;
  readonly controller: Controller;
  readonly width: number;
}

/** The list on the left: items while blind and in a subset, rollouts once the judge of the file is shown. */
export function List(props: Props) {
  const { state, width, filter, controller } = props;
  const isShown = state.judge === 'shown';
  const byRollout = isShown && state.subset === null && filter === 'all';
  const mayCompare = isShown || state.subset?.reveal === 'after-item';
  const name = nameOf(filter);
  const mayCheck =
    state.rubric.part === 'reasoning' && state.subset === null && state.rubric.thresholds.length > 0;
  const isChecking = mayCheck && isQuery(filter) && filter.text === spotCheckOf(state.rubric).text;
  const options = (Object.keys(filterNames) as FilterName[]).filter(
    each =>
      (each !== 'disagreements' || mayCompare) && ((each !== 'picked' && each !== 'query') || name === each),
  );
  const choose = (chosen: FilterName | typeof spotCheck): void => {
    if (chosen === 'disagreements') controller.setFilter(wholeReview);
    else if (chosen === spotCheck) controller.spotCheck();
    else if (chosen !== 'picked' && chosen !== 'query') controller.setFilter(chosen);
  };
  return (
    <nav
      class="list"
      style={{ width: `clamp(150px, 24vw, ${String(width)}px)` }}
      aria-label={byRollout ? 'Rollouts' : 'Items'}
    >
      <div class="listhead">
        {filter === 'all' && <h2 class="group">{heading(state, byRollout)}</h2>}
        <Dropdown
          label="Show in the list"
          title={name === 'disagreements' ? 'Farthest apart first' : 'Show in the list'}
          testId="filter"
          value={isChecking ? spotCheck : name}
          onChoose={value => choose(value as FilterName)}
        >
          {options.map(each => (
            <option key={each} value={each}>
              {filterNames[each]}
            </option>
          ))}
          {mayCheck && <option value={spotCheck}>Illegible CoTs</option>}
        </Dropdown>
      </div>
      {(name === 'all' || name === 'query') && state.items > 0 && (
        <QueryBar
          key={listName({ criterion: state.rubric.criterion, subset: state.subset?.name ?? null })}
          {...props}
        />
      )}
      {byRollout ? (
        <Rollouts key="rollouts" {...props} />
      ) : isReview(filter) ? (
        <ReviewRows key={`review ${state.subset?.name ?? ''}`} {...props} filter={filter} />
      ) : (
        <Items key={`items ${JSON.stringify(filter)} ${state.subset?.name ?? ''}`} {...props} />
      )}
    </nav>
  );
}

/** The preset of the legibility list. */
const spotCheck = 'spot-check';

function heading({ items, rollouts, subset }: EditorState, byRollout: boolean): string {
  if (byRollout) return rollouts === 1 ? '1 rollout' : `${String(rollouts)} rollouts`;
  return subset ? subset.name : `${String(items)} ${items === 1 ? 'item' : 'items'}`;
}

function Items({ state, view, filter, controller }: Props) {
  const own = view?.own;
  const ordinal = view?.ordinal ?? -1;
  return (
    <RowList<ItemRow>
      state={state}
      count={state.items}
      current={{ index: filter === 'all' ? ordinal : null, isRow: row => row.ordinal === ordinal }}
      depends={[
        own?.flags.length,
        own?.state,
        own?.value,
        view?.shown !== undefined,
        JSON.stringify(filter),
      ].join(' ')}
      fetch={(from, count) => controller.request('rows', { ...controller.scope(), from, count })}
      rowState={row => row?.state ?? 'open'}
      onPick={(index, row) => void controller.go(row?.ordinal ?? index)}
      empty={isQuery(filter) ? 'Nothing matches.' : `No ${filterNames[nameOf(filter)].toLowerCase()} items.`}
      draw={(row, index) => (
        <>
          <span class="name" title={row?.id}>
            {row?.id ?? `Item ${String((row?.ordinal ?? index) + 1)}`}
          </span>
          <span class="own">
            {ownText(row)}
            {row?.judge !== undefined && (
              <span class="judged" title="the judge’s score">
                <JudgeMark /> {row.judge ?? '–'}
              </span>
            )}
          </span>
          <span class="detail">
            <span class="clip" title={detailText(row)}>
              {detailText(row)}
            </span>
          </span>
        </>
      )}
    />
  );
}

function Rollouts({ state, view, controller }: Props) {
  const at = view?.shown?.rolloutIndex ?? -1;
  return (
    <RowList<RolloutRow>
      state={state}
      count={state.rollouts}
      current={{ index: at, isRow: row => row.index === at }}
      depends={String(view?.own.flags.length)}
      fetch={async (from, count) => ({
        total: state.rollouts,
        rows: await controller.request('rolloutRows', { ...controller.scope(), from, count }),
      })}
      rowState={row => (row && row.done === row.to - row.from ? 'done' : 'open')}
      onPick={(_, row) => row && void controller.go(row.from)}
      empty=""
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
  if (row.state === 'skipped' || row.state === 'dismissed') return row.state;
  return row.value === null ? '' : row.value === 'cannot' ? 'cannot' : String(row.value);
}

function detailText(row: ItemRow | undefined): string {
  if (!row) return '';
  if (row.state === 'gone') return 'no longer in the file';
  const { turn, flagged, warnings = [], detail = '' } = row;
  return [`turn ${String(turn)}`, ...(flagged ? ['flagged'] : []), ...warnings, detail]
    .filter(Boolean)
    .join(' · ');
}
