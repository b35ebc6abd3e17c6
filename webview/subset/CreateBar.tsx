import { counted } from '../report/numbers';
import { timeWords } from './previewWords';

interface CreateBarProps {
  readonly name: string;
  /** Of the preview that is shown; `null` while there is none to create from. */
  readonly slots: number | null;
  /** Why there is none; the preview says it too. */
  readonly why: string | null;
  readonly creating: 'no' | 'asked' | 'done';
  onCreate(): void;
}

/** The one command, where it does not move while the preview changes. */
export function CreateBar({ name, slots, why, creating, onCreate }: CreateBarProps) {
  return (
    <footer>
      <p class="why" aria-hidden="true">
        {why}
      </p>
      <p class="quiet" role="status">
        {creating === 'asked'
          ? 'Creating the subset …'
          : creating === 'done'
            ? 'Created. It is being opened …'
            : slots !== null && `${name} · ${counted(slots, 'slot')} · about ${timeWords(slots)}`}
      </p>
      <vscode-button disabled={slots === null || creating !== 'no'} onClick={onCreate}>
        Create subset
      </vscode-button>
    </footer>
  );
}
