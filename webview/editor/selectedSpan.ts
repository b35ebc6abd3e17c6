import type { EvidenceSpan, ItemView } from '../../src/protocol/itemView';
import type { Part } from '../../src/core/labels/rubric';
import { carryStretch } from './carryStretch';
import { itemParts, textOfParts, toggleStretch, trimStretch } from './evidenceSpans';
import type { ItemPart, Stretch } from './evidenceSpans';

/** What of a part is selected, as it is shown: [start, end) in the shown text, which differs from the part's text in Markdown. */
export interface ShownPart extends Stretch {
  /** Where the part begins in the item's text. */
  readonly offset: number;
  readonly shown: string;
}

export const nothingSelected = 'Select text of the turn in question first.';
export const notPlaced =
  'That stretch can’t be placed in the text as written: press m for the raw text and mark it there.';

/** The item's evidence with what is selected on the page marked, or the mark around it taken away; else why not, one sentence. */
export function markSelection(
  view: ItemView,
  part: Part,
): { readonly spans: readonly EvidenceSpan[] } | { readonly refused: string } {
  const message = view.messages[view.target];
  const parts = message ? itemParts(message, part) : [];
  const selected = selectedStretch(parts, shownParts());
  if (typeof selected === 'string') return { refused: selected };
  // The selection's own colour would hide the mark, and drawing the mark changes the text nodes under the selection.
  window.getSelection()?.removeAllRanges();
  return { spans: toggleStretch(textOfParts(parts), view.own.evidence, selected) };
}

/** The selection as a stretch of the item's text, from the first to the last part it touches; else why there is none. */
export function selectedStretch(parts: readonly ItemPart[], shown: readonly ShownPart[]): Stretch | string {
  let selected: Stretch | null = null;
  for (const each of shown) {
    const written = parts.find(({ offset }) => offset === each.offset);
    const stretch = trimStretch(each.shown, each);
    if (!written || !stretch) continue;
    const found = carryStretch(each.shown, written.text)(stretch);
    if (!found) return notPlaced;
    const start = written.offset + found.start;
    const end = written.offset + found.end;
    selected = selected
      ? { start: Math.min(selected.start, start), end: Math.max(selected.end, end) }
      : { start, end };
  }
  return (selected && trimStretch(textOfParts(parts), selected)) ?? nothingSelected;
}

/** The parts of the item on the page with what is selected of each: as if a selection beyond them ended with them. */
function shownParts(): ShownPart[] {
  const selection = window.getSelection();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return [];
  const range = selection.getRangeAt(0);
  return [...document.querySelectorAll<HTMLElement>('[data-target] [data-offset]')].map(element => ({
    offset: Number(element.dataset['offset']),
    shown: element.textContent,
    start: unitsBefore(element, range.startContainer, range.startOffset),
    end: unitsBefore(element, range.endContainer, range.endOffset),
  }));
}

/** How much of an element's text, in UTF-16 units, stands before a place in the document. */
function unitsBefore(element: HTMLElement, node: Node, offset: number): number {
  const range = document.createRange();
  range.selectNodeContents(element);
  const side = range.comparePoint(node, offset);
  if (side < 0) return 0;
  if (side === 0) range.setEnd(node, offset);
  return range.toString().length;
}
