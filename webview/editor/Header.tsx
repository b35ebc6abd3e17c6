import type { EditorState } from '../../src/protocol/editorProtocol';
import type { Controller } from './controller';
import type { Page } from './pageStore';

interface Props {
  readonly page: Page;
  readonly state: EditorState;
  readonly controller: Controller;
}

/** One line: the criterion, how far one is, whether the judge is hidden, who labels, and whether labels are saved. */
export function Header({ page, state, controller }: Props) {
  const { criteria, rubric, items, done, scanning } = state;
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
              onClick={() => controller.setCriterion(criterion)}
            >
              {capital(criterion)}
            </button>
          ))}
        </div>
      )}
      <progress
        class="bar"
        max={Math.max(1, items)}
        value={done}
        aria-label={`${String(done)} of ${String(items)} items labelled`}
      />
      <span class="count" data-testid="progress">
        {done} / {items}
      </span>
      {scanning !== null && <span class="muted">reading {Math.round(scanning * 100)}%</span>}
      {page.busy && <span class="visually-hidden">Saving</span>}
      <span class="grow" />
      {state.problems > 0 && (
        <button type="button" class="link" onClick={() => controller.simple('showProblems')}>
          {state.problems} {state.problems === 1 ? 'problem' : 'problems'}
        </button>
      )}
      <span class="muted status" data-testid="status">
        <span data-testid="blindness">
          {state.judge === 'shown' ? 'judge shown' : state.exposed ? 'judge hidden, seen before' : 'blind'}
        </span>
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
        <Saving state={state} />
      </span>
      <vscode-button appearance="secondary" onClick={() => controller.openReport(false)}>
        Agreement report
      </vscode-button>
    </header>
  );
}

function Saving({ state }: { state: EditorState }) {
  if (state.saving.kind !== 'saved' || state.done === 0) return null;
  return <span data-testid="saving"> · saved</span>;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
