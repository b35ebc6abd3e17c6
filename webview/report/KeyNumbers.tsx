import { Fragment } from 'preact';
import type { MeasureValue, PairReport } from '../../src/core/agreement/agreementReport';
import { intervalText, noIntervalReason, noValueReason, printed } from './measureText';
import type { MeasureKind } from './measureWords';
import { range, signed } from './numbers';
import type { Sides } from './sides';

interface KeyNumbersProps {
  readonly pair: PairReport;
  readonly sides: Sides;
  /** T of "score ≥ T"; `null` where the rubric has none. */
  readonly cut: number | null;
}

/** The four numbers to remember, each with its interval or the reason why there is none. */
export function KeyNumbers({ pair, sides, cut }: KeyNumbersProps) {
  const { measures } = pair;
  const atCut = pair.thresholds.find(threshold => threshold.cut === cut)?.measures;
  const difference = `${sides.judged ? 'Judge − human' : `${sides.a.short} − ${sides.b.short}`}, points`;
  return (
    <dl class="key-numbers">
      <KeyNumber
        label="Quadratic κ"
        measures={[measures['cohenKappaQuadratic']]}
        kind="coefficient"
        sides={sides}
      />
      <KeyNumber label={difference} measures={[measures['meanDifference']]} kind="difference" sides={sides} />
      <KeyNumber
        label="Exact · within 1 point"
        measures={[measures['exactAgreement'], measures['withinOneAgreement']]}
        kind="share"
        sides={sides}
      />
      {atCut && (
        <KeyNumber
          label={`At ≥ ${cut}: sensitivity · specificity`}
          measures={[atCut['sensitivity'], atCut['specificity']]}
          kind="share"
          sides={sides}
        />
      )}
    </dl>
  );
}

interface KeyNumberProps {
  readonly label: string;
  readonly measures: readonly (MeasureValue | undefined)[];
  readonly kind: MeasureKind;
  readonly sides: Sides;
}

function KeyNumber({ label, measures, kind, sides }: KeyNumberProps) {
  const present = measures.filter(measure => measure !== undefined);
  if (present.length === 0) return null;
  const reasons = present.map(measure => whyIncomplete(measure, sides)).filter(reason => reason !== null);
  const intervals = present.map(measure => intervalOf(kind, measure));
  return (
    <div>
      <dt>{label}</dt>
      <dd class="figure">
        {present.map((measure, index) => (
          <Fragment key={index}>
            {index > 0 && ' · '}
            {measure.value === null ? <span class="undefined">undefined</span> : valueOf(kind, measure.value)}
          </Fragment>
        ))}
      </dd>
      {intervals.some(interval => interval !== null) && (
        <dd class="interval-text">{intervals.map(interval => interval ?? 'none').join(' · ')}</dd>
      )}
      {[...new Set(reasons)].map(reason => (
        <dd key={reason} class="reason">
          {reason}
        </dd>
      ))}
    </div>
  );
}

function valueOf(kind: MeasureKind, value: number): string {
  return kind === 'difference' ? signed(value, 1) : printed(kind, value);
}

function intervalOf(kind: MeasureKind, { value, ci }: MeasureValue): string | null {
  if (value === null || !ci) return null;
  return kind === 'difference' ? range(ci, end => signed(end, 1)) : intervalText(kind, ci);
}

function whyIncomplete(measure: MeasureValue, sides: Sides): string | null {
  if (measure.value === null) return noValueReason(measure, sides);
  return measure.ci ? null : noIntervalReason(measure, sides);
}
