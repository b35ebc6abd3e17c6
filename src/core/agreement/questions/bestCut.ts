import type { MeasureValue } from '../agreementReport';
import { jackknife } from '../jackknife';
import { fewestClusters, tooFewClusters, withoutValue } from '../measure';
import { isDefined, undefinedValue, type Statistic, type Value } from '../statistic';
import { combined, mean } from './combine';
import { atCuts, kappaOf, prevalenceAOf, prevalenceBOf, type Cells } from './cutStatistics';
import { estimated, numberInterval } from './intervals';
import { against, type Subject } from './subjects';

export interface BestCut {
  readonly humanCut: number;
  /** The judge's cut with the highest κ against the human's; `null` with the reason where κ is nowhere defined. */
  readonly cut: number | null;
  readonly kappa: MeasureValue;
  readonly kappaAtHumanCut: MeasureValue;
  /** Every cut whose paired interval of κ(best) − κ(cut) holds 0, the best among them; `null` without intervals. */
  readonly uncertain: readonly number[] | null;
  /** κ of judge scores cut, cluster by cluster, where κ is highest without that cluster. */
  readonly outOfSample: number | null;
  /** κ at the best cut less `outOfSample`. */
  readonly optimism: number | null;
  readonly reason?: string;
}

/** κ and the gap of the shares at or above, the judge's at a cut and the human's at its own, with their replicates. */
interface Candidate {
  readonly cut: number;
  readonly kappa: Statistic;
  readonly gap: Value;
  readonly estimate: Value;
  /** Without each cluster. */
  readonly kappas: readonly Value[];
  readonly gaps: readonly Value[];
}

/** The judge's best cut for a human cut: highest weighted κ, then the smaller gap of shares, then the nearest, then the lower. */
export function bestCutOf(subject: Subject, humanCut: number, cuts: readonly number[]): BestCut {
  const { sample } = subject;
  const candidates = cuts.map((cut): Candidate => {
    const at = (value: (cells: Cells) => Value): Statistic =>
      against(subject, (of, a, b) => atCuts(of, a, cut, b, humanCut, value));
    const kappa = at(kappaOf);
    const shares = jackknife(
      sample,
      combined([at(prevalenceAOf), at(prevalenceBOf)], ([a = 0, b = 0]) => Math.abs(a - b)),
    );
    const { estimate, replicates } = jackknife(sample, kappa);
    return {
      cut,
      kappa,
      gap: shares.estimate,
      estimate,
      kappas: replicates,
      gaps: shares.replicates,
    };
  });
  const atHuman = candidates.find(({ cut }) => cut === humanCut);
  const kappaAtHumanCut = atHuman
    ? estimated(sample, 'coefficient', atHuman.kappa)
    : withoutValue('no cut of the scale');
  const best = highest(
    candidates.map(({ cut, estimate, gap }) => ({ cut, kappa: estimate, gap })),
    humanCut,
  );
  const chosen = candidates.find(({ cut }) => cut === best);
  if (!chosen) {
    const reason = 'κ is undefined at every cut';
    const nothing = { uncertain: null, outOfSample: null, optimism: null, reason };
    return { humanCut, cut: null, kappa: withoutValue(reason), kappaAtHumanCut, ...nothing };
  }
  const clusters = sample.clusters.length;
  const outOfSample = outOfSampleKappa(subject, humanCut, candidates);
  const estimate = isDefined(chosen.estimate) ? chosen.estimate : null;
  return {
    humanCut,
    cut: chosen.cut,
    kappa: estimated(sample, 'coefficient', chosen.kappa),
    kappaAtHumanCut,
    uncertain:
      clusters < fewestClusters
        ? null
        : candidates.filter(each => notToldApart(subject, chosen, each)).map(({ cut }) => cut),
    outOfSample,
    optimism: outOfSample === null || estimate === null ? null : estimate - outOfSample,
    ...(clusters < fewestClusters ? { reason: tooFewClusters(clusters) } : {}),
  };
}

function notToldApart({ sample }: Subject, best: Candidate, other: Candidate): boolean {
  if (other.cut === best.cut) return true;
  const deleted = jackknife(
    sample,
    combined([best.kappa, other.kappa], ([a = 0, b = 0]) => a - b),
  );
  if (!isDefined(deleted.estimate)) return false;
  const { ci } = numberInterval(deleted, deleted.replicates.length);
  // Without an interval nothing tells the two apart unless the difference is the same whatever is left out.
  if (!ci) return deleted.replicates.some(each => !isDefined(each)) || Math.abs(deleted.estimate) < 1e-12;
  return ci[0] <= 0 && ci[1] >= 0;
}

/** The cut to choose among those where κ is defined; equal is what rounding can't tell apart. */
function highest(
  candidates: readonly { readonly cut: number; readonly kappa: Value; readonly gap: Value }[],
  humanCut: number,
): number | null {
  let best: { cut: number; kappa: number; gap: number } | null = null;
  for (const { cut, kappa, gap } of candidates) {
    if (!isDefined(kappa)) continue;
    const each = { cut, kappa, gap: isDefined(gap) ? gap : Infinity };
    if (best === null || better(each, best, humanCut)) best = each;
  }
  return best?.cut ?? null;
}

function better(
  one: { cut: number; kappa: number; gap: number },
  other: { cut: number; kappa: number; gap: number },
  humanCut: number,
): boolean {
  const alike = 1e-12;
  if (Math.abs(one.kappa - other.kappa) > alike) return one.kappa > other.kappa;
  if (Math.abs(one.gap - other.gap) > alike) return one.gap < other.gap;
  return Math.abs(one.cut - humanCut) < Math.abs(other.cut - humanCut);
}

/** κ, the mean over raters, of tables in which each cluster's items are cut where κ is highest without that cluster. */
function outOfSampleKappa(
  { sample, parts }: Subject,
  humanCut: number,
  candidates: readonly Candidate[],
): number | null {
  const tables = parts.map(() => [0, 0, 0, 0]);
  const judge = sample.columns[0];
  const cutWithout = (cluster: number): number | null =>
    highest(
      candidates.flatMap(({ cut, kappas, gaps }) => {
        const kappa = kappas[cluster];
        return kappa === undefined ? [] : [{ cut, kappa, gap: gaps[cluster] ?? undefinedValue('no items') }];
      }),
      humanCut,
    );
  const { clusters } = sample;
  // Without one of two items that are alike, the cut is the same; not where clusters were left out in groups.
  const alike = candidates.every(({ kappas: { length } }) => length === 0 || length === clusters.length)
    ? sample.alike
    : undefined;
  const known = new Map<number, number | null>();
  for (const [cluster, items] of clusters.entries()) {
    const code = alike?.codes[items[0] ?? 0];
    let cut = code === undefined ? undefined : known.get(code);
    if (cut === undefined) cut = cutWithout(cluster);
    if (code !== undefined) known.set(code, cut);
    if (cut === null) return null;
    parts.forEach(({ column, weights }, index) => {
      for (const item of items) {
        const human = sample.columns[column]?.[item] ?? NaN;
        const cells = tables[index];
        if (Number.isNaN(human) || !cells) continue;
        const cell = (judge?.[item] ?? NaN) >= cut ? (human >= humanCut ? 0 : 1) : human >= humanCut ? 2 : 3;
        const weight = weights ? (weights[item] ?? 0) : (sample.weights[item] ?? 0);
        cells[cell] = (cells[cell] ?? 0) + weight;
      }
    });
  }
  const kappas = tables.map(([a = 0, b = 0, c = 0, d = 0]) => kappaOf([a, b, c, d]));
  const values = kappas.filter(isDefined);
  return values.length < kappas.length ? null : mean(values);
}
