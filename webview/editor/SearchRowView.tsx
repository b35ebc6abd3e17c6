import type { SearchHit } from '../../src/protocol/searchProtocol';
import { RawText } from './RawText';
import type { SearchRow } from './searchPage';
import type { TextMark } from './textMarks';

const none: readonly TextMark[] = [];
/** Characters before the match that leave room for it in a narrow list. */
const mostBefore = 12;

interface Props {
  readonly row: SearchRow;
  readonly isChosen: boolean;
  /** The one that Tab comes to while none is chosen. */
  readonly isFirst: boolean;
  readonly onChoose: (hit: SearchHit, isByKey: boolean) => void;
}

/** One line of the results: a rollout or item, a match in its line of text, or how many more there are. */
export function SearchRowView({ row, isChosen, isFirst, onChoose }: Props) {
  switch (row.kind) {
    case 'group':
      return (
        <p class="searchgroup" title={row.name}>
          <span class="clip">{row.name}</span>
          <span class="badge">{row.count}</span>
        </p>
      );
    case 'more':
      return <p class="searchmore muted">and {row.count.toLocaleString('en')} more in this rollout</p>;
    case 'hit': {
      const { before, match, after } = row.hit;
      return (
        <button
          type="button"
          class="searchrow"
          aria-current={isChosen}
          tabIndex={isChosen || isFirst ? 0 : -1}
          title={before + match + after}
          // A press of Enter is a click without a pointer.
          onClick={event => onChoose(row.hit, event.detail === 0)}
        >
          <span class="searchline">
            <RawText text={shortened(before)} marks={none} />
            <mark class="found">
              <RawText text={match} marks={none} />
            </mark>
            <RawText text={after} marks={none} />
          </span>
          <span class="searchlabel">{row.label}</span>
        </button>
      );
    }
  }
}

const shortened = (before: string): string =>
  before.length <= mostBefore ? before : `…${before.slice(-mostBefore).replace(/^[\udc00-\udfff]/, '')}`;
