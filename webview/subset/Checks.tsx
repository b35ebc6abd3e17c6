interface ChecksProps {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly text: string; readonly aside: string }[];
  readonly chosen: readonly string[];
  readonly hint?: string;
  readonly problem?: string | undefined;
  onChoose(chosen: readonly string[]): void;
}

/** Checkboxes, as many as one likes; what is chosen keeps the order of the list. */
export function Checks({ label, options, chosen, hint, problem, onChoose }: ChecksProps) {
  const toggle = (value: string, on: boolean) =>
    onChoose(
      options.map(option => option.value).filter(each => (each === value ? on : chosen.includes(each))),
    );
  return (
    <fieldset class="field">
      <legend class="label">{label}</legend>
      <div class="checks">
        {options.map(({ value, text, aside }) => (
          <label key={value}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={event => toggle(value, event.currentTarget.checked)}
            />
            <span>
              {text} <span class="aside">{aside}</span>
            </span>
          </label>
        ))}
      </div>
      {problem !== undefined ? (
        <p class="problem" role="alert">
          {problem}
        </p>
      ) : (
        hint !== undefined && <p class="hint">{hint}</p>
      )}
    </fieldset>
  );
}
