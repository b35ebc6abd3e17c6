import type { ComponentChildren, TargetedKeyboardEvent } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { focusTranscript } from './focusTranscript';

interface Props {
  readonly label: string;
  readonly title?: string;
  readonly testId: string;
  readonly class?: string;
  /** What is in force; shown, whatever becomes of a choice. */
  readonly value: string;
  readonly onChoose: (value: string) => void;
  readonly children: ComponentChildren;
}

const passing = ['ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'];

/**
 * A dropdown that hands the keyboard back to the transcript once something is chosen. Where it is closed the arrow keys
 * only pass through the choices, and Enter takes one: each of them would take effect otherwise.
 */
export function Dropdown({ label, title, testId, class: name = '', value, onChoose, children }: Props) {
  const [passed, setPassed] = useState<string | null>(null);
  const isPassing = useRef(false);
  const choose = (select: HTMLSelectElement): void => {
    const chosen = select.value;
    setPassed(null);
    select.value = value;
    select.blur();
    focusTranscript();
    if (chosen !== value) onChoose(chosen);
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLSelectElement>): void => {
    // On macOS these keys open the list.
    const isMac = navigator.userAgent.includes('Mac');
    isPassing.current = passing.includes(event.key) && !event.altKey && !isMac;
    if (passed === null) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      choose(event.currentTarget);
    } else if (event.key === 'Escape') setPassed(null);
  };
  return (
    <select
      class={`select ${name}`}
      aria-label={label}
      title={title}
      data-testid={testId}
      value={passed ?? value}
      onKeyDown={onKeyDown}
      onPointerDown={() => void (isPassing.current = false)}
      onChange={event => {
        if (isPassing.current) setPassed(event.currentTarget.value);
        else choose(event.currentTarget);
      }}
      onBlur={() => {
        isPassing.current = false;
        setPassed(null);
      }}
    >
      {children}
    </select>
  );
}
