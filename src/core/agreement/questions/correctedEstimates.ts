import type { MeasureValue } from '../agreementReport';
import type { Value } from '../statistic';
import { isDefined } from '../statistic';
import { clusterSample, jackknifeOfSums, type ClusterSums } from './clusterSums';
import {
  addLabel,
  addRunItems,
  correctedOf,
  correctedSize,
  doubleSamplingOf,
  labelsAloneOf,
  lambdaOf,
  naiveOf,
} from './correctedValue';
import { numberInterval, shareInterval } from './intervals';
import type { RunLabels } from './runLabels';
import { humanValue, valueOf, type Target } from './target';

/** One mean or share of the run, corrected by the labels, beside what judge and labels say alone. */
export interface CorrectedEstimate {
  readonly target: Target;
  /** f̄_run, the judge's own value. */
  readonly naive: MeasureValue;
  /** ȳ_w, the labels' alone. */
  readonly labelsAlone: MeasureValue;
  /** θ̂ = ȳ_w + λ(f̄_run − f̄_w). */
  readonly corrected: MeasureValue;
  readonly lambda: number;
  /** Of shares: q·PPV + (1 − q)(1 − NPV). */
  readonly doubleSampling?: MeasureValue;
}

/** What of a run an estimate is about: which items count, and how many labels and clusters with labels they have. */
export interface Domain {
  readonly run: RunLabels;
  readonly seed: number;
  readonly inItem: (item: number) => boolean;
  readonly inLabel: (label: number) => boolean;
  readonly labels: number;
  readonly labelledClusters: number;
  /** (Σw)²/Σw² of the labels. */
  readonly kish: number;
}

/** All of the run, or the turns of rollouts that `belongs` takes. */
export function domainOf(
  run: RunLabels,
  seed: number,
  belongs: (rollout: RunLabels['items'][number]['rollout'], turn: number) => boolean = () => true,
): Domain {
  const inItem = (item: number): boolean => {
    const of = run.items[item];
    return of !== undefined && belongs(of.rollout, of.turn);
  };
  const inLabel = (label: number): boolean => {
    const of = run.labels[label];
    return of !== undefined && belongs(of.rollout, of.turn);
  };
  const own = run.labels.map((_, label) => label).filter(inLabel);
  const weights = own.map(label => run.labels[label]?.weight ?? 0);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const squares = weights.reduce((total, weight) => total + weight * weight, 0);
  return {
    run,
    seed,
    inItem,
    inLabel,
    labels: own.length,
    labelledClusters: new Set(own.map(label => run.labelCluster[label])).size,
    kish: (sum * sum) / squares,
  };
}

/** The sums of several domains side by side, a row for each cluster that has an item of one of them. */
export function correctedSums(
  { items, clusterOf, clusters, labels, labelCluster }: RunLabels,
  domains: readonly Domain[],
  target: Target,
): ClusterSums & { readonly count: number } {
  const size = correctedSize * domains.length;
  const all = new Float64Array(size * clusters.length);
  const held = new Uint8Array(clusters.length);
  domains.forEach(({ inItem, inLabel }, domain) => {
    const at = (cluster: number): number => cluster * size + domain * correctedSize;
    items.forEach(({ score }, item) => {
      if (!inItem(item)) return;
      const cluster = clusterOf[item] ?? 0;
      held[cluster] = 1;
      addRunItems(all, at(cluster), valueOf(target, score ?? 0));
    });
    labels.forEach(({ judge, humans, weight }, label) => {
      if (!inLabel(label)) return;
      const y = humanValue(target, humans);
      addLabel(all, at(labelCluster[label] ?? 0), weight, y, valueOf(target, judge));
    });
  });
  const kept = [...held.keys()].filter(cluster => held[cluster] === 1);
  const rows = new Float64Array(size * kept.length);
  kept.forEach((cluster, row) => rows.set(all.subarray(cluster * size, (cluster + 1) * size), row * size));
  return { size, rows, count: kept.length };
}

/** The estimate of a domain; each cluster is left out of the labels and of the run at once. */
export function correctedEstimate(domain: Domain, target: Target): CorrectedEstimate {
  const sums = correctedSums(domain.run, [domain], target);
  const sample = clusterSample(sums.count, domain.seed);
  // Clusters without a label say little of the judge's errors: the degrees of freedom are those of the labels.
  const measured = (
    value: (of: Float64Array) => Value,
    clusters = domain.labelledClusters,
    kish = domain.kish,
  ): MeasureValue => {
    const deleted = jackknifeOfSums(sample, sums, value);
    return target.kind === 'mean'
      ? numberInterval(deleted, clusters)
      : shareInterval(deleted, clusters, () => kish);
  };
  const total = jackknifeOfSums(sample, sums, lambdaOf).estimate;
  return {
    target,
    naive: measured(naiveOf, sums.count, sums.count),
    labelsAlone: measured(labelsAloneOf),
    corrected: measured(correctedOf),
    lambda: isDefined(total) ? total : 0,
    ...(target.kind === 'share' ? { doubleSampling: measured(doubleSamplingOf) } : {}),
  };
}
