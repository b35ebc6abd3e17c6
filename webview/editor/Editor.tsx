import { useEffect, useRef, useState } from 'preact/hooks';
import type { Controller } from './controller';
import type { EditorState } from '../../src/protocol/editorState';
import type { Page } from './pageStore';
import { isReview, nameOf } from './filterNames';
import { focusTranscript } from './focusTranscript';
import { Footer } from './Footer';
import { Header } from './Header';
import { isInTextField, readKey } from './keys';
import type { Action } from './keys';
import { KeySheet } from './KeySheet';
import { LabelPanel } from './LabelPanel';
import { List } from './List';
import { PickedBar } from './PickedBar';
import { ConfirmDialog } from './ConfirmDialog';
import { ProgressDialog } from './ProgressDialog';
import { RaterDialog } from './RaterDialog';
import { Rationales } from './Rationales';
import { RawDialog } from './RawDialog';
import { ReviewBar } from './ReviewBar';
import { SearchPanel } from './SearchPanel';
import { Splitter } from './Splitter';
import { Transcript } from './Transcript';

/** The whole editor: header, list, transcript, label panel, and the keys. */
export function Editor({ controller }: { controller: Controller }) {
  const [page, setPage] = useState<Page>(controller.page());
  useEffect(() => controller.subscribe(() => void setPage(controller.page())), [controller]);
  const noteRef = useRef<HTMLElement>(null);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isFree = controller.page().dialog === null && isPlain(event);
      if (event.key === 'F3' && isFree && controller.stepHit(event.shiftKey ? -1 : 1)) {
        event.preventDefault();
        event.stopImmediatePropagation();
        return;
      }
      if (isInTextField(event)) {
        editField(event);
        return;
      }
      const types = isPlain(event) && controller.page().dialog === null;
      const typed = types && controller.page().typed !== '';
      // Enter on a control is the control's, unless it ends a score that is being typed.
      const isOnControl = event.target instanceof Element && event.target.closest('button, select, summary');
      const confirms = event.key === 'Enter' && !event.repeat && (typed || !isOnControl);
      const untypes = typed && (event.key === 'Backspace' || event.key === 'Escape');
      if (untypes) controller.untype(event.key === 'Escape');
      const turns = types && event.key === '-' && !event.repeat && controller.minus();
      if (untypes || turns || (confirms && controller.confirm())) {
        event.preventDefault();
        event.stopImmediatePropagation();
        return;
      }
      const pressed = readKey(event, controller.page().state?.keys ?? {});
      if (!pressed || !controller.page().state || controller.page().state?.refused !== null) return;
      // An open dialog has its own keys; Escape closes it.
      if (
        controller.page().dialog &&
        !(pressed.kind === 'action' && (pressed.action === 'close' || pressed.action === 'help'))
      )
        return;
      // With nothing to close, Escape is VS Code's.
      if (pressed.kind === 'action' && pressed.action === 'close' && !controller.page().dialog) return;
      // What is ours goes no further: VS Code would carry out its own binding of the same key as well.
      event.preventDefault();
      event.stopImmediatePropagation();
      if (pressed.kind === 'score') {
        if (!event.repeat) controller.labelKey(pressed.value);
      } else if (!event.repeat || repeatable.has(pressed.action))
        actOn(controller, pressed.action, noteRef.current);
    };
    const onFocus = (): void => {
      if (document.activeElement === document.body) focusTranscript();
    };
    window.addEventListener('keydown', onKey, true);
    window.addEventListener('focus', onFocus);
    return () => {
      window.removeEventListener('keydown', onKey, true);
      window.removeEventListener('focus', onFocus);
    };
  }, [controller]);

  // Nothing that is not drawn may keep the keys.
  const isRecordGone = page.dialog?.kind === 'raw' && page.view?.shown?.record !== true;
  useEffect(() => {
    if (isRecordGone) controller.show(null);
  }, [isRecordGone]);

  const { state, view, kept, dialog } = page;
  if (!state)
    return (
      <div class="whole">
        <vscode-progress-ring aria-label="Opening" />
      </div>
    );
  if (state.refused !== null) return <Refused text={state.refused} />;
  const { filter } = kept;
  return (
    <div class={`editor judge-${view?.shown ? 'shown' : 'hidden'}`}>
      <div class="top">
        <Header state={state} controller={controller} />
        {isReview(filter) && <ReviewBar state={state} view={view} filter={filter} controller={controller} />}
        {nameOf(filter) === 'picked' && <PickedBar state={state} controller={controller} />}
      </div>
      <div class="panes">
        {page.search.isOpen ? (
          <SearchPanel search={page.search} width={kept.listWidth} controller={controller} />
        ) : (
          <List state={state} view={view} filter={filter} controller={controller} width={kept.listWidth} />
        )}
        <Splitter
          label="Width of the list"
          width={kept.listWidth}
          side="left"
          min={150}
          max={480}
          onChange={width => controller.resize('listWidth', width)}
        />
        <div class="stage">
          <div class="reading">
            {view ? (
              <Transcript
                key={`${String(state.generation)} ${state.rubric.criterion} ${state.subset?.name ?? ''}`}
                page={page}
                view={view}
                state={state}
                controller={controller}
              />
            ) : (
              <main class="transcript nothing">{emptyText(state)}</main>
            )}
            <p
              class={page.notice?.isError === true ? 'notice error' : 'notice'}
              role="status"
              data-testid="notice"
            >
              {page.notice?.text ?? ''}
            </p>
          </div>
          {isReview(filter) && view && <Rationales view={view} />}
        </div>
        <Splitter
          label="Width of the label panel"
          width={kept.panelWidth}
          side="right"
          min={240}
          max={520}
          onChange={width => controller.resize('panelWidth', width)}
        />
        <LabelPanel page={page} view={view} state={state} controller={controller} noteRef={noteRef} />
      </div>
      <p class="visually-hidden" role="status" data-testid="announced">
        {page.announced}
      </p>
      <Footer keys={state.keys} scale={state.rubric.scale} onHelp={() => controller.show({ kind: 'keys' })} />
      {dialog?.kind === 'rater' && (
        <RaterDialog proposed={state.rater ?? state.proposedRater} controller={controller} />
      )}
      {(dialog?.kind === 'report' || dialog?.kind === 'judge') && (
        <ConfirmDialog kind={dialog.kind} text={dialog.text} controller={controller} />
      )}
      {dialog?.kind === 'progress' && <ProgressDialog state={state} controller={controller} />}
      {dialog?.kind === 'raw' && view?.shown?.record === true && (
        <RawDialog controller={controller} ordinal={view.ordinal} onClose={() => controller.show(null)} />
      )}
      {dialog?.kind === 'keys' && <KeySheet state={state} onClose={() => controller.show(null)} />}
    </div>
  );
}

const isPlain = (event: KeyboardEvent): boolean => !event.ctrlKey && !event.metaKey && !event.altKey;

/**
 * Undo in a text field edits the field only. VS Code would take these keys to the custom editor, where they do nothing:
 * they are carried out here and go no further.
 */
function editField(event: KeyboardEvent): void {
  const pressed = event.ctrlKey || event.metaKey ? readKey(event, {}) : null;
  if (pressed?.kind !== 'action') return;
  event.preventDefault();
  event.stopImmediatePropagation();
  document.execCommand(pressed.action);
}

/** Keys that a person may hold down to go through items. */
const repeatable: ReadonlySet<Action> = new Set([
  'nextItem',
  'previousItem',
  'nextRollout',
  'previousRollout',
]);

function actOn(controller: Controller, action: Action, note: HTMLElement | null): void {
  const run: Record<Action, () => void> = {
    cannotAssess: () => controller.labelKey('cannot'),
    undo: () => controller.step('undo'),
    redo: () => controller.step('redo'),
    nextItem: () => controller.move('next'),
    previousItem: () => controller.move('previous'),
    nextRollout: () => controller.move('nextRollout'),
    previousRollout: () => controller.move('previousRollout'),
    note: () => note?.focus(),
    flag: () => controller.flag(),
    highlight: () => controller.highlight(),
    skip: () => controller.skip(),
    dismiss: () => controller.dismiss(),
    judge: () => controller.toggleJudge(),
    cause: () => focusCauses(controller),
    reasoning: () => controller.toggleTargetReasoning(),
    markdown: () => controller.toggleMarkdown(),
    copyText: () => controller.copyText(),
    record: () => controller.showRecord(),
    search: () => controller.openSearch(),
    criterion: () => controller.nextCriterion(),
    help: () => controller.show(controller.page().dialog?.kind === 'keys' ? null : { kind: 'keys' }),
    close: () => controller.show(null),
  };
  run[action]();
}

/** To the cause that was given, else to the first of them. */
function focusCauses(controller: Controller): void {
  const buttons = document.querySelector('.causes');
  const button =
    buttons?.querySelector<HTMLElement>('[aria-pressed="true"]') ??
    buttons?.querySelector<HTMLElement>('button');
  if (button) button.focus();
  else controller.say('No difference of judge and human is shown here.');
}

function Refused({ text }: { text: string }) {
  return (
    <div class="whole">
      <div role="alert">
        <h1 class="refused">{text}</h1>
        {text.startsWith('No rollouts found: line') && (
          <p class="muted">
            If its records hold conversations under other names, run “Rollout Annotator: Propose a Mapping…”
            from the Command Palette.
          </p>
        )}
      </div>
    </div>
  );
}

function emptyText({ items, scanning, subset, rater, rubric }: EditorState): string {
  if (items > 0 || scanning !== null) return 'Reading…';
  if (subset)
    return rater === null
      ? 'This subset has no items.'
      : `No item of ${subset.name} is assigned to ${rater}.`;
  return rubric.part === 'reasoning'
    ? 'No turn of this file has a raw chain of thought, so there is nothing to score for legibility. Press x for the other criterion.'
    : 'No turn of this file has visible text, so there is nothing to score here. Press x for the other criterion.';
}
