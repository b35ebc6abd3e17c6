import type { PairPoint } from '../agreement/agreementReport';

/**
 * The index that a key leads to in marks sorted as a `Scatter` is: left and right go along the human's scores, up and
 * down along the judge's, Home and End to either end. `null` for other keys.
 */
export function nextMark(marks: readonly PairPoint[], current: number, key: string): number | null {
  const last = marks.length - 1;
  switch (key) {
    case 'ArrowRight':
      return Math.min(last, current + 1);
    case 'ArrowLeft':
      return Math.max(0, current - 1);
    case 'ArrowUp':
    case 'ArrowDown': {
      const order = marks.map((_, index) => index);
      order.sort((left, right) => (marks[left]?.a ?? 0) - (marks[right]?.a ?? 0) || left - right);
      const place = order.indexOf(current) + (key === 'ArrowUp' ? 1 : -1);
      return order[Math.max(0, Math.min(last, place))] ?? null;
    }
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
