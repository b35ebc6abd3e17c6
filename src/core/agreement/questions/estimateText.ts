import type { MeasureValue } from '../agreementReport';
import { formatInterval, formatNumber } from '../numberText';

/** "0.812 (95% interval 0.741 to 0.870)"; where there is none, the reason stands in its place. */
export function estimateText({ value, ci, reason }: MeasureValue, interval = '95% interval'): string {
  if (value === null) return `undefined (${reason ?? 'no value'})`;
  const number = formatNumber(value);
  if (ci) {
    const [low, high] = formatInterval(ci);
    return `${number} (${interval} ${low} to ${high})`;
  }
  if (reason === undefined) return number;
  return `${number} (${reason.startsWith('no interval') ? reason : `no interval: ${reason}`})`;
}

/** "a", "a and b", "a, b and c". */
export function listText(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

/** "1 item", "2 items". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}
