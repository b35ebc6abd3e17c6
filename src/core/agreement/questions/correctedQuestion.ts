import type { RolloutSummary } from '../../rollout/runScan';
import { correctedEstimate, domainOf, type CorrectedEstimate, type Domain } from './correctedEstimates';
import { counted, estimateText } from './estimateText';
import { fieldGroupsOf, fieldValue } from './fieldGroups';
import { inOneText, refuse, type Question } from './question';
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

/** The run's mean and shares, given this judge's errors. */
export function correctedQuestion(
  run: RunLabels | { readonly refused: string },
  rollouts: readonly RolloutSummary[],
  thresholds: readonly number[],
  seed: number,
  fields?: readonly string[],
): Question<CorrectedAnswer> {
  if ('refused' in run) return refuse(run.refused);
  const all = domainOf(run, seed);
  const few = refuseGroup(all);
  if (few !== null) return refuse(few);
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
  const answer: CorrectedAnswer = {
    labels: all.labels,
    labelledClusters: all.labelledClusters,
    runItems: run.items.length,
    runClusters: run.clusters.length,
    whole: targets.map(target => correctedEstimate(all, target)),
    groups,
    notes: run.notes,
  };
  return { answer, sentence: sentenceOf(answer) };
}

/** Why a group, or the run, has no corrected value; `null` where it has. */
export function refuseGroup({ labels, labelledClusters }: Domain): string | null {
  if (labels < fewestGroupLabels)
    return `${counted(labels, 'labelled item')}: a corrected value needs ${String(fewestGroupLabels)}.`;
  if (labelledClusters < fewestGroupClusters)
    return `Labels in ${counted(labelledClusters, 'cluster')}: a corrected value needs ${String(fewestGroupClusters)}.`;
  return null;
}

function sentenceOf({ whole, groups, labels, labelledClusters, runItems, notes }: CorrectedAnswer): string {
  const each = whole.map(
    ({ target, naive, corrected }) =>
      `The run’s ${targetText(target)} is ${estimateText(corrected)} after correction, by the judge alone ${estimateText(naive)}.`,
  );
  const left = groups.filter(({ refused }) => refused !== undefined);
  return inOneText([
    ...each,
    `From ${counted(labels, 'label')} in ${counted(labelledClusters, 'cluster')} and the judge’s scores of ${counted(runItems, 'item')}; it holds for this judge on runs of this kind.`,
    left.length > 0
      ? `No corrected value for ${left.map(({ field, value }) => `${field}=${value}`).join(', ')}: too few labels of their own.`
      : null,
    ...notes,
  ]);
}
