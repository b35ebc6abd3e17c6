import type { SubsetFormState } from '../../src/protocol/subsetProtocol';
import { Choices } from './Choices';
import { designChoices } from './designChoices';
import { DesignFields } from './DesignFields';
import { LabellingFields } from './LabellingFields';
import type { FieldProblems } from './optionsOf';
import { SeenFields } from './SeenFields';
import type { SubsetForm, Touched } from './subsetForm';
import { TextField } from './TextField';

export interface FieldsProps {
  readonly state: SubsetFormState;
  readonly form: SubsetForm;
  readonly problems: FieldProblems;
  onChoose(change: Touched): void;
}

const roles = [
  {
    value: 'validation',
    name: 'Validation',
    purpose: 'Labelled blind; its labels enter the agreement report.',
  },
  {
    value: 'practice',
    name: 'Practice',
    purpose: 'To learn the rubric: the judge is shown after each item, and nothing is counted.',
  },
] as const;

/** All that can be chosen, from the name to the seed. */
export function FormPane(props: FieldsProps & { onNewSeed(): void }) {
  const { state, form, problems, onChoose, onNewSeed } = props;
  return (
    <div class="form">
      <TextField
        label="Name"
        value={form.name}
        problem={problems.name}
        onInput={name => onChoose({ name })}
      />
      <Choices label="Role" value={form.role} choices={roles} onChoose={role => onChoose({ role })} />
      <TextField
        label="How many items"
        numeric
        value={form.n}
        problem={problems.n}
        onInput={n => onChoose({ n })}
      />
      <Choices
        label="Design"
        value={form.kind}
        choices={designChoices(state).map(choice => ({ value: choice.kind, ...choice }))}
        onChoose={kind => onChoose({ kind })}
      >
        <DesignFields {...props} />
      </Choices>
      <LabellingFields {...props} />
      <SeenFields {...props} />
      <details open={problems.seed !== undefined || undefined}>
        <summary>
          Seed <span class="quiet">{form.seed}</span>
        </summary>
        <div class="beside">
          <TextField
            label="Seed"
            numeric
            value={form.seed}
            problem={problems.seed}
            onInput={seed => onChoose({ seed })}
          />
          <vscode-button appearance="secondary" onClick={onNewSeed}>
            New seed
          </vscode-button>
        </div>
        <p class="hint">
          The same file, choices and seed draw the same items on every machine. Settle on one before you look
          at what it draws.
        </p>
      </details>
    </div>
  );
}
