import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { EditorState } from '../../src/protocol/editorState';
import type { ItemView, JudgeView, MessageView } from '../../src/protocol/itemView';
import type { SearchHit } from '../../src/protocol/searchProtocol';
import type { Controller } from './controller';
import type { Page } from './pageStore';
import { focusTranscript } from './focusTranscript';
import { foldedRange, foldText } from './fold';
import { keyOf } from './keys';
import { Message } from './Message';
import { foundMarks } from './searchPage';
import { settleMessages } from './settleMessages';
import type { FoundMark } from './textMarks';

const noJudges: readonly JudgeView[] = [];
const noneFound: readonly FoundMark[] = [];

interface Props {
  readonly page: Page;
  readonly view: ItemView;
  readonly state: EditorState;
  readonly controller: Controller;
}

/** The conversation up to the turn in question, which is marked by one accent line. */
export function Transcript({ page, view, state, controller }: Props) {
  const scroller = useRef<HTMLElement>(null);
  // A field that is being written in keeps the focus.
  const focus = (): void => {
    const writing =
      document.activeElement?.matches('vscode-text-area, vscode-text-field') === true ||
      document.activeElement?.closest('.search') != null ||
      document.querySelector('dialog[open]') !== null;
    if (!writing) focusTranscript();
  };
  useLayoutEffect(() => {
    const pane = scroller.current;
    const target = pane?.querySelector<HTMLElement>('[data-target]');
    if (!pane || !target) return;
    settleMessages(pane, target);
    // The turn in question in sight, with as much of what came before as there is room for.
    pane.scrollTop =
      target.offsetTop <= pane.clientHeight * 0.6 ? 0 : target.offsetTop - pane.clientHeight * 0.3;
    focus();
  }, [view.ordinal, state.generation]);
  // Enter goes on from a judge that is shown now: it must not press once more what the label was given with.
  useLayoutEffect(() => {
    if (page.pause) focus();
  }, [page.pause]);
  const found = useMemo(
    () => foundMarks(page.search, view.ordinal),
    [page.search.hits, page.search.chosen, view.ordinal],
  );
  // Once what was found is drawn, which may take fetching it: into sight, and no more after that.
  const gone = useRef<SearchHit | null>(null);
  const { chosen } = page.search;
  useLayoutEffect(() => {
    if (gone.current === chosen) return;
    const pane = scroller.current;
    const mark = pane?.querySelector('[data-mark~="found-here"]');
    if (!chosen || !pane || !mark) return;
    gone.current = chosen;
    const message = mark.closest<HTMLElement>('.message');
    if (message) settleMessages(pane, message);
    mark.scrollIntoView({ block: 'center' });
  }, [chosen, found, page.reasoning, page.foldOpen]);
  useEffect(() => {
    // Two frames: the first one draws the item, the second one begins after it is on the screen.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => void controller.painted(view.ordinal));
    });
    return () => void cancelAnimationFrame(frame);
  }, [view, controller]);

  const fold = page.foldOpen ? null : foldedRange(view);
  const target = view.messages[view.target]?.index;
  const message = (each: MessageView) => (
    <Message
      key={each.index}
      message={each}
      isTarget={each.index === target}
      part={state.rubric.part}
      after={target !== undefined && each.index > target}
      markdown={page.kept.markdown}
      judges={view.shown?.judges ?? noJudges}
      evidence={view.own.evidence}
      reasoning={page.reasoning}
      onReasoning={part => controller.toggleReasoning(each.index, part)}
      found={found.get(each.index) ?? noneFound}
    />
  );
  const before = view.shown ? null : contextText(state.subset?.context ?? 'full');
  const modeKey = keyOf(state.keys, 'markdown');
  const copyKey = keyOf(state.keys, 'copyText');
  const recordKey = keyOf(state.keys, 'record');
  const slotName = `Item ${String(view.ordinal + 1)}`;
  const tags = tagsOf(view, state.subset === null ? null : slotName);
  return (
    <main class="transcript" ref={scroller} tabIndex={-1}>
      <div class="head">
        <h1 data-testid="item-heading" aria-live="polite">
          {view.shown && !state.subset ? view.shown.id : slotName} · turn {view.turn}
        </h1>
        {tags.length > 0 && (
          <ul class="tags">
            {tags.map(field => (
              <li key={field.name} title={field.name}>
                {field.value}
              </li>
            ))}
          </ul>
        )}
        <span class="head-actions">
          <button
            type="button"
            class="quiet"
            title={`Copies the turn’s ${state.rubric.part} as it stands in the file`}
            onClick={() => controller.copyText()}
          >
            Copy {copyKey !== '' && <kbd>{copyKey}</kbd>}
          </button>
          <button
            type="button"
            class="quiet"
            title="Copies a link to this turn"
            onClick={() => controller.copyLink()}
          >
            Link
          </button>
          {view.shown?.record === true && (
            <button
              type="button"
              class="quiet"
              title="Shows the raw record, to the letter"
              onClick={() => controller.showRecord()}
            >
              Record {recordKey !== '' && <kbd>{recordKey}</kbd>}
            </button>
          )}
          <button type="button" class="quiet" onClick={() => controller.toggleMarkdown()}>
            {page.kept.markdown ? 'Markdown' : 'raw'} {modeKey !== '' && <kbd>{modeKey}</kbd>}
          </button>
        </span>
      </div>
      {before !== null && <p class="muted context">{before}</p>}
      {view.messages.slice(0, fold ? fold.from : view.messages.length).map(message)}
      {fold && (
        <div class="message">
          <span />
          <button type="button" class="fold" onClick={() => controller.openFold()}>
            {foldText(view.messages.slice(fold.from, fold.to))}
          </button>
        </div>
      )}
      {fold && view.messages.slice(fold.to).map(message)}
      {view.laterHidden && (
        <div class="message">
          <span />
          <p class="muted later">Later turns of this rollout are hidden while it has items to score.</p>
        </div>
      )}
    </main>
  );
}

/** What a subset leaves away before the turn in question; `null` where it leaves away nothing. */
function contextText(context: string): string | null {
  if (context === 'full') return null;
  if (context === 'response-only') return 'This subset shows the turn alone, without what came before it.';
  const count = context.slice('previous-'.length);
  return count === '1'
    ? 'Of what came before the turn, this subset shows the last message.'
    : `Of what came before the turn, this subset shows the last ${count} messages.`;
}

/** What the subset lets its raters see; once the judge is shown, what describes the rollout. */
function tagsOf(
  { shown, opened }: ItemView,
  slotName: string | null,
): readonly { name: string; value: string }[] {
  const names = ['condition', 'model', 'provider', 'dataset', 'correctness'];
  const described = [
    // The heading names the slot there, and so does `id` while the rollout has turns to be scored.
    ...(shown && slotName !== null && shown.id !== slotName ? [{ name: 'id', value: shown.id }] : []),
    ...(shown?.fields.filter(({ name }) => names.includes(name)) ?? []),
  ];
  return [...opened, ...described.filter(({ name }) => opened.every(each => each.name !== name))];
}
