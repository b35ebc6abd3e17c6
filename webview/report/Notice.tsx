import type { ComponentChildren } from 'preact';

interface NoticeProps {
  readonly kind: 'loading' | 'empty' | 'error';
  readonly text: string;
  /** A command that helps, if there is one. */
  readonly children?: ComponentChildren;
}

/** What stands in place of the report while there is none. */
export function Notice({ kind, text, children }: NoticeProps) {
  return (
    <div class={`notice ${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      {kind === 'loading' && <vscode-progress-ring aria-hidden="true" />}
      <p>{text}</p>
      {children}
    </div>
  );
}
