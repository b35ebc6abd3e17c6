import type { EditorState } from '../../src/protocol/editorState';
import { Dialog } from './Dialog';
import { keyBindings } from './keys';
import { isTyped } from './typedScore';

/** All keys on one sheet. */
export function KeySheet({ state, onClose }: { state: EditorState; onClose: () => void }) {
  const { scale, criterion } = state.rubric;
  const typed: [string[], string][] = [
    [
      scale.min < 0 ? ['0–9', '-'] : ['0–9'],
      `type a score of ${criterion}, ${String(scale.min)} to ${String(scale.max)}`,
    ],
    [['Enter'], 'score what was typed; the next item comes by itself'],
    [['Backspace'], 'take back what was typed last'],
  ];
  const single: [string[], string][] = [
    [
      [`${String(scale.min)}–${String(Math.min(9, scale.max))}`],
      `score ${criterion}; the next item comes by itself`,
    ],
    ...(scale.max === 10 ? [[['t'], 'score 10'] as [string[], string]] : []),
  ];
  const rows: [string[], string][] = [
    ...(isTyped(scale) ? typed : single),
    ...keyBindings(state.keys)
      .filter(({ key }) => key !== '')
      .map(({ key, meaning }): [string[], string] => [[key], meaning]),
    [['Ctrl Z', '⌘ Z'], 'undo'],
    [['Ctrl Y', 'Ctrl ⇧ Z', '⌘ ⇧ Z'], 'redo'],
    [['F3', '⇧ F3'], 'next or previous result of the search'],
    [['Esc'], 'leave a note, a dialog or the search'],
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
