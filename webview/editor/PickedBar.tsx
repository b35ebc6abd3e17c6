import type { EditorState } from '../../src/protocol/editorState';
import type { Controller } from './controller';
import { Leave } from './ReviewBar';

/** What the items of the list were picked by in a report, and the way back to all of them. */
export function PickedBar({ state, controller }: { state: EditorState; controller: Controller }) {
  const { picked } = state;
  if (!picked) return null;
  return (
    <section class="listbar" aria-label="Picked items" data-testid="picked-bar">
      <h2>{picked.title}</h2>
      <span class="count">
        {picked.items} {picked.items === 1 ? 'item' : 'items'}
      </span>
      <span class="grow" />
      <Leave label="Back to all items" controller={controller} />
    </section>
  );
}
