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
  onCommand(name: ReportCommand): void;
}

/** What can be done with the report. */
export type ReportCommand = 'copyMarkdown' | 'copyMethods' | 'saveMarkdown' | 'saveJson';

const commands: readonly (readonly [ReportCommand, string])[] = [
  ['copyMethods', 'Copy Methods'],
  ['copyMarkdown', 'Copy Markdown'],
  ['saveMarkdown', 'Save Markdown…'],
  ['saveJson', 'Save JSON…'],
];

/** What is reported, on which labels, and the page's commands. */
export function ReportHeader(props: ReportHeaderProps) {
  const { criterion, file, subset, copyable, status, children, onRefresh, onCommand } = props;
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
        {commands.map(([name, label]) => (
          <vscode-button
            key={name}
            appearance="secondary"
            disabled={!copyable}
            onClick={() => onCommand(name)}
          >
            {label}
          </vscode-button>
        ))}
      </div>
    </header>
  );
}
