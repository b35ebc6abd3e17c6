import { Dropdown } from './Dropdown';
import type { FieldsProps } from './FormPane';
import { namesOf, repeatsPossible } from './subsetForm';
import { TextField } from './TextField';

const reveals = [
  { value: 'after-subset', text: 'After the subset' },
  { value: 'after-item', text: 'After each item' },
  { value: 'never', text: 'Never' },
] as const;

const revealHints = {
  'after-subset': 'Raters see it once all their slots are labelled or skipped.',
  'after-item': 'Each label is given blind, but what was seen before may colour it. There can be no repeats.',
  never: 'Nobody who labels it is shown the judge in this subset.',
} as const;

/** Who labels, how often, and when they see the judge. */
export function LabellingFields({ form, problems, onChoose }: FieldsProps) {
  const raters = namesOf(form.raters);
  const overlaps = raters.slice(1).map((_, index) => String(index + 1));
  return (
    <>
      <TextField
        label="Raters"
        value={form.raters}
        placeholder="whoever opens it"
        hint="Names with commas, as they stand in the editor’s header; each has slots of their own."
        onInput={names => onChoose({ raters: names })}
      />
      {raters.length > 1 && (
        <Dropdown
          label="Raters an item"
          value={overlaps.includes(form.overlap) ? form.overlap : 'all'}
          options={[
            { value: 'all', text: 'All of them' },
            ...overlaps.map(value => ({ value, text: value })),
          ]}
          onChoose={overlap => onChoose({ overlap: overlap === 'all' ? '' : overlap })}
        />
      )}
      {form.role === 'validation' && (
        <Dropdown
          label="Judge is revealed"
          value={form.reveal}
          options={reveals}
          hint={revealHints[form.reveal]}
          onChoose={reveal => onChoose({ reveal })}
        />
      )}
      {repeatsPossible(form) && (
        <TextField
          label="Repeats"
          numeric
          value={form.repeats}
          problem={problems.repeats}
          hint="Items asked a second time, unmarked: how far raters agree with themselves."
          onInput={repeats => onChoose({ repeats })}
        />
      )}
    </>
  );
}
