import type { MeasureValue } from '../agreementReport';
import type { Rubric } from '../../labels/rubric';
import type { RolloutSummary } from '../../rollout/runScan';
import { assumedCorrelation } from '../../subset/halfWidths';
import type { Design, Subset } from '../../subset/manifest';
import { populationOf } from '../../subset/population';
import { formatNumber } from '../numberText';
import { byCodeUnits } from '../sample';
import { clusterIn } from '../clusterIn';
import type { CorrectedAnswer } from './correctedQuestion';
import { counted } from './estimateText';
import type { HeadlineAnswer } from './headlineQuestion';
import { labelledItemsOf, type LabelledItem } from './labelledItems';
import { stratumGains, type StratumGain } from './nextStratum';
import { inSentences, type Question, refuse } from './question';
import { unitsWithAll, type Ratings, type Scores } from './ratings';
import type { RunLabels } from './runLabels';
import { smallestStudy, wantedShare, type TriedSize } from './smallestStudy';
import type { PlannedTarget } from './studyHalfWidth';
import { assumedPool, assumedShares, poolInHand, type PoolItem } from './studyPool';
import { targetText } from './target';

export interface PlannerOptions {
  readonly of: 'correctedMean' | 'correctedShare' | 'cohenKappaQuadratic';
  /** Half the 95% interval that is wanted: scale points of a mean, else from 0 to 1. */
  readonly wantedHalfWidth: number;
  /** Of the share; the first threshold unless told. */
  readonly cut?: number;
  /** Assumed correlation of the latent scores of judge and human; .7 unless told. */
  readonly correlation?: number;
  /** Simulated studies at each n; 500 unless told. */
  readonly studies?: number;
  /** Called after each n that was tried; what it throws ends the search. */
  readonly progress?: (tried: TriedSize & { readonly from: 'data' | 'assumptions' }) => void;
}

export interface EnoughAnswer {
  readonly now: readonly { readonly of: string; readonly halfWidth: number | null }[];
  readonly planned?: {
    readonly of: string;
    readonly wantedHalfWidth: number;
    readonly studies: number;
    readonly fromData: PlannedSize;
    readonly fromAssumptions: PlannedSize & { readonly correlation: number };
  };
  /** By what one more label gains for the corrected share at the first cut (else the mean); empty with one stratum. */
  readonly next: readonly StratumGain[];
}

export interface PlannedSize {
  /** Items to label; `null` where all of the run would not do, or where it is refused. */
  readonly n: number | null;
  readonly refused?: string;
}

export interface EnoughSources {
  readonly rollouts?: readonly RolloutSummary[];
  readonly rubric?: Rubric;
  readonly subset?: Subset;
  readonly run: RunLabels | { readonly refused: string };
  readonly headline: HeadlineAnswer | null;
  readonly corrected: CorrectedAnswer | null;
  readonly planner?: PlannerOptions;
}

const fewestLabels = 50;
const fewestLabelledClusters = 20;
const usualStudies = 500;

/** Whether there were enough labels, how many there would have to be, and where to label next. */
export function enoughQuestion(ratings: Ratings, sources: EnoughSources): Question<EnoughAnswer> {
  const { rollouts, rubric, subset, run, headline, corrected, planner } = sources;
  if (!rollouts || !rubric) return refuse('Without rollouts there is no run to plan labels for.');
  if (!ratings.judge) return refuse('There is no judge whose errors the labels could tell.');
  const now = halfWidthsNow(headline, corrected);
  const planned = planner ? plannedSizes(ratings, planner, { rollouts, rubric, subset }) : null;
  const next = 'refused' in run || !subset ? [] : gainsOf(run, subset, corrected);
  if (now.length === 0 && !planned)
    return refuse('There are no labels yet, and no half-width was asked for.');
  const answer: EnoughAnswer = { now, ...(planned ? { planned } : {}), next };
  return { answer, ...inSentences(toldOf(answer)) };
}

const halfOf = ({ ci }: MeasureValue): number | null => (ci ? (ci[1] - ci[0]) / 2 : null);

function halfWidthsNow(
  headline: HeadlineAnswer | null,
  corrected: CorrectedAnswer | null,
): EnoughAnswer['now'] {
  const kappas = (headline?.raters ?? []).flatMap(({ rater, inRun, inSubset }) => {
    const measure = (inRun ?? inSubset)['cohenKappaQuadratic'];
    return measure ? [{ of: `κ with quadratic weights, ${rater}`, halfWidth: halfOf(measure) }] : [];
  });
  const values = (corrected?.whole ?? []).map(({ target, corrected: measure }) => ({
    of: `corrected ${targetText(target)}`,
    halfWidth: halfOf(measure),
  }));
  return [...kappas, ...values];
}

function gainsOf({ labels }: RunLabels, subset: Subset, corrected: CorrectedAnswer | null): StratumGain[] {
  if (subset.manifest.strata.length < 2) return [];
  const whole = corrected?.whole ?? [];
  const estimate = whole.find(({ target }) => target.kind === 'share') ?? whole[0];
  return estimate ? stratumGains(subset, labels, estimate.target, estimate.lambda) : [];
}

function plannedSizes(
  ratings: Ratings,
  planner: PlannerOptions,
  {
    rollouts,
    rubric,
    subset,
  }: { rollouts: readonly RolloutSummary[]; rubric: Rubric; subset: Subset | undefined },
): NonNullable<EnoughAnswer['planned']> {
  const { wantedHalfWidth, correlation = assumedCorrelation, studies = usualStudies, progress } = planner;
  const { seed } = ratings;
  const target = targetOf(planner, rubric);
  const design: Design = subset?.manifest.design ?? { kind: 'random', n: 1 };
  const items = poolItemsOf(ratings, rollouts, rubric);
  const refused = refusePlan(target, design, items);
  const of =
    target === null
      ? planner.of
      : target.kind === 'kappa'
        ? 'κ with quadratic weights'
        : `corrected ${targetText(target)}`;
  const about = { of, wantedHalfWidth, studies };
  if (target === null || refused !== null) {
    const nothing = { n: null, refused: refused ?? 'There is no cut to plan a share for.' };
    return { ...about, fromData: nothing, fromAssumptions: { ...nothing, correlation } };
  }
  const labels = labelsFor(ratings, target, rollouts);
  const few = refuseData(labels);
  const search = { design, target, wantedHalfWidth, studies, seed };
  return {
    ...about,
    fromData:
      few === null
        ? {
            n: smallestStudy({
              ...search,
              pool: poolInHand(items, labels, design, rubric.scale),
              progress: tried => progress?.({ ...tried, from: 'data' }),
            }),
          }
        : { n: null, refused: few },
    fromAssumptions: {
      n: smallestStudy({
        ...search,
        pool: assumedPool(items, correlation, design, rubric.scale, seed),
        progress: tried => progress?.({ ...tried, from: 'assumptions' }),
      }),
      correlation,
    },
  };
}

function targetOf({ of, cut }: PlannerOptions, rubric: Rubric): PlannedTarget | null {
  if (of === 'cohenKappaQuadratic') return { kind: 'kappa' };
  if (of === 'correctedMean') return { kind: 'mean' };
  const at = cut ?? rubric.thresholds[0];
  return at === undefined ? null : { kind: 'share', cut: at };
}

/** All items of the run with a judge score, with their clusters numbered. */
function poolItemsOf(
  { judge, table }: Ratings,
  rollouts: readonly RolloutSummary[],
  rubric: Rubric,
): PoolItem[] {
  const items = populationOf({ rollouts, rubric }, judge?.name).items.filter(({ score }) => score !== null);
  const ids = items.map(({ rollout }) => clusterIn(table, rollout));
  const place = new Map([...new Set(ids)].sort(byCodeUnits).map((id, index) => [id, index]));
  return items.map((item, index) => ({ item, cluster: place.get(ids[index] ?? '') ?? 0 }));
}

function refusePlan(
  target: PlannedTarget | null,
  { kind }: Design,
  items: readonly PoolItem[],
): string | null {
  if (items.length === 0) return 'The judge scored no item of the run.';
  if (kind === 'disagreement' || kind === 'uncertainty' || kind === 'negative-audit')
    return 'The subset’s design can’t speak for the run: there is no number of labels to plan by it.';
  if (target?.kind === 'share' && !Number.isFinite(target.cut)) return 'The cut is no number.';
  return null;
}

/** The labels that human scores are taken from: of κ, those of the one rater with most of them. */
function labelsFor(
  ratings: Ratings,
  target: PlannedTarget,
  rollouts: readonly RolloutSummary[],
): readonly LabelledItem[] {
  if (target.kind !== 'kappa') return labelledItemsOf(ratings, rollouts).items;
  const { judge, humans } = ratings;
  const count = (human: Scores): number => (judge ? unitsWithAll(ratings, [judge, human]).length : 0);
  const most = humans.reduce<Scores | null>(
    (best, each) => (best === null || count(each) > count(best) ? each : best),
    null,
  );
  return labelledItemsOf({ ...ratings, humans: most ? [most] : [] }, rollouts).items;
}

function refuseData(labels: readonly LabelledItem[]): string | null {
  const clusters = new Set(labels.map(({ cluster }) => cluster)).size;
  if (labels.length >= fewestLabels && clusters >= fewestLabelledClusters) return null;
  return `${counted(labels.length, 'label')} in ${counted(clusters, 'cluster')}: planning from the data in hand needs ${String(fewestLabels)} in ${String(fewestLabelledClusters)}.`;
}

function toldOf({ now, planned, next }: EnoughAnswer): (string | null)[] {
  const widths = now.map(
    ({ of, halfWidth }) => `${of} ${halfWidth === null ? 'without interval' : `±${formatNumber(halfWidth)}`}`,
  );
  const first = next[0];
  return [
    widths.length > 0 ? `Half-widths of the 95% intervals now: ${widths.join('; ')}.` : null,
    planned ? plannedSentence(planned) : null,
    first
      ? `The next label gains most in the stratum “${first.stratum}”${first.gain === null ? ', which has none' : ''}.`
      : null,
  ];
}

function plannedSentence({
  of,
  wantedHalfWidth,
  studies,
  fromData,
  fromAssumptions,
}: NonNullable<EnoughAnswer['planned']>): string {
  const size = ({ n, refused }: PlannedSize): string =>
    refused !== undefined
      ? `no number (${refused})`
      : n === null
        ? 'more than the run holds'
        : counted(n, 'label');
  const { rollout, sharedError } = assumedShares;
  return `For ±${formatNumber(wantedHalfWidth)} of the ${of} in ${String(100 * wantedShare)}% of ${counted(studies, 'simulated study', 'simulated studies')} it takes ${size(fromData)} by the data in hand, and ${size(fromAssumptions)} if judge and human correlate at ${String(fromAssumptions.correlation)}, ${String(100 * rollout)}% of the scores’ variance lies between rollouts and ${String(100 * sharedError)}% of the judge’s error is shared in a rollout.`;
}
