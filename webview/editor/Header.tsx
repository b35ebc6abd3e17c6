import type { EditorState } from '../../src/protocol/editorState';
import type { Controller } from './controller';
import { ListChooser } from './ListChooser';

interface Props {
  readonly state: EditorState;
  readonly controller: Controller;
}

/** One line: the list, how far one is, whether the judge is hidden, who labels, and whether labels are saved. */
export function Header({ state, controller }: Props) {
  const { criteria, rubric, items, done, scanning, subset } = state;
  const withItems = criteria.filter(
    candidate => candidate.items > 0 || candidate.criterion === rubric.criterion,
  );
  return (
    <header class="header">
      {withItems.length > 1 && (
        <div class="segments" role="group" aria-label="Criterion">
          {withItems.map(({ criterion }) => (
            <button
              key={criterion}
              type="button"
              aria-pressed={criterion === rubric.criterion}
              title={`${criterion} (x: next criterion)`}
              onClick={() => controller.setList(criterion, null)}
            >
              {capital(criterion)}
            </button>
          ))}
        </div>
      )}
      <ListChooser state={state} controller={controller} />
      <progress
        class="bar"
        max={Math.max(1, items)}
        value={done}
        aria-label={`${String(done)} of ${String(items)} items labelled`}
      />
      <span class="count" data-testid="progress">
        {done} / {items}
      </span>
      {scanning !== null && <span class="muted">reading {Math.floor(scanning * 100)}%</span>}
      {subset && (
        <span class="muted pace" title={subset.pace ? `${String(subset.pace.perHour)} an hour` : undefined}>
          {paceText(subset)}
        </span>
      )}
      <span class="grow" />
      {state.problems > 0 && (
        <button type="button" class="link" onClick={() => controller.simple('showProblems')}>
          {state.problems} {state.problems === 1 ? 'problem' : 'problems'}
        </button>
      )}
      <span class="muted status" data-testid="status">
        <span data-testid="blindness">{blindness(state)}</span>
        {state.rater !== null && (
          <>
            {' · '}
            <button
              type="button"
              class="quiet"
              title="Change the rater"
              onClick={() => controller.show({ kind: 'rater' })}
            >
              {state.rater}
            </button>
          </>
        )}
        {state.saving.kind === 'saved' && done > 0 && <span data-testid="saving"> · saved</span>}
      </span>
      {subset && (subset.role === 'practice' || !subset.complete) ? (
        <vscode-button appearance="secondary" onClick={() => controller.show({ kind: 'progress' })}>
          Progress
        </vscode-button>
      ) : (
        <vscode-button appearance="secondary" onClick={() => controller.openReport(false)}>
          Agreement report
        </vscode-button>
      )}
    </header>
  );
}

function paceText({ complete, skipped, pace }: NonNullable<EditorState['subset']>): string {
  if (complete) return skipped > 0 ? `done, ${String(skipped)} skipped` : 'done';
  if (!pace) return skipped > 0 ? `${String(skipped)} skipped` : '';
  return `about ${String(pace.minutesLeft)} min left`;
}

function blindness({ judge, exposed, subset }: EditorState): string {
  if (judge === 'shown') return 'judge shown';
  if (subset?.reveal === 'after-item')
    return subset.role === 'practice' ? 'practice' : 'judge after each item';
  return exposed ? 'judge hidden, seen before' : 'blind';
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
