import { useEffect, useState } from 'preact/hooks';

interface TypedFieldProps<Value> {
  readonly label: string;
  /** What is to be typed, in a word or two. */
  readonly hint: string;
  readonly value: string;
  readonly wide?: boolean;
  /** What was typed, or a sentence on what is wrong with it. */
  read(text: string): { readonly value: Value } | string;
  onEnter(value: Value): void;
}

/** A text field that takes effect by Enter or when it is left, not at each letter. */
export function TypedField<Value>({ label, hint, value, wide, read, onEnter }: TypedFieldProps<Value>) {
  const [text, setText] = useState(value);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    setText(value);
    setProblem(null);
  }, [value]);

  const enter = () => {
    if (text === value) return setProblem(null);
    const typed = read(text);
    if (typeof typed === 'string') return setProblem(typed);
    setProblem(null);
    onEnter(typed.value);
  };
  return (
    <div class="field">
      <label class="label">
        {label} <span class="hint">({hint})</span>
        <input
          class={wide ? 'typed wide' : 'typed'}
          type="text"
          value={text}
          spellcheck={false}
          aria-invalid={problem !== null}
          onInput={event => setText(event.currentTarget.value)}
          onBlur={enter}
          onKeyDown={event => {
            if (event.key === 'Enter') enter();
          }}
        />
      </label>
      {problem !== null && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
