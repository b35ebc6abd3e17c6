import type { EditorState } from '../../src/protocol/editorState';
import type { Controller } from './controller';
import { Dropdown } from './Dropdown';

const all = '';
const make = '+';

/** Which list one goes through: all items of the criterion, or the slots of one of its subsets. */
export function ListChooser({ state, controller }: { state: EditorState; controller: Controller }) {
  const { criterion } = state.rubric;
  const subsets = state.subsets.filter(subset => subset.criterion === criterion);
  const chosen = state.subset?.name ?? all;
  const onChoose = (value: string): void => {
    if (value === make) controller.simple('newSubset');
    else controller.setList(criterion, value === all ? null : value);
  };
  return (
    <Dropdown class="chooser" label="List" testId="list-chooser" value={chosen} onChoose={onChoose}>
      <option value={all}>All items</option>
      {subsets.length > 0 && (
        <optgroup label="Subsets">
          {subsets.map(({ name, role, done, slots }) => (
            <option key={name} value={name}>
              {`${name}${role === 'practice' ? ' (practice)' : ''} · ${String(done)}/${String(slots)}`}
            </option>
          ))}
        </optgroup>
      )}
      {state.readOnly === null && <option value={make}>New subset…</option>}
    </Dropdown>
  );
}
