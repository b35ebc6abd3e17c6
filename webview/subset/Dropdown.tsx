interface DropdownProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly hint?: string | undefined;
  onChoose(value: Value): void;
}

/** A labelled list to choose one from, with what the choice means underneath. */
export function Dropdown<Value extends string>(props: DropdownProps<Value>) {
  const { label, value, options, hint, onChoose } = props;
  return (
    <div class="field">
      <span class="label" aria-hidden="true">
        {label}
      </span>
      <vscode-dropdown
        aria-label={label}
        value={value}
        onChange={(event: Event) =>
          onChoose((event.currentTarget as HTMLElement & { value: string }).value as Value)
        }
      >
        {options.map(option => (
          <vscode-option key={option.value} value={option.value} selected={option.value === value}>
            {option.text}
          </vscode-option>
        ))}
      </vscode-dropdown>
      {hint !== undefined && <p class="hint">{hint}</p>}
    </div>
  );
}
