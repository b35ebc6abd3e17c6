interface AnalysisHeaderProps {
  readonly criterion: string;
  readonly file: string;
  /** There are figures and tables to take along. */
  readonly isMade: boolean;
  /** What the last command did, announced. */
  readonly status: string;
  onRefresh(): void;
  onCopy(): void;
  onSave(): void;
}

/** What is analysed, and the page's commands. */
export function AnalysisHeader(props: AnalysisHeaderProps) {
  const { criterion, file, isMade, status, onRefresh, onCopy, onSave } = props;
  return (
    <header>
      <div class="title">
        <h1>Analysis · {criterion}</h1>
        <p class="quiet file">{file}</p>
      </div>
      <div class="commands">
        <span class="quiet" role="status">
          {status}
        </span>
        <vscode-button appearance="secondary" data-counts onClick={onRefresh}>
          Refresh
        </vscode-button>
        <vscode-button appearance="secondary" disabled={!isMade} onClick={onCopy}>
          Copy Markdown
        </vscode-button>
        <vscode-button appearance="secondary" disabled={!isMade} onClick={onSave}>
          Save Figures…
        </vscode-button>
      </div>
    </header>
  );
}
