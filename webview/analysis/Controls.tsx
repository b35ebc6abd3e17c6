import type { AnalysisChoice, AnalysisState } from '../../src/protocol/analysisProtocol';
import { Dropdown } from '../subset/Dropdown';
import { TypedField } from './TypedField';
import { defaultEventPattern } from '../../src/core/analysis/eventPattern';
import { readCuts } from './readCuts';

interface ControlsProps {
  readonly state: AnalysisState;
  readonly choice: AnalysisChoice;
  onChoose(choice: AnalysisChoice): void;
}

const scores = [
  { value: 'judge', text: 'judge' },
  { value: 'human', text: 'human labels' },
  { value: 'corrected', text: 'judge, corrected by labels' },
] as const;

/** What is counted: each change counts again. */
export function Controls({ state, choice, onChoose }: ControlsProps) {
  const { offers, report, rubric, compared } = state;
  const isTrajectory = rubric.part === 'response';
  const by = choice.by ?? report?.by ?? [];
  const cuts = choice.thresholds ?? report?.thresholds ?? rubric.thresholds;
  const change = (changed: Partial<AnalysisChoice>) => onChoose({ ...choice, ...changed });
  return (
    <section class="controls" aria-label="What is counted">
      {offers.fields.length > 0 && (
        <div class="field">
          <span class="label" id="by-label">
            Group by
          </span>
          <div class="choices" role="group" aria-labelledby="by-label">
            {offers.fields.map(({ field }) => (
              <button
                key={field}
                type="button"
                aria-pressed={by.includes(field)}
                onClick={() => change({ by: toggled(by, field) })}
              >
                {field}
              </button>
            ))}
          </div>
        </div>
      )}
      <TypedField
        label="Cuts"
        hint="score ≥"
        value={cuts.join(', ')}
        read={text => readCuts(text, rubric.scale)}
        onEnter={thresholds => change({ thresholds })}
      />
      <Dropdown
        label="Scores"
        value={choice.scores}
        options={scores}
        onChoose={chosen => change({ scores: chosen })}
      />
      {choice.scores !== 'judge' && offers.subsets.length > 0 && (
        <Dropdown
          label="Labels"
          value={choice.subset ?? ''}
          options={[
            { value: '', text: 'outside subsets' },
            ...offers.subsets.map(name => ({ value: name, text: name })),
          ]}
          onChoose={name => change({ subset: name === '' ? null : name })}
        />
      )}
      <Dropdown
        label="Compare with"
        value={compared ? JSON.stringify([compared.field, compared.baseline]) : ''}
        options={baselines(state, by)}
        onChoose={value => change({ compare: comparisonOf(value) })}
      />
      {isTrajectory && offers.turnFields.length > 0 && (
        <Dropdown
          label="Align at"
          value={choice.align ?? ''}
          options={[
            { value: '', text: 'no field' },
            ...offers.turnFields.map(field => ({ value: field, text: field })),
          ]}
          onChoose={field => change({ align: field === '' ? null : field })}
        />
      )}
      {isTrajectory && (
        <TypedField
          label="Event"
          hint="regular expression"
          wide
          value={choice.event ?? defaultEventPattern}
          read={text => (text.trim() === '' ? 'Type a regular expression.' : { value: text })}
          onEnter={event => change({ event: event === defaultEventPattern ? null : event })}
        />
      )}
      {isTrajectory && (
        <label class="check">
          <input
            type="checkbox"
            checked={choice.survivorsOnly}
            onChange={event => change({ survivorsOnly: event.currentTarget.checked })}
          />
          Survivors only
        </label>
      )}
    </section>
  );
}

function toggled(by: readonly string[], field: string): string[] {
  return by.includes(field) ? by.filter(other => other !== field) : [...by, field];
}

/** Every value of a field that groups are told by, and what is chosen although it is none. */
function baselines({ offers, compared }: AnalysisState, by: readonly string[]) {
  const fields = offers.fields.filter(({ field }) => by.includes(field) || field === compared?.field);
  return [
    { value: '', text: 'nothing' },
    ...fields.flatMap(({ field, values }) =>
      values.map(value => ({ value: JSON.stringify([field, value]), text: `${field}: ${value}` })),
    ),
  ];
}

function comparisonOf(value: string): AnalysisChoice['compare'] {
  if (value === '') return 'none';
  const [field, baseline] = JSON.parse(value) as [string, string];
  return { field, baseline };
}
