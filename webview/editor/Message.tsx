import { useMemo } from 'preact/hooks';
import type { Part } from '../../src/core/labels/rubric';
import type { JudgeView, MessageView, PartView } from '../../src/protocol/editorProtocol';
import { MarkdownText } from './MarkdownText';
import { RawText } from './RawText';
import { commandMarks } from './textMarks';
import type { TextMark } from './textMarks';

interface Props {
  readonly message: MessageView;
  readonly isTarget: boolean;
  readonly part: Part;
  readonly after: boolean;
  readonly markdown: boolean;
  readonly judges: readonly JudgeView[];
  readonly reasoning: ReadonlyMap<string, string | null>;
  readonly onReasoning: (part: number) => void;
}

/** One message: its role or turn in the margin, its parts beside it. */
export function Message({ message, isTarget, part, after, markdown, judges, reasoning, onReasoning }: Props) {
  const isTurn = message.turn !== undefined;
  const offsets = partOffsets(message.parts, part);
  return (
    <section
      class={`message ${isTurn ? 'turn' : 'other-role'} ${isTarget ? 'target' : ''} ${after ? 'after' : ''}`}
      data-target={isTarget ? '' : undefined}
      aria-label={isTurn ? `Turn ${String(message.turn)}` : message.role}
    >
      <b class="who">{isTurn ? `T${String(message.turn)}` : message.role}</b>
      <div class="body">
        {isTarget && (
          <p class="why">
            Turn {message.turn} · score {part === 'response' ? 'this response' : 'the reasoning'}
          </p>
        )}
        {message.parts.map((each, index) => (
          <PartText
            key={index}
            view={each}
            isAssistant={isTurn}
            markdown={markdown}
            judges={isTarget && offsets[index] !== undefined ? judges : []}
            offset={offsets[index] ?? 0}
            fetched={reasoning.get(`${String(message.index)}.${String(index)}`)}
            onToggle={() => onReasoning(index)}
          />
        ))}
        {message.parts.length === 0 && <p class="muted">(no text)</p>}
      </div>
    </section>
  );
}

/** Where each part begins in the item's text (parts of the item's kind, joined by a newline). */
function partOffsets(parts: readonly PartView[], part: Part): (number | undefined)[] {
  let at = 0;
  return parts.map(each => {
    if (each.kind !== (part === 'response' ? 'text' : 'reasoning')) return undefined;
    const offset = at;
    at += ('characters' in each ? each.characters : each.text.length) + 1;
    return offset;
  });
}

interface PartProps {
  readonly view: PartView;
  readonly isAssistant: boolean;
  readonly markdown: boolean;
  readonly judges: readonly JudgeView[];
  readonly offset: number;
  /** `undefined`: collapsed; `null`: on its way. */
  readonly fetched: string | null | undefined;
  readonly onToggle: () => void;
}

function PartText({ view, isAssistant, markdown, judges, offset, fetched, onToggle }: PartProps) {
  const text =
    view.kind === 'reasoning'
      ? (view.text ?? fetched ?? '')
      : view.kind === 'reasoning-encrypted'
        ? ''
        : view.text;
  const marks = useMemo(
    () => [...(isAssistant ? commandMarks(text) : []), ...evidenceMarks(judges, offset)],
    [text, isAssistant, judges, offset],
  );
  if (view.kind === 'text')
    return markdown ? (
      <MarkdownText text={text} />
    ) : (
      <div class="raw">{<RawText text={text} marks={marks} />}</div>
    );
  if (view.kind === 'reasoning') {
    const open = view.text !== undefined || fetched !== undefined;
    const name = `Reasoning · ${view.characters.toLocaleString('en')} characters`;
    const unclosed = view.close === '' ? ' · never closed' : '';
    return (
      <div class="reasoning">
        {view.text === undefined ? (
          <button type="button" class="fold" aria-expanded={open} onClick={onToggle}>
            {name}
            {unclosed}
          </button>
        ) : (
          <p class="why">
            {name}
            {unclosed}
          </p>
        )}
        {open && fetched !== null && (
          <div class="cot raw">
            {view.open !== undefined && <span class="tag">{view.open}</span>}
            <RawText text={text} marks={marks} />
            {view.close !== undefined && <span class="tag">{view.close}</span>}
          </div>
        )}
      </div>
    );
  }
  return (
    <div class={`special ${view.kind}`}>
      <p class="why">{partName(view)}</p>
      <div class="cot raw">
        {view.kind === 'reasoning-encrypted' ? (
          `${view.characters.toLocaleString('en')} characters, encrypted`
        ) : (
          <RawText text={text} marks={marks} />
        )}
      </div>
    </div>
  );
}

function partName(view: PartView): string {
  switch (view.kind) {
    case 'tool-call':
      return `Tool call · ${view.name}`;
    case 'tool-result':
      return view.name === '' ? 'Tool result' : `Tool result · ${view.name}`;
    case 'reasoning-summary':
      return 'Reasoning summary, not the chain of thought';
    case 'reasoning-encrypted':
      return 'Encrypted reasoning, not readable';
    default:
      return 'Other content';
  }
}

function evidenceMarks(judges: readonly JudgeView[], offset: number): TextMark[] {
  return judges.flatMap(({ span }) =>
    span ? [{ start: span.start - offset, end: span.end - offset, kind: 'evidence' as const }] : [],
  );
}
