import { counted } from '../report/numbers';
import { Checks } from './Checks';
import { Dropdown } from './Dropdown';
import type { FieldsProps } from './FormPane';
import type { SubsetForm } from './subsetForm';
import { TextField } from './TextField';

const contexts = [
  { value: 'full', text: 'All of the conversation before the turn' },
  { value: 'previous', text: 'The last messages before the turn' },
  { value: 'response-only', text: 'Nothing but the turn itself' },
] as const;

/** What raters see beside the turn in question: folded, since the usual choice is right for most. */
export function SeenFields({ state, form, problems, onChoose }: FieldsProps) {
  return (
    <details open={problems.previous !== undefined || undefined}>
      <summary>
        What raters see <span class="quiet">{seenWords(form)}</span>
      </summary>
      <Dropdown
        label="Context shown"
        value={form.context}
        options={contexts}
        onChoose={context => onChoose({ context })}
      />
      {form.context === 'previous' && (
        <TextField
          label="How many messages"
          numeric
          value={form.previous}
          problem={problems.previous}
          onInput={previous => onChoose({ previous })}
        />
      )}
      {state.fields.length > 0 && (
        <Checks
          label="Show fields"
          options={state.fields.map(({ name, values }) => ({
            value: name,
            text: name,
            aside: counted(values, 'value'),
          }))}
          chosen={form.show}
          hint="Raters are not blind to a field that they see. The manifest and the report say which were shown."
          onChoose={show => onChoose({ show })}
        />
      )}
    </details>
  );
}

function seenWords({ context, previous, show }: SubsetForm): string {
  const seen = {
    full: 'the whole conversation before it',
    previous: `${previous} messages before it`,
    'response-only': 'the turn alone',
  }[context];
  return `${seen}, ${show.length === 0 ? 'no fields' : show.join(', ')}`;
}
