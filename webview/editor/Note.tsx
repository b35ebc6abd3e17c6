import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import type { ItemView } from '../../src/protocol/itemView';
import type { Controller } from './controller';
import type { Page } from './pageStore';

interface Props {
  readonly view: ItemView;
  readonly draft: Page['kept']['draft'];
  /** The list that the item stands in. */
  readonly list: string;
  readonly controller: Controller;
  readonly hint: string;
  readonly disabled: boolean;
  readonly noteRef: RefObject<HTMLElement | null>;
}

/** A note on the item: saved when it is left; keys in it are the field's own. */
export function Note({ view, draft, list, controller, hint, disabled, noteRef }: Props) {
  const kept = draft && draft.ordinal === view.ordinal && draft.list === list ? draft.text : null;
  // The toolkit's control gives itself a name of its own when it is put in place.
  useEffect(() => noteRef.current?.setAttribute('aria-label', 'Note'), []);
  return (
    <vscode-text-area
      ref={noteRef}
      class="wide note"
      rows={2}
      resize="vertical"
      value={kept ?? view.own.note}
      placeholder={hint === '' ? 'Note' : `Note  (${hint})`}
      data-testid="note"
      disabled={disabled}
      onInput={(event: Event) => controller.draftNote((event.target as HTMLTextAreaElement).value)}
      onBlur={(event: FocusEvent) => controller.saveNote((event.target as HTMLTextAreaElement).value)}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))) {
          event.preventDefault();
          event.stopPropagation();
          (event.currentTarget as HTMLElement).blur();
        }
      }}
    />
  );
}
