import type { EditorState } from '../../src/protocol/editorProtocol';
import { Dialog } from './Dialog';
import { keyBindings } from './keys';

/** All keys on one sheet. */
export function KeySheet({ state, onClose }: { state: EditorState; onClose: () => void }) {
  const { scale, criterion } = state.rubric;
  const rows: [string[], string][] = [
    [
      [`${String(scale.min)}–${String(Math.min(9, scale.max))}`],
      `score ${criterion}; the next item comes by itself`,
    ],
    ...(scale.max >= 10 ? [[['t'], 'score 10'] as [string[], string]] : []),
    ...keyBindings(state.keys)
      .filter(({ key }) => key !== '')
      .map(({ key, meaning }): [string[], string] => [[key], meaning]),
    [['Ctrl Z', '⌘ Z'], 'undo'],
    [['Ctrl Y', 'Ctrl ⇧ Z', '⌘ ⇧ Z'], 'redo'],
    [['Esc'], 'leave a note or a dialog'],
  ];
  return (
    <Dialog title="Keys" wide onClose={onClose}>
      <dl class="keysheet">
        {rows.map(([keys, meaning]) => (
          <div key={meaning + keys.join('')}>
            <dt>
              {keys.map(key => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <div class="actions">
        <vscode-button appearance="secondary" onClick={onClose}>
          Close
        </vscode-button>
      </div>
    </Dialog>
  );
}
