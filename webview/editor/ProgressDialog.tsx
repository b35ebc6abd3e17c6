import type { EditorState, SubsetState } from '../../src/protocol/editorState';
import type { Controller } from './controller';
import { Dialog } from './Dialog';

interface Props {
  readonly state: EditorState;
  readonly controller: Controller;
}

/** How far one is in a subset; once it is done, the way to the judge and to the report. */
export function ProgressDialog({ state, controller }: Props) {
  const { subset, judge, judgeKept, rater } = state;
  if (!subset) return null;
  const close = (): void => controller.show(null);
  const then = (run: () => void) => (): void => {
    close();
    run();
  };
  const { complete, name, role, raters } = subset;
  const others = raters.filter(each => each.rater !== rater);
  const mayReveal = judge === 'hidden' && judgeKept === null;
  return (
    <Dialog title={complete ? `${name} is done` : `Progress of ${name}`} onClose={close}>
      <dl class="facts" data-testid="subset-progress">
        {factsOf(state, subset).map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {others.length > 0 && (
        <table class="raters">
          <thead>
            <tr>
              <th>Rater</th>
              <th>Done</th>
            </tr>
          </thead>
          <tbody>
            {raters.map(each => (
              <tr key={each.rater}>
                <td>{each.rater === rater ? `${each.rater} (you)` : each.rater}</td>
                <td>
                  {each.done} / {each.slots}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p class="muted small">{closing(state, subset)}</p>
      <div class="actions">
        {mayReveal && (
          <vscode-button data-testid="reveal" onClick={then(() => controller.toggleJudge())}>
            Show the judge
          </vscode-button>
        )}
        {role === 'validation' && (
          <vscode-button
            appearance={complete && !mayReveal ? 'primary' : 'secondary'}
            onClick={then(() => controller.openReport(false))}
          >
            {complete ? 'Open agreement report' : 'Open agreement report…'}
          </vscode-button>
        )}
        {complete && subset.skipped > 0 && (
          <vscode-button appearance="secondary" onClick={then(() => controller.setFilter('skipped'))}>
            List the skipped
          </vscode-button>
        )}
        <vscode-button data-first={complete ? undefined : ''} appearance="secondary" onClick={close}>
          {complete ? 'Close' : 'Go on labelling'}
        </vscode-button>
      </div>
    </Dialog>
  );
}

function factsOf(state: EditorState, subset: SubsetState): [string, string][] {
  const { labelled, skipped, cannotAssess, gone, pace, otherRubric } = subset;
  return [
    ['Labelled', `${String(labelled)} of ${String(state.items)}`],
    ...(cannotAssess > 0 ? [['of them cannot assess', String(cannotAssess)] as [string, string]] : []),
    ...(skipped > 0 ? [['Skipped', String(skipped)] as [string, string]] : []),
    ...(gone > 0 ? [['No longer in the file', String(gone)] as [string, string]] : []),
    ...(otherRubric > 0 ? [['By another rubric', String(otherRubric)] as [string, string]] : []),
    ...(pace
      ? [
          [
            'Pace',
            subset.complete
              ? `${String(pace.perHour)} items an hour`
              : `${String(pace.perHour)} items an hour, about ${String(pace.minutesLeft)} min left`,
          ] as [string, string],
        ]
      : []),
  ];
}

function closing({ judge }: EditorState, { complete, role, reveal }: SubsetState): string {
  if (role === 'practice') return 'Practice labels are kept, and stay out of every agreement.';
  if (!complete)
    return 'The report shows judge scores: opened before the subset is done, labels given after it no longer count as blind.';
  if (judge === 'shown' || reveal === 'after-item')
    return 'Scores given now are revisions; agreement uses your first labels.';
  return reveal === 'never'
    ? 'This subset does not show the judge to its raters.'
    : 'With the judge shown you see both scores side by side. Scores given after that are revisions; agreement uses your first labels.';
}
