import type { MeasureValue } from '../agreement/agreementReport';
import type { Resampling } from '../agreement/bootstrap';
import { clusterDraws, type Draws } from '../agreement/draws';
import { average } from '../agreement/average';
import { withoutValue } from '../agreement/measure';
import { proportion } from '../agreement/proportion';
import { clustersOf, scaledWeights, type Sample } from '../agreement/sample';
import type { RolloutSummary } from '../rollout/runScan';
import type { ScoredItem } from './scoredItems';

/** Whether a turn counts. */
export type Belongs = (rollout: RolloutSummary, turn: number) => boolean;

/** The mean and the shares of the turns that count. */
export interface Estimate {
  /** Turns with a usable score; of corrected values, the judge's. */
  readonly n: number;
  readonly clusters: number;
  readonly labelled?: number;
  readonly mean: MeasureValue;
  /** In the order of the cuts. */
  readonly shares: readonly MeasureValue[];
}

/** Intervals by the cluster jackknife; bands along turns, where `bands` is said, by the bootstrap of whole clusters. */
export type Estimates = (belongs: Belongs, how?: 'bands') => Estimate;

/** What intervals are made by. */
export interface IntervalRules {
  readonly seed: number;
  readonly resamples: number;
  readonly clusterOf: (rollout: RolloutSummary) => string;
}

/** How often each of so many clusters is drawn in each resample. */
export type DrawsOf = (clusters: number) => Draws;

/** The last draws are kept, since they are the same for equally many clusters; all of a long run's would fill the memory. */
export function drawsBy({ resamples, seed }: IntervalRules): DrawsOf {
  let last: Draws | null = null;
  return count => {
    if (last?.groups !== count)
      last = clusterDraws([Array.from({ length: count }, (_, cluster) => cluster)], resamples, seed);
    return last;
  };
}

/** Values with weights and clusters as a sample of one column; with `draws` its intervals come from the bootstrap. */
export function sampleOf(
  values: readonly number[],
  clusters: readonly string[],
  rules: IntervalRules,
  { weights = values.map(() => 1), draws }: { weights?: readonly number[]; draws?: DrawsOf } = {},
): Sample {
  const scaled = scaledWeights(weights);
  const grouped = clustersOf(clusters);
  const sample: Sample = {
    columns: [Float64Array.from(values)],
    n: values.length,
    weights: scaled.weights,
    equalWeights: scaled.equal,
    clusters: grouped,
    categories: { kind: 'none', reason: 'no categories' },
    seed: rules.seed,
  };
  if (!draws || grouped.length === 0) return sample;
  const resampling: Resampling = {
    kind: 'bootstrap',
    resamples: rules.resamples,
    seed: rules.seed,
    groups: { items: grouped, weights: scaled.weights },
    draws: draws(grouped.length),
    strata: 1,
  };
  return { ...sample, resampling };
}

/** Mean and shares of scored items: clusters are whole prompts or rollouts. */
export function itemEstimates(
  items: readonly ScoredItem[],
  cuts: readonly number[],
  rules: IntervalRules,
): Estimates {
  const draws = drawsBy(rules);
  return (belongs, how) => {
    const own = items.filter(({ rollout, turn }) => belongs(rollout, turn));
    if (own.length === 0) {
      const none = withoutValue('no scored turn');
      return { n: 0, clusters: 0, mean: none, shares: cuts.map(() => none) };
    }
    const sample = sampleOf(
      own.map(({ score }) => score),
      own.map(({ rollout }) => rules.clusterOf(rollout)),
      rules,
      { weights: own.map(({ weight }) => weight), ...(how ? { draws } : {}) },
    );
    return {
      n: own.length,
      clusters: sample.clusters.length,
      mean: meanOf(sample),
      shares: cuts.map((_, cut) => proportion(sample, item => own[item]?.above[cut] ?? 0)),
    };
  };
}

/** The weighted mean of a sample's column. */
export function meanOf(sample: Sample): MeasureValue {
  if (sample.n === 0) return withoutValue('no scored turn');
  return average(sample, item => sample.columns[0]?.[item] ?? 0, {
    allEqual: () => 'no interval: every score is the same',
  });
}
