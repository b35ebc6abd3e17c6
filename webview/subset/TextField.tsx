interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  /** Digits are typed: phones and such show them first, and the field is short. */
  readonly numeric?: boolean;
  readonly hint?: string;
  readonly problem?: string | undefined;
  onInput(value: string): void;
}

/** A labelled text field with what to know about it, or what is wrong with it, underneath. */
export function TextField({ label, value, placeholder, numeric, hint, problem, onInput }: TextFieldProps) {
  return (
    <div class={problem === undefined ? 'field' : 'field wrong'}>
      <vscode-text-field
        class={numeric ? 'short' : ''}
        value={value}
        placeholder={placeholder ?? ''}
        inputmode={numeric ? 'numeric' : 'text'}
        spellcheck={false}
        aria-invalid={problem !== undefined}
        onInput={(event: Event) => onInput((event.currentTarget as HTMLElement & { value: string }).value)}
      >
        {label}
      </vscode-text-field>
      {problem !== undefined ? (
        <p class="problem" role="alert">
          {problem}
        </p>
      ) : (
        hint !== undefined && <p class="hint">{hint}</p>
      )}
    </div>
  );
}
