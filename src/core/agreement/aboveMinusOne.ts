import type { MeasureValue } from './agreementReport';
import { withoutInterval } from './measure';

/** AC2 and the ICCs may go below −1, where atanh has no value: no interval there. */
export function aboveMinusOne(measured: MeasureValue): MeasureValue {
  const { value } = measured;
  return value === null || value > -1
    ? measured
    : withoutInterval(value, 'no interval for a coefficient of −1 or less');
}
