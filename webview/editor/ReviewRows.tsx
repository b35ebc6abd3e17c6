import type { EditorState } from '../../src/protocol/editorState';
import type { ItemView } from '../../src/protocol/itemView';
import type { DisagreementFilter } from '../../src/protocol/listFilter';
import type { ItemRow, ReviewRow } from '../../src/protocol/listRows';
import { causeName, signed } from './causes';
import type { Controller } from './controller';
import { ConsensusMark, JudgeMark, OwnMark } from './Ladder';
import { RowList } from './RowList';

interface Props {
  readonly state: EditorState;
  readonly view: ItemView | null;
  readonly filter: DisagreementFilter;
  readonly controller: Controller;
}

/** The disagreements, the farthest apart first: both scores, the difference, its cause and what the raters settled on. */
export function ReviewRows({ state, view, filter, controller }: Props) {
  const ordinal = view?.ordinal ?? -1;
  return (
    <RowList<ItemRow>
      state={state}
      count={state.items}
      current={{ index: null, isRow: row => row.ordinal === ordinal }}
      depends={reviewVersion(view, filter)}
      fetch={(from, count) => controller.request('rows', { ...controller.scope(), from, count })}
      rowState={row => (row?.review && isReviewed(row.review) ? 'done' : 'open')}
      words={{ open: 'not reviewed', done: 'reviewed' }}
      onPick={(_, row) => row && void controller.go(row.ordinal)}
      empty="No such disagreements."
      draw={row =>
        row?.review && (
          <>
            <span class="name" title={row.id}>
              {row.id ?? `Item ${String(row.ordinal + 1)}`} · turn {row.turn}
            </span>
            <span class="own">{row.review.difference !== null && `Δ ${signed(row.review.difference)}`}</span>
            <span class="detail compared">
              {row.review.human !== null && (
                <span title={row.review.of === 'own' ? 'your first score' : 'the mean of the raters’ scores'}>
                  <OwnMark /> {rounded(row.review.human)}
                </span>
              )}
              <span title="the judge’s score">
                <JudgeMark /> {row.judge ?? '–'}
              </span>
              {(row.review.cause !== null || row.review.consensus === null) && (
                <span class="clip" title={causeName(row.review.cause)}>
                  {causeName(row.review.cause)}
                </span>
              )}
              <Consensus value={row.review.consensus} />
            </span>
          </>
        )
      }
    />
  );
}

/** What the rows and counts of a review depend on, as one text. */
export function reviewVersion(view: ItemView | null, filter: DisagreementFilter): string {
  const { own, shown } = view ?? {};
  const consensus = shown?.consensus?.value;
  return JSON.stringify([filter, own?.cause, own?.value, own?.state, consensus, shown?.others]);
}

const isReviewed = ({ cause, consensus }: ReviewRow): boolean =>
  cause !== null || (consensus !== null && consensus !== 'open');

const rounded = (value: number): number => Math.round(value * 10) / 10;

function Consensus({ value }: { value: ReviewRow['consensus'] }) {
  if (value === null) return null;
  if (value === 'open') return <span title="the raters differ and have not settled it">unsettled</span>;
  return (
    <span title="the raters’ consensus">
      <ConsensusMark /> {value === 'cannot' ? 'cannot' : value}
    </span>
  );
}
