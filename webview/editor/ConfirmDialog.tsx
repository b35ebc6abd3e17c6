import type { Controller } from './controller';
import { Dialog } from './Dialog';

interface Props {
  readonly kind: 'report' | 'judge';
  readonly text: string;
  readonly controller: Controller;
}

/** What ends blindness is said before it happens. */
export function ConfirmDialog({ kind, text, controller }: Props) {
  const isReport = kind === 'report';
  return (
    <Dialog
      title={isReport ? 'Open the agreement report?' : 'Show the judge?'}
      onClose={() => controller.show(null)}
    >
      <p>{text}</p>
      <div class="actions">
        <vscode-button
          onClick={() => (isReport ? controller.openReport(true) : controller.toggleJudge(true))}
        >
          {isReport ? 'Open report' : 'Show judge'}
        </vscode-button>
        <vscode-button data-first appearance="secondary" onClick={() => controller.show(null)}>
          Stay blind
        </vscode-button>
      </div>
    </Dialog>
  );
}
