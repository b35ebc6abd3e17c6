import type { RefObject } from 'preact';
import type { EditorState, ItemView } from '../../src/protocol/editorProtocol';
import type { Controller } from './controller';
import type { Page } from './pageStore';
import { JudgePanel } from './JudgePanel';
import { keyOf } from './keys';
import type { Action } from './keys';
import { Ladder } from './Ladder';
import { Note } from './Note';
import { SavingBanner } from './SavingBanner';

interface Props {
  readonly page: Page;
  readonly view: ItemView | null;
  readonly state: EditorState;
  readonly controller: Controller;
  readonly noteRef: RefObject<HTMLElement | null>;
}

/** What is asked of the rater, the ladder that is the answer, and what else can be said of the item. */
export function LabelPanel({ page, view, state, controller, noteRef }: Props) {
  const { rubric, keys } = state;
  const cut = rubric.thresholds[0];
  const own = view?.own;
  const stopped = state.readOnly !== null || state.saving.kind === 'failed';
  const disabled = stopped || view === null;
  // Once shown, the judge stands where the eye is: under the ladder.
  const shown = state.judge === 'shown';
  const judge = <JudgePanel view={view} state={state} controller={controller} />;
  const button = (action: Action, text: string, run: () => void, pressed?: boolean) => (
    <button type="button" class="action" disabled={disabled} aria-pressed={pressed} onClick={run}>
      {text} {keyOf(keys, action) !== '' && <kbd>{keyOf(keys, action)}</kbd>}
    </button>
  );
  return (
    <aside
      class="panel"
      style={{ width: `clamp(230px, 30vw, ${String(page.kept.panelWidth)}px)` }}
      aria-label="Label"
    >
      <SavingBanner state={state} controller={controller} />
      {state.readOnly !== null && <p class="banner">{state.readOnly}</p>}
      <h2>{rubric.title}</h2>
      <p class="muted summary">
        {rubric.summary}
        {cut !== undefined && (
          <>
            {' · '}
            <span class="threshold">≥ {cut}</span> {rubric.thresholdMeaning}
          </>
        )}
      </p>
      <Ladder
        rubric={rubric}
        own={own?.value ?? null}
        judges={view?.shown?.judges.flatMap(judge => (judge.value === null ? [] : [judge.value])) ?? []}
        disabled={disabled}
        acts={page.keysAct && !page.busy}
        onScore={value => controller.label(value)}
      />
      {shown && judge}
      <div class="actions">
        {button('cannotAssess', 'Cannot assess', () => controller.label('cannot'), own?.value === 'cannot')}
        {button('skip', 'Skip', () => controller.skip(), own?.state === 'skipped')}
        {button(
          'flag',
          own && own.flags.length > 0 ? 'Flagged' : 'Flag',
          () => controller.flag(),
          (own?.flags.length ?? 0) > 0,
        )}
      </div>
      {view && (
        <Note
          key={`${String(view.ordinal)} ${rubric.criterion} ${view.own.note}`}
          view={view}
          draft={page.kept.draft}
          criterion={rubric.criterion}
          controller={controller}
          hint={keyOf(keys, 'note')}
          disabled={disabled}
          noteRef={noteRef}
        />
      )}
      {own?.first !== null && own?.first !== undefined && (
        <p class="muted small" data-testid="first-label">
          First label: {own.first === 'cannot' ? 'cannot assess' : own.first}. Agreement uses the first one.
        </p>
      )}
      {own?.changed && (
        <p class="caution small">
          {own.changed === 'text'
            ? 'Stale: the text has changed since this label was given.'
            : 'Context changed: what comes before this turn is not what was read.'}
        </p>
      )}
      {!shown && judge}
    </aside>
  );
}
