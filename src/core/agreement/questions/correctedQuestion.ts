import type { RolloutSummary } from '../../rollout/runScan';
import type { CarriedAnswer } from './carriedShares';
import { correctedEstimate, domainOf, type CorrectedEstimate, type Domain } from './correctedEstimates';
import { counted, estimateText } from './estimateText';
import { fieldGroupsOf, fieldValue } from './fieldGroups';
import { inSentences, type Question, refuse, sentencesOf } from './question';
import type { RunLabels } from './runLabels';
import { targetText, targetsOf } from './target';

export interface CorrectedAnswer {
  readonly labels: number;
  readonly labelledClusters: number;
  readonly runItems: number;
  readonly runClusters: number;
  /** The mean, then the share at each cut. */
  readonly whole: readonly CorrectedEstimate[];
  readonly groups: readonly CorrectedGroup[];
  /** Another file's shares, where one was named. */
  readonly carried?: CarriedAnswer;
  readonly notes: readonly string[];
}

/** The same of the rollouts with one value of a field, from their own labels alone: nothing is pooled. */
export interface CorrectedGroup {
  readonly field: string;
  readonly value: string;
  readonly labels: number;
  readonly labelledClusters: number;
  /** Absent where it is refused. */
  readonly estimates?: readonly CorrectedEstimate[];
  readonly refused?: string;
}

export const fewestGroupLabels = 15;
export const fewestGroupClusters = 8;

/** Carries the judge's errors to another file, once there are labels to know them by. */
export interface Carry {
  readonly file: string;
  readonly shares: (run: RunLabels) => {
    readonly answer: CarriedAnswer;
    readonly sentence: string;
    readonly sentences: readonly string[];
  };
}

/** The run's mean and shares, given this judge's errors, and with `carry` another file's shares. */
export function correctedQuestion(
  run: RunLabels | { readonly refused: string },
  rollouts: readonly RolloutSummary[],
  thresholds: readonly number[],
  seed: number,
  fields?: readonly string[],
  carry?: Carry,
): Question<CorrectedAnswer> {
  const refused = (reason: string): Question<never> =>
    refuse(carry ? `${reason} Nothing is carried to ${carry.file} either.` : reason);
  if ('refused' in run) return refused(run.refused);
  const all = domainOf(run, seed);
  const few = refuseGroup(all);
  if (few !== null) return refused(few);
  const targets = targetsOf(thresholds);
  const groups = fieldGroupsOf(rollouts, fields).flatMap((found): CorrectedGroup[] => {
    if ('refused' in found) return [];
    const { field, values } = found;
    return values.map(value => {
      const domain = domainOf(run, seed, rollout => fieldValue(rollout, field) === value);
      const { labels, labelledClusters } = domain;
      const refused = refuseGroup(domain);
      return {
        field,
        value,
        labels,
        labelledClusters,
        ...(refused === null
          ? { estimates: targets.map(target => correctedEstimate(domain, target)) }
          : { refused }),
      };
    });
  });
  const carried = carry?.shares(run);
  const answer: CorrectedAnswer = {
    labels: all.labels,
    labelledClusters: all.labelledClusters,
    runItems: run.items.length,
    runClusters: run.clusters.length,
    whole: targets.map(target => correctedEstimate(all, target)),
    groups,
    ...(carried ? { carried: carried.answer } : {}),
    notes: run.notes,
  };
  return { answer, ...inSentences([...toldOf(answer), ...(carried ? sentencesOf(carried) : [])]) };
}

/** Why a group, or the run, has no corrected value; `null` where it has. */
export function refuseGroup({ labels, labelledClusters }: Domain): string | null {
  if (labels < fewestGroupLabels)
    return `${counted(labels, 'labelled item')}: a corrected value needs ${String(fewestGroupLabels)}.`;
  if (labelledClusters < fewestGroupClusters)
    return `Labels in ${counted(labelledClusters, 'cluster')}: a corrected value needs ${String(fewestGroupClusters)}.`;
  return null;
}

function toldOf({
  whole,
  groups,
  labels,
  labelledClusters,
  runItems,
  notes,
}: CorrectedAnswer): (string | null)[] {
  const each = whole.map(
    ({ target, naive, corrected }) =>
      `The run’s ${targetText(target)} is ${estimateText(corrected)} after correction, by the judge alone ${estimateText(naive)}.`,
  );
  const left = groups.filter(({ refused }) => refused !== undefined);
  return [
    ...each,
    `From ${counted(labels, 'label')} in ${counted(labelledClusters, 'cluster')} and the judge’s scores of ${counted(runItems, 'item')}; it holds for this judge on runs of this kind.`,
    left.length > 0
      ? `No corrected value for ${left.map(({ field, value }) => `${field}=${value}`).join(', ')}: too few labels of their own.`
      : null,
    ...notes,
  ];
}
