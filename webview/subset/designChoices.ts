import type { SubsetFormState } from '../../src/protocol/subsetProtocol';
import type { DesignKind, SubsetForm } from './subsetForm';

export interface DesignChoice {
  readonly kind: DesignKind;
  readonly name: string;
  /** What it does and is good for. */
  readonly purpose: string;
  /** Why the file can't be drawn from in this way; `null` where it can. */
  readonly unavailable: string | null;
}

/** Fields with more values than this make too many strata. */
const mostStrata = 20;

/** All designs, in the order of the list. */
export function designChoices(state: SubsetFormState): DesignChoice[] {
  const runs = state.judgeRuns.length;
  const noScores = runs === 0 ? `The file has no ${state.rubric.criterion} scores of a judge.` : null;
  const choice = (kind: DesignKind, purpose: string, unavailable: string | null = null): DesignChoice => ({
    kind,
    name: designNames[kind],
    purpose,
    unavailable,
  });
  return [
    choice('random', 'Every item is equally likely. Good for any rate or mean of the run.'),
    choice(
      'stratified',
      'A share for each group of rollouts. Good where every condition needs numbers of its own.',
      strataFields(state).length === 0
        ? `No field has 2 to ${String(mostStrata)} values, and there are no judge scores.`
        : null,
    ),
    choice(
      'balanced',
      'More of the rare judge scores. Good for agreement and thresholds where high scores are few.',
      noScores,
    ),
    choice(
      'two-stage',
      'Some rollouts first, then a few turns of each. Good where reading into a conversation takes the time.',
    ),
    choice(
      'negative-audit',
      'Only what the judge scored under a threshold. Good for counting what it misses.',
      noScores,
    ),
    choice(
      'disagreement',
      'Where runs of the judge differ most. Good for finding faults of judge or rubric; no estimates.',
      runs < 2 ? `It compares judge runs, and the file has ${runs === 0 ? 'none' : 'only one'}.` : null,
    ),
    choice(
      'uncertainty',
      'Judge scores nearest a threshold. Good for finding where the line lies; no estimates.',
      noScores,
    ),
  ];
}

const designNames: Readonly<Record<DesignKind, string>> = {
  random: 'Random',
  stratified: 'Stratified',
  balanced: 'Balanced by judge score',
  'two-stage': 'Two-stage',
  'negative-audit': 'Negative audit',
  disagreement: 'Disagreement first',
  uncertainty: 'Uncertainty first',
};

/** What can make strata: "judge" for its scores, and fields with few values. */
export function strataFields({ fields, judgeRuns }: SubsetFormState): string[] {
  const usable = fields.filter(({ name, values }) => name !== 'judge' && values >= 2 && values <= mostStrata);
  return [...(judgeRuns.length > 0 ? ['judge'] : []), ...usable.map(({ name }) => name)];
}

/** What two-stage designs can draw first: rollouts, or what several of them share. */
export function clusterFields({ fields, rollouts }: SubsetFormState): string[] {
  return [
    'rollout',
    ...fields
      .filter(({ name, values }) => name !== 'rollout' && values >= 2 && values < rollouts)
      .map(({ name }) => name),
  ];
}

/** Whether what is drawn goes by the scores of one judge run. */
export function usesScores({ kind, by }: Pick<SubsetForm, 'kind' | 'by'>): boolean {
  return (
    kind === 'balanced' ||
    kind === 'uncertainty' ||
    kind === 'negative-audit' ||
    (kind === 'stratified' && by.includes('judge'))
  );
}
