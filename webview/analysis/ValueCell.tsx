import type { MeasureValue } from '../../src/core/agreement/agreementReport';
import { numberWords, rangeWords, type ValueKind } from '../../src/core/figures/analysis/valueWords';

interface ValueCellProps {
  readonly measured: MeasureValue;
  readonly kind: ValueKind;
}

/** A number with its interval underneath; without one, "—" and the reason for whoever points at it. */
export function ValueCell({ measured: { value, ci, reason }, kind }: ValueCellProps) {
  if (value === null)
    return (
      <td title={reason}>
        —<span class="sr"> {reason ?? 'undefined'}</span>
      </td>
    );
  return (
    <td title={ci ? undefined : reason}>
      {numberWords(value, kind)}
      {ci && <span class="under">{rangeWords(ci, kind)}</span>}
    </td>
  );
}
