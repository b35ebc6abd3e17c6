import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { focusTranscript } from './focusTranscript';

interface Props {
  readonly title: string;
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A modal dialog of the page: keeps the focus in it, and gives it back to where it was, or else to the transcript. */
export function Dialog({ title, wide = false, onClose, children }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    const before = document.activeElement;
    dialog.showModal();
    // Enter comes easily to who labels: what costs nothing is in front.
    dialog.querySelector<HTMLElement>('[data-first]')?.focus();
    return () => {
      dialog.close();
      // The browser gives nothing back from a dialog that is taken out of the page.
      if (before instanceof HTMLElement && before !== document.body && before.isConnected) before.focus();
      else focusTranscript();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      class={wide ? 'dialog wide-dialog' : 'dialog'}
      aria-label={title}
      onCancel={event => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2>{title}</h2>
      {children}
    </dialog>
  );
}
