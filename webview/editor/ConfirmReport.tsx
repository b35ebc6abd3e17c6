import type { Controller } from './controller';
import { Dialog } from './Dialog';

/** Opening the report ends blindness: said before it happens. */
export function ConfirmReport({ text, controller }: { text: string; controller: Controller }) {
  return (
    <Dialog title="Open the agreement report?" onClose={() => controller.show(null)}>
      <p>{text}</p>
      <div class="actions">
        <vscode-button onClick={() => controller.openReport(true)}>Open report</vscode-button>
        <vscode-button appearance="secondary" onClick={() => controller.show(null)}>
          Stay blind
        </vscode-button>
      </div>
    </Dialog>
  );
}
