import type { Rubric } from '../../labels/rubric';
import type { RolloutSummary } from '../../rollout/runScan';
import { populationOf } from '../../subset/population';
import type { MeasureValue } from '../agreementReport';
import { clusterIn } from '../clusterIn';
import { jackknife, jackknifeVariance, type Jackknife } from '../jackknife';
import { t975 } from '../quantiles';
import { scaledWeights, type Sample } from '../sample';
import { isDefined, ratio } from '../statistic';
import { counted } from './estimateText';
import { shareInterval } from './intervals';
import { plainSample } from './plainSample';
import { inSentences, type Question, refuse } from './question';
import type { Ratings } from './ratings';
import { roganGladen, type OtherShare, type RoganGladen } from './roganGladen';
import type { RunLabels } from './runLabels';
import { humanValue, targetText, valueOf, type Target } from './target';

/** Rollouts that the same judge run scored, and of which nobody has labels here. */
export interface OtherRun {
  /** Base name. */
  readonly file: string;
  readonly rollouts: readonly RolloutSummary[];
  /** The field that says which of its rollouts belong together, or "rollout". */
  readonly clusterBy: string;
}

/** The other file's shares, given this judge's errors here. */
export interface CarriedAnswer {
  readonly file: string;
  /** With a score of the judge. */
  readonly items: number;
  readonly clusters: number;
  /** One for each cut of the criterion. */
  readonly cuts: readonly CarriedCut[];
}

export interface CarriedCut {
  readonly cut: number;
  /** The judge's own share there. */
  readonly naive: MeasureValue;
  /** Absent where it is refused. */
  readonly corrected?: RoganGladen;
  readonly refused?: string;
}

/** Sensitivity and specificity, weighted to this run, carried to the judge's shares in another file (Rogan & Gladen 1978). */
export function carriedShares(
  run: RunLabels,
  { judge, table, thresholds, seed }: Pick<Ratings, 'judge' | 'table' | 'thresholds' | 'seed'>,
  rubric: Rubric,
  { file, rollouts, clusterBy }: OtherRun,
): { readonly answer: CarriedAnswer; readonly sentence: string; readonly sentences: readonly string[] } {
  const { items: all } = populationOf({ rollouts, rubric }, judge?.name);
  const items = all.filter(({ score }) => score !== null);
  const ids = items.map(({ rollout }) => clusterIn({ clusterBy }, rollout));
  const clusters = new Set(ids).size;
  const told = thresholds.map(cut => {
    const target: Target = { kind: 'share', cut };
    const values = items.map(({ score }) => valueOf(target, score ?? 0));
    const sample = plainSample([values], ids, { min: 0, max: 1 }, seed);
    const deleted = jackknife(
      sample,
      ratio(
        item => values[item] ?? 0,
        () => 1,
        'no items',
      ),
    );
    const naive = shareInterval(deleted, clusters, () => clusters);
    const share = otherShare(naive, deleted, clusters);
    const what = `${file}: the ${targetText(target)}`;
    const made: Question<RoganGladen> =
      'refused' in share ? refuse(share.refused) : roganGladen(labelSample(run, target, seed), share, what);
    const { answer, refused, sentence } = made;
    return {
      cut: { cut, naive, ...(answer ? { corrected: answer } : { refused: refused ?? sentence }) },
      sentence: answer ? sentence : `${what} is not corrected. ${sentence}`,
    };
  });
  const here = new Set(run.clusters);
  const common = clusterBy === table.clusterBy && clusterBy !== 'rollout';
  const both = common ? [...new Set(ids)].filter(id => here.has(id)).length : 0;
  const left = all.length - items.length;
  return {
    answer: { file, items: items.length, clusters, cuts: told.map(({ cut }) => cut) },
    ...inSentences([
      ...told.map(({ sentence }) => sentence),
      told.length === 0 ? `No cut was named whose share could be carried to ${file}.` : null,
      told.length > 0
        ? `There the judge scored ${counted(items.length, 'item')} in ${counted(clusters, 'cluster')}${left > 0 ? `; ${counted(left, 'item')} without its score ${left === 1 ? 'is' : 'are'} left out` : ''}.`
        : null,
      both > 0
        ? `${counted(both, 'value')} of ${clusterBy} ${both === 1 ? 'stands' : 'stand'} in both files, which are taken as independent: the carried intervals may be too narrow or too wide.`
        : null,
    ]),
  };
}

/** The labels as `roganGladen` takes them: weighted to the run, the human's side the share of raters at or above the cut. */
function labelSample({ labels }: RunLabels, target: Target, seed: number): Sample {
  const { weights, equal } = scaledWeights(labels.map(({ weight }) => weight));
  const columns = [
    labels.map(({ judge }) => valueOf(target, judge)),
    labels.map(({ humans }) => humanValue(target, humans)),
  ];
  const clusters = labels.map(({ cluster }) => cluster);
  return {
    ...plainSample(columns, clusters, { min: 0, max: 1 }, seed),
    weights,
    equalWeights: equal,
  };
}

/** The share with its variance; at 0 and 1, where the jackknife has none, that which Wilson's interval implies. */
function otherShare(
  { value, ci, reason }: MeasureValue,
  { replicates }: Jackknife,
  clusters: number,
): OtherShare | { readonly refused: string } {
  if (value === null || !ci)
    return {
      refused: `The judge’s own share there can’t be told from ${counted(clusters, 'cluster')}: ${reason ?? 'no interval'}.`,
    };
  const error = (ci[1] - ci[0]) / 2 / t975(clusters - 1);
  const whole = value === 0 || value === 1;
  return {
    share: value,
    variance: whole ? error * error : jackknifeVariance(replicates.filter(isDefined)),
    clusters,
  };
}
