import type { EditorState } from '../../src/protocol/editorState';
import type { Controller } from './controller';

/** Says where labels are when they are not in the study folder, and what can be done. */
export function SavingBanner({ state, controller }: { state: EditorState; controller: Controller }) {
  const { saving } = state;
  if (saving.kind === 'saved') return null;
  const one = saving.count === 1;
  const count = `${String(saving.count)} ${one ? 'label' : 'labels'}`;
  return (
    <div class={`banner ${saving.kind}`} role="alert" data-testid="saving-banner">
      {saving.kind === 'held' ? (
        <p>
          <b>Held on this machine, not in the study folder</b>: {count}, because {saving.reason}.{' '}
          {one ? 'It moves' : 'They move'} there when the file is opened again and the folder can be written.
        </p>
      ) : (
        <p>
          <b>Not saved</b>: {count}, because {saving.reason}. Scoring has stopped.
        </p>
      )}
      <div class="actions">
        <vscode-button appearance="secondary" onClick={() => controller.simple('retrySaving')}>
          Try again
        </vscode-button>
        <vscode-button appearance="secondary" onClick={() => controller.simple('copyUnsaved')}>
          Copy labels
        </vscode-button>
      </div>
    </div>
  );
}
