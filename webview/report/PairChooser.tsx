import type { PairReport } from '../../src/core/agreement/agreementReport';

interface PairChooserProps {
  readonly pairs: readonly PairReport[];
  readonly chosen: number;
  onChoose(index: number): void;
}

/** Which two are compared: a list where there are several pairs, else their names. */
export function PairChooser({ pairs, chosen, onChoose }: PairChooserProps) {
  const only = pairs[0];
  if (pairs.length < 2) return only ? <span class="pair">{pairName(only)}</span> : null;
  return (
    <vscode-dropdown
      class="pair"
      aria-label="Pair that is compared"
      value={String(chosen)}
      onChange={(event: Event) =>
        onChoose(Number((event.currentTarget as HTMLElement & { value: string }).value))
      }
    >
      {pairs.map((pair, index) => (
        <vscode-option key={pairName(pair)} value={String(index)} selected={index === chosen}>
          {pairName(pair)}
        </vscode-option>
      ))}
    </vscode-dropdown>
  );
}

/** "gemini-2.5-flash × rater-1". */
export function pairName({ a, b }: Pick<PairReport, 'a' | 'b'>): string {
  return `${a} × ${b}`;
}
