import { count, fixed } from '../report/numbers';
import { noHalfWidths, secondsAnItem, timeWords } from './previewWords';
import type { Previewed } from './usePreview';

interface ForecastProps extends Previewed {
  /** The file has judge scores. */
  readonly judged: boolean;
}

/** What the subset costs, and how much its labels will tell. */
export function Forecast({ numbers, options, judged }: ForecastProps) {
  const { slots, drawn, load, halfWidths } = numbers;
  const most = load.length === 0 ? slots : Math.max(...load.map(rater => rater.slots));
  const repeats = slots - drawn;
  return (
    <>
      <dl class="key-numbers">
        <div>
          <dt>Slots</dt>
          <dd class="figure">{count(slots)}</dd>
          <dd>{repeats > 0 ? `${count(repeats)} of them repeats` : 'no repeats'}</dd>
        </div>
        <div>
          <dt>{load.length > 1 ? 'Busiest rater' : 'A rater’s time'}</dt>
          <dd class="figure">{timeWords(most)}</dd>
          <dd>about, at {secondsAnItem} s an item</dd>
        </div>
        {halfWidths && (
          <>
            <div>
              <dt>Share at ≥ {halfWidths.share.cut}</dt>
              <dd class="figure">± {fixed(100 * halfWidths.share.value, 1)}</dd>
              <dd>percentage points</dd>
            </div>
            <div>
              <dt>Mean score</dt>
              <dd class="figure">± {fixed(halfWidths.mean, 2)}</dd>
              <dd>scale points</dd>
            </div>
          </>
        )}
      </dl>
      {halfWidths ? (
        <details class="assumptions">
          <summary>± are planned half-widths of 95% intervals: what they assume</summary>
          <ul>
            {halfWidths.assumptions.map(assumption => (
              <li key={assumption}>{assumption}</li>
            ))}
          </ul>
        </details>
      ) : (
        <p class="note">{noHalfWidths(options, judged)}</p>
      )}
    </>
  );
}
