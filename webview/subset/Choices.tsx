import type { ComponentChildren } from 'preact';

interface Choice<Value extends string> {
  readonly value: Value;
  readonly name: string;
  /** One sentence: what it is good for. */
  readonly purpose: string;
  /** Why it can't be chosen; `null` where it can. */
  readonly unavailable?: string | null;
}

interface ChoicesProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  onChoose(value: Value): void;
  /** Fields that belong to the choice that is made: they stand under it. */
  readonly children?: ComponentChildren;
}

/** Radio buttons, each with its sentence, so that they can be compared. */
export function Choices<Value extends string>(props: ChoicesProps<Value>) {
  const { label, value, choices, onChoose, children } = props;
  return (
    <fieldset class="field">
      <legend class="label">{label}</legend>
      {choices.map(choice => {
        const why = choice.unavailable ?? null;
        const chosen = choice.value === value;
        return (
          <div key={choice.value} class="choice">
            <label class={why === null ? '' : 'unavailable'}>
              <input
                type="radio"
                name={label}
                checked={chosen}
                disabled={why !== null && !chosen}
                onChange={() => onChoose(choice.value)}
              />
              <span>
                {choice.name}
                <span class="hint">{why ?? choice.purpose}</span>
              </span>
            </label>
            {chosen && children}
          </div>
        );
      })}
    </fieldset>
  );
}
