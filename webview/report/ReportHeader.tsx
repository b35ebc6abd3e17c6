import type { ComponentChildren } from 'preact';

interface ReportHeaderProps {
  readonly criterion: string;
  readonly file: string;
  /** The subset whose labels are reported on; `null`: those outside any. */
  readonly subset: string | null;
  /** There is a report to copy. */
  readonly copyable: boolean;
  /** What the last command did, announced. */
  readonly status: string;
  readonly children?: ComponentChildren;
  onRefresh(): void;
  onCopy(): void;
}

/** What is reported, on which labels, and the page's two commands. */
export function ReportHeader(props: ReportHeaderProps) {
  const { criterion, file, subset, copyable, status, children, onRefresh, onCopy } = props;
  return (
    <header>
      <div class="title">
        <h1>Agreement · {criterion}</h1>
        <p class="quiet">
          <span class="file">{file}</span>
          {subset !== null && ` · subset ${subset}`} · first labels, judge hidden
        </p>
      </div>
      <div class="commands">
        <span class="quiet" role="status">
          {status}
        </span>
        {children}
        <vscode-button appearance="secondary" data-counts onClick={onRefresh}>
          Refresh
        </vscode-button>
        <vscode-button appearance="secondary" disabled={!copyable} onClick={onCopy}>
          Copy Markdown
        </vscode-button>
      </div>
    </header>
  );
}
