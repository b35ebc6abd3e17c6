interface ReferenceBarProps {
  /** Name of its file. */
  readonly reference: string | null;
  onChoose(): void;
  onDrop(): void;
}

/** Which run tells how legible each question’s reasoning was elsewhere. */
export function ReferenceBar({ reference, onChoose, onDrop }: ReferenceBarProps) {
  return (
    <p class="reference">
      {reference === null ? (
        <span class="quiet">
          A reference run, scored by the same judge, tells correctness by how legible each question was there.
        </span>
      ) : (
        <span>
          Reference run: <strong>{reference}</strong>
        </span>
      )}
      <vscode-button appearance="secondary" onClick={onChoose}>
        {reference === null ? 'Choose Reference Run…' : 'Change…'}
      </vscode-button>
      {reference !== null && (
        <vscode-button appearance="secondary" onClick={onDrop}>
          Remove
        </vscode-button>
      )}
    </p>
  );
}
