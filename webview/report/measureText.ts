import type { MeasureValue } from '../../src/core/agreement/agreementReport';
import type { MeasureKind } from './measureWords';
import { coefficient, fixed, range, signed } from './numbers';
import { withNames, type Sides } from './sides';

/** How a number of this kind is printed. */
export function printed(kind: MeasureKind, value: number): string {
  if (kind === 'difference') return signed(value, 2);
  return kind === 'points' ? fixed(value, 2) : coefficient(value);
}

/** The interval, `null` where there is none. */
export function intervalText(kind: MeasureKind, ci: MeasureValue['ci']): string | null {
  return ci ? range(ci, value => printed(kind, value)) : null;
}

/** Why there is no interval, with the sides by their names: "no interval from 6 clusters: …". */
export function noIntervalReason({ reason }: MeasureValue, sides?: Sides): string {
  if (!reason) return 'no interval';
  const named = sides ? withNames(reason, sides) : reason;
  return named.startsWith('no interval') ? named : `no interval: ${named}`;
}

/** Why there is no value, with the sides by their names. */
export function noValueReason({ reason }: MeasureValue, sides?: Sides): string {
  if (!reason) return 'undefined here';
  return sides ? withNames(reason, sides) : reason;
}
