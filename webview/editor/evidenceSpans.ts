import type { EvidenceSpan, ItemView, MessageView } from '../../src/protocol/itemView';
import type { Part } from '../../src/core/labels/rubric';

/** A stretch of a text, UTF-16 offsets [start, end). */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A part of a message that belongs to the item's text: its place among the parts, and where it begins in that text. */
export interface ItemPart {
  readonly index: number;
  readonly offset: number;
  readonly text: string;
}

/** The parts that the item's text is made of, joined by a newline. None where one of them was not sent. */
export function itemParts(message: MessageView, part: Part): ItemPart[] {
  const found: ItemPart[] = [];
  let offset = 0;
  for (const [index, each] of message.parts.entries()) {
    if (each.kind !== (part === 'response' ? 'text' : 'reasoning')) continue;
    const { text } = each as { readonly text?: string };
    if (text === undefined) return [];
    found.push({ index, offset, text });
    offset += text.length + 1;
  }
  return found;
}

/** The text that the item's offsets count in. */
export function itemText(view: Pick<ItemView, 'messages' | 'target'>, part: Part): string {
  const message = view.messages[view.target];
  return message ? textOfParts(itemParts(message, part)) : '';
}

/** The item's text from its parts. */
export function textOfParts(parts: readonly ItemPart[]): string {
  return parts.map(({ text }) => text).join('\n');
}

/** The stretch within the text, without white space at its ends and with no character cut in half; `null` where nothing is left. */
export function trimStretch(text: string, stretch: Stretch): Stretch | null {
  let start = Math.max(0, Math.min(stretch.start, text.length));
  let end = Math.max(0, Math.min(stretch.end, text.length));
  if (start >= end) return null;
  if (cutsPair(text, start)) start--;
  if (cutsPair(text, end)) end++;
  while (start < end && /\s/.test(text.charAt(start))) start++;
  while (end > start && /\s/.test(text.charAt(end - 1))) end--;
  return start < end ? { start, end } : null;
}

/** Whether a place in a text lies between the two units of one character. */
function cutsPair(text: string, at: number): boolean {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff;
}

/** Whether the text still says at the span's place what the span quotes. */
export function stands(text: string, span: EvidenceSpan): boolean {
  const { start, end, quote } = span;
  return start >= 0 && start < end && end <= text.length && text.slice(start, end) === quote;
}

/**
 * The evidence with one more stretch, joined with those it overlaps or touches; where it lies within one of them, without
 * that one. Spans that the text no longer bears out are left out: they can't be stored again.
 */
export function toggleStretch(
  text: string,
  spans: readonly EvidenceSpan[],
  stretch: Stretch,
): readonly EvidenceSpan[] {
  const kept = joined(text, standing(text, spans));
  const around = kept.find(({ start, end }) => start <= stretch.start && stretch.end <= end);
  return around ? kept.filter(span => span !== around) : joined(text, [...kept, stretch]);
}

/** The evidence without one of its spans, ready to be stored: see `toggleStretch`. */
export function withoutSpan(
  text: string,
  spans: readonly EvidenceSpan[],
  span: EvidenceSpan,
): readonly EvidenceSpan[] {
  return joined(
    text,
    standing(text, spans).filter(({ start, end }) => start !== span.start || end !== span.end),
  );
}

const standing = (text: string, spans: readonly EvidenceSpan[]): EvidenceSpan[] =>
  spans.filter(span => stands(text, span));

/** Stretches in order, those that overlap or touch as one, each with its quote. */
function joined(text: string, stretches: readonly Stretch[]): EvidenceSpan[] {
  const result: EvidenceSpan[] = [];
  for (const { start, end } of [...stretches].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && start <= last.end) {
      const to = Math.max(last.end, end);
      result[result.length - 1] = { start: last.start, end: to, quote: text.slice(last.start, to) };
    } else result.push({ start, end, quote: text.slice(start, end) });
  }
  return result;
}
