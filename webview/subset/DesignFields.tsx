import { Checks } from './Checks';
import { clusterFields, strataFields, usesScores } from './designChoices';
import { Dropdown } from './Dropdown';
import type { FieldsProps } from './FormPane';
import { count, counted } from '../report/numbers';
import { TextField } from './TextField';

const allocations = [
  { value: 'proportional', text: 'In proportion to the stratum' },
  { value: 'equal', text: 'The same number from each' },
  { value: 'half', text: 'Half in proportion, half the same number' },
] as const;

const balances = [
  { value: 'half', text: 'Half in proportion, half the same number' },
  { value: 'equal', text: 'The same number from each score bin' },
] as const;

/** The fields that the chosen design needs, and no others. */
export function DesignFields(props: FieldsProps) {
  const { form, state, problems, onChoose } = props;
  const { kind } = form;
  return (
    <div class="nested">
      {kind === 'stratified' && (
        <>
          <StrataField {...props} />
          <Dropdown
            label="Items of each stratum"
            value={form.allocation}
            options={allocations}
            onChoose={allocation => onChoose({ allocation })}
          />
        </>
      )}
      {kind === 'balanced' && (
        <Dropdown
          label="Items of each score bin"
          value={form.balance}
          options={balances}
          onChoose={balance => onChoose({ balance })}
        />
      )}
      {kind === 'two-stage' && (
        <Dropdown
          label="Drawn first"
          value={form.cluster}
          options={clusterFields(state).map(value => ({
            value,
            text: value === 'rollout' ? 'Rollouts' : `Rollouts that share ${value}`,
          }))}
          onChoose={cluster => onChoose({ cluster })}
        />
      )}
      {(kind === 'uncertainty' || kind === 'negative-audit') && (
        <TextField
          label="Threshold"
          numeric
          value={form.threshold}
          problem={problems.threshold}
          onInput={threshold => onChoose({ threshold })}
        />
      )}
      {kind === 'two-stage' ? (
        <TextField
          label={form.cluster === 'rollout' ? 'Items of each rollout' : `Items of each ${form.cluster}`}
          numeric
          value={form.perCluster}
          problem={problems.perCluster}
          onInput={perCluster => onChoose({ perCluster })}
        />
      ) : (
        <TextField
          label={
            kind === 'stratified' || kind === 'balanced'
              ? 'At most of a rollout in each stratum'
              : 'At most of a rollout'
          }
          numeric
          placeholder="no limit"
          value={form.perRollout}
          problem={problems.perRollout}
          onInput={perRollout => onChoose({ perRollout })}
        />
      )}
      {state.judgeRuns.length > 1 && usesScores(form) && <JudgeField {...props} />}
    </div>
  );
}

function StrataField({ state, form, problems, onChoose }: FieldsProps) {
  const values = new Map(state.fields.map(field => [field.name, field.values]));
  return (
    <Checks
      label="Strata by"
      options={strataFields(state).map(value => ({
        value,
        text: value === 'judge' ? 'judge score' : value,
        aside: value === 'judge' ? 'in bins' : counted(values.get(value) ?? 0, 'value'),
      }))}
      chosen={form.by}
      problem={problems.by}
      onChoose={by => onChoose({ by })}
    />
  );
}

function JudgeField({ state, form, onChoose }: FieldsProps) {
  const runs = state.judgeRuns;
  return (
    <Dropdown
      label="Judge run"
      // The first is the one that counts unless another is named.
      value={form.judge === '' ? (runs[0]?.name ?? '') : form.judge}
      options={runs.map(({ name, items }) => ({ value: name, text: `${name} (${count(items)} items)` }))}
      onChoose={judge => onChoose({ judge })}
    />
  );
}
