import type { ReportProgress } from '../../src/protocol/reportProtocol';
import { progressWords } from './progressWords';

interface CountingBarProps {
  readonly progress: ReportProgress | null;
  onCancel(): void;
}

/** How far a computation is, and the way out of it. Announced elsewhere, once: read out at each step it would never be quiet. */
export function CountingBar({ progress, onCancel }: CountingBarProps) {
  return (
    <div class="counting">
      <span>Counting …{progress && ` ${progressWords(progress)}`}</span>
      <progress aria-label="Counting the report" max={progress?.total} value={progress?.done} />
      <vscode-button appearance="secondary" onClick={onCancel}>
        Cancel
      </vscode-button>
    </div>
  );
}
