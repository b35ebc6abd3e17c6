import { formatNumber } from '../agreement/numberText';
import type { MeasureValue } from '../agreement/agreementReport';

/** How a figure prints its numbers. */
export type NumberFormat = (value: number) => string;

/** A coefficient or points of the scale: two decimals. */
export const twoDecimals: NumberFormat = value => formatNumber(value, 2);

/** A difference: two decimals with its sign. */
export const withSign: NumberFormat = value => {
  const text = twoDecimals(value);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
};

/** A share in percent, one decimal. */
export const percent: NumberFormat = value => `${formatNumber(100 * value, 1)}%`;

/** A tick: as few digits as it has. */
export const asTick: NumberFormat = value => String(Number(value.toPrecision(6))).replace('-', '−');

/** A share's tick. */
export const percentTick: NumberFormat = value => `${asTick(100 * value)}%`;

/** A count with separators, or a sum of weights with one decimal. */
export const countText: NumberFormat = value => {
  const text = Number.isInteger(value) ? String(value) : value.toFixed(1);
  return text.replace(/\B(?=(\d{3})+(?!\d))/g, (_, __, at: number) =>
    text.slice(0, at).includes('.') ? '' : ',',
  );
};

/** A measure as lines of a tooltip: its value, then its interval or why there is none. */
export function measureLines(
  { value, ci, reason }: MeasureValue,
  format: NumberFormat = twoDecimals,
  interval = '95% interval',
): string[] {
  if (value === null) return [`undefined: ${reason ?? 'no value'}`];
  return [format(value), ci ? `${interval} ${format(ci[0])} to ${format(ci[1])}` : (reason ?? 'no interval')];
}

/** The same in one piece: "0.81 (95% interval 0.74 to 0.87)". */
export function measurePhrase(
  measure: MeasureValue,
  format: NumberFormat = twoDecimals,
  interval?: string,
): string {
  const [value = '', rest] = measureLines(measure, format, interval);
  return rest === undefined ? value : `${value} (${rest})`;
}
