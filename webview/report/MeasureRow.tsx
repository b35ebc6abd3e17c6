import type { MeasureValue } from '../../src/core/agreement/agreementReport';
import type { Forest, ForestRow } from '../../src/core/figures/forest';
import { ForestStrip } from './ForestStrip';
import { Mark } from './Mark';
import { intervalText, noIntervalReason, noValueReason, printed } from './measureText';
import type { MeasureWords } from './measureWords';
import type { Sides } from './sides';

interface MeasureRowProps {
  readonly words: MeasureWords;
  readonly measure: MeasureValue;
  readonly place: ForestRow;
  readonly ticks: Forest['ticks'];
  readonly analytic: boolean;
  readonly compact: boolean;
  readonly sides: Sides | undefined;
}

/** One measure: its value and interval, or why there is none. */
export function MeasureRow({ words, measure, place, ticks, analytic, compact, sides }: MeasureRowProps) {
  const { value, ci, method } = measure;
  const interval = intervalText(words.kind, ci);
  const published = intervalText(words.kind, measure.analyticCi);
  const how = interval ? (method ?? '') : noIntervalReason(measure, sides);
  // Where the page is narrow; methods then stand in "How they were counted" alone.
  const under =
    value === null
      ? null
      : [interval ? null : how, published && `analytic ${published}`].filter(Boolean).join(' · ');
  return (
    <tr>
      <th scope="row">
        {words.name}
        {words.mark && <Mark kind={words.mark} />}
        {under && !compact && <span class="under">{under}</span>}
      </th>
      {value === null ? (
        <td class="reason" colSpan={3}>
          undefined: {noValueReason(measure, sides)}
        </td>
      ) : (
        <>
          <td class="number value">{printed(words.kind, value)}</td>
          <td>{interval ?? <span class="quiet">none</span>}</td>
          <td class="strip-cell">
            <ForestStrip ticks={ticks} row={place} mark={words.mark} />
          </td>
        </>
      )}
      {analytic && <td class="aside">{value === null ? '' : published}</td>}
      {!compact && <td class="aside">{value === null ? '' : how}</td>}
    </tr>
  );
}
