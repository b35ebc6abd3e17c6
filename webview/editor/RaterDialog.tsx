import { useEffect, useRef, useState } from 'preact/hooks';
import type { Controller } from './controller';
import { Dialog } from './Dialog';

/** Asks once who labels; the proposed name is only kept when the person confirms it. */
export function RaterDialog({ proposed, controller }: { proposed: string; controller: Controller }) {
  const [refused, setRefused] = useState<string | null>(null);
  const field = useRef<HTMLElement & { value: string }>(null);
  useEffect(() => {
    // The toolkit's control gives itself a name of its own when it is put in place.
    field.current?.setAttribute('aria-label', 'Rater');
    // The toolkit's field draws its input a frame later; before that there is nothing to focus.
    const frame = requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.shadowRoot?.querySelector('input')?.select();
    });
    return () => void cancelAnimationFrame(frame);
  }, []);
  const confirm = (): void => {
    void controller.setRater((field.current?.value ?? '').trim()).then(setRefused);
  };
  return (
    <Dialog title="Who is labelling?" onClose={() => controller.show(null)}>
      <p class="muted">
        Your name is written with every label, and kept in this machine’s settings. Asked once.
      </p>
      <vscode-text-field
        ref={field}
        class="wide"
        value={proposed}
        data-testid="rater-name"
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            confirm();
          }
        }}
      />
      <p class="error" role="alert">
        {refused ?? ''}
      </p>
      <div class="actions">
        <vscode-button onClick={confirm}>Label as this rater</vscode-button>
        <vscode-button appearance="secondary" onClick={() => controller.show(null)}>
          Cancel
        </vscode-button>
      </div>
    </Dialog>
  );
}
