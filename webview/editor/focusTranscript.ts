/** Gives the keyboard to what is read: Space, Page Down and the arrows scroll it. */
export function focusTranscript(): void {
  document.querySelector<HTMLElement>('main.transcript')?.focus({ preventScroll: true });
}
