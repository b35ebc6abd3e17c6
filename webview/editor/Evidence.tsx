import { useEffect, useState } from 'preact/hooks';
import type { Part } from '../../src/core/labels/rubric';
import type { ItemView } from '../../src/protocol/itemView';
import type { Controller } from './controller';
import { itemText, stands, trimStretch, withoutSpan } from './evidenceSpans';
import { keyOf } from './keys';
import { RawText } from './RawText';
import { ownMark } from './textMarks';

interface Props {
  readonly view: ItemView;
  readonly part: Part;
  readonly controller: Pick<Controller, 'setEvidence'>;
  readonly disabled: boolean;
}

/** What the rater marked in the turn in question: press one to see it there, or take it away. */
export function Evidence({ view, part, controller, disabled }: Props) {
  const { evidence } = view.own;
  if (evidence.length === 0) return null;
  const text = itemText(view, part);
  return (
    <ul class="evidence" aria-label="Evidence">
      {evidence.map(span => (
        <li key={`${String(span.start)} ${String(span.end)}`}>
          <button
            type="button"
            class="quote"
            title="Show it in the transcript"
            onClick={() => showMark(ownMark(span.start))}
          >
            <RawText text={shortened(span.quote, 240)} marks={none} />
          </button>
          <button
            type="button"
            class="remove"
            title="Remove"
            aria-label={`Remove evidence: ${shortened(span.quote, 80)}`}
            disabled={disabled}
            onClick={() => controller.setEvidence(withoutSpan(text, evidence, span))}
          >
            ×
          </button>
          {stands(text, span) ? (
            <RawOnly name={ownMark(span.start)} />
          ) : (
            <span class="caution small">not in the text as it is now</span>
          )}
        </li>
      ))}
    </ul>
  );
}

const none: readonly never[] = [];

/** The quote's beginning, no character cut in half. */
function shortened(quote: string, most: number): string {
  if (quote.length <= most) return quote;
  return `${quote.slice(0, trimStretch(quote, { start: 0, end: most })?.end ?? most)}…`;
}

/** Marks the selection as evidence, or takes the mark away. */
export function EvidenceButton({
  keys,
  controller,
  disabled,
}: {
  keys: Readonly<Record<string, string>>;
  controller: Pick<Controller, 'highlight'>;
  disabled: boolean;
}) {
  const key = keyOf(keys, 'highlight');
  return (
    <button
      type="button"
      class="action"
      title="Select text of the turn in question, then press this"
      disabled={disabled}
      // Pressing the mouse on it would end the selection that it is about.
      onMouseDown={event => event.preventDefault()}
      onClick={() => controller.highlight()}
    >
      Evidence {key !== '' && <kbd>{key}</kbd>}
    </button>
  );
}

const drawn = (name: string): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>(`[data-target] [data-mark~="${name}"]`),
];

/** Says that a mark could not be drawn in the text as rendered. It is drawn by the transcript, hence looked for after each drawing. */
export function RawOnly({ name }: { name: string }) {
  const [isDrawn, setDrawn] = useState(true);
  useEffect(() => setDrawn(drawn(name).length > 0));
  return isDrawn ? null : <span class="muted small">shown in raw text only</span>;
}

/** Scrolls to a mark, or else to the turn in question, and rings it for a moment. */
function showMark(name: string): void {
  const marks = drawn(name);
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  (marks[0] ?? document.querySelector('[data-target]'))?.scrollIntoView({
    block: marks.length > 0 ? 'center' : 'nearest',
    behavior: still ? 'auto' : 'smooth',
  });
  // A ring that stands still: it is removed after its time, without a movement.
  const ring = { outline: '2px solid var(--vscode-focusBorder)', outlineOffset: '1px' };
  for (const mark of marks) mark.animate([ring, ring], 1500);
}
