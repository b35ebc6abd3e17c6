/** A stretch of an item's text, UTF-16 offsets [start, end), and the text that stood there when it was marked. */
export interface QuotedSpan {
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

/** More marks than this on one item are no evidence but a slip or another program. */
export const mostSpans = 100;

/** Why spans may not be stored as evidence on a text: one sentence; `null` where they may. They have to be sorted and apart; touching is allowed. */
export function refuseSpans(text: string, spans: readonly QuotedSpan[]): string | null {
  if (spans.length > mostSpans)
    return `An item takes at most ${String(mostSpans)} stretches of evidence: take some away or mark longer ones.`;
  let last = 0;
  for (const { start, end, quote } of spans) {
    if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end > text.length)
      return 'This evidence is not within the text of the item.';
    if (start >= end) return 'This evidence is empty: select some text first.';
    if (start < last) return 'Stretches of evidence have to follow one another and must not overlap.';
    if (text.slice(start, end) !== quote)
      return 'The text of this item is not what the evidence quotes: select the stretch again.';
    last = end;
  }
  return null;
}
