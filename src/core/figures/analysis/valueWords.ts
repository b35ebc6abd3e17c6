import type { MeasureValue } from '../../agreement/agreementReport';

/** What a number is: on the criterion's scale, a share of 1, or a difference of either. */
export type ValueKind = 'score' | 'share' | 'score difference' | 'share difference';

/** "4.31", "41.3%", "+0.52", "−8.1 pp"; a minus is a minus. */
export function numberWords(value: number, kind: ValueKind): string {
  const share = kind.startsWith('share');
  const digits = (share ? value * 100 : value).toFixed(share ? 1 : 2);
  const zero = Number(digits) === 0;
  const text = zero ? digits.replace('-', '') : digits.replace('-', '−');
  const sign = kind.endsWith('difference') && !zero && value > 0 ? '+' : '';
  return `${sign}${text}${kind === 'share' ? '%' : kind === 'share difference' ? ' pp' : ''}`;
}

/** "4.31 (95% interval 3.90 to 4.72)"; where there is no interval or no value, the reason stands in its place. */
export function valueWords({ value, ci, reason }: MeasureValue, kind: ValueKind): string {
  if (value === null) return reason ?? 'undefined';
  const number = numberWords(value, kind);
  if (ci) return `${number} (95% interval ${rangeWords(ci, kind)})`;
  if (reason === undefined) return number;
  return `${number} (${reason.startsWith('no interval') ? reason : `no interval: ${reason}`})`;
}

/** "3.90 to 4.72": a dash would be read as a minus. */
export function rangeWords([low, high]: readonly [number, number], kind: ValueKind): string {
  return `${numberWords(low, kind)} to ${numberWords(high, kind)}`;
}

/** "1 rollout", "1,868 rollouts". */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

/** "1 rollout of 1 prompt", "75 rollouts in 25 prompts": the clusters are said where they are not the rollouts themselves. */
export function clusteredWords(count: number, one: string, clusters: number, clusterBy: string): string {
  const counted = countWords(count, one);
  if (clusterBy === 'rollout' && one === 'rollout') return counted;
  return `${counted} in ${countWords(clusters, 'cluster')} (${clusterBy})`;
}
