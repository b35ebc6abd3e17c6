import { fewestClusters } from '../agreement/measure';
import { t975 } from '../agreement/quantiles';
import { wilson } from '../agreement/wilson';
import type { Draw } from './draw';
import type { Design } from './manifest';
import type { SubsetPreview } from './plan';
import type { PopulationItem } from './population';

/** Assumed: the correlation of human with judge scores, and the share of the scores' variance between rollouts. */
export const assumedCorrelation = 0.7;
export const assumedRolloutShare = 0.3;

/**
 * Planned half-widths of 95% intervals for the items of the file: t(G − 1) · √(deff · Σ (N_h/N)² (1 − n_h/N_h) S_h² κ_h),
 * κ_h = Σw²/(Σw)² over the items drawn in h (1/n_h where weights are equal), deff = 1 + (b̄ − 1)·.3 with b̄ items a rollout.
 * S_h² is that of human scores that follow the judge's at r = .7: with the judge's own, strata of judge scores would leave
 * nothing to estimate. `null` where nothing can be planned.
 */
export function halfWidthsOf(
  draw: Draw,
  { kind }: Design,
  cut: number | undefined,
  clusters: number,
): SubsetPreview['halfWidths'] {
  const scores = draw.strata.flatMap(({ items }) => scoresOf(items));
  const overall = varianceOf(scores);
  const unfit = kind === 'disagreement' || kind === 'uncertainty' || kind === 'negative-audit';
  if (unfit || cut === undefined || clusters < fewestClusters || overall === 0) return null;
  const share = scores.filter(score => score >= cut).length / scores.length;
  const population = draw.strata.reduce((sum, { items }) => sum + items.length, 0);
  const r = assumedCorrelation;
  const weights = new Map<string, number[]>();
  for (const { id } of draw.strata) weights.set(id, []);
  for (const { stratum, pi } of draw.items) weights.get(stratum)?.push(1 / (pi ?? 1));

  let shareVariance = 0;
  let meanVariance = 0;
  for (const { id, items } of draw.strata) {
    const drawn = weights.get(id) ?? [];
    const kish = sum(drawn.map(weight => weight * weight)) / sum(drawn) ** 2;
    const size = items.length;
    const factor = (size / population) ** 2 * (1 - drawn.length / size) * kish;
    // A stratum that no judge scored is taken to be like the whole.
    const own = scoresOf(items);
    const variance = own.length === 0 ? overall : varianceOf(own);
    const ownShare = own.length === 0 ? share : own.filter(score => score >= cut).length / own.length;
    meanVariance += factor * (r * r * variance + (1 - r * r) * overall);
    const expected = share + r * (ownShare - share);
    shareVariance += (factor * expected * (1 - expected) * size) / Math.max(1, size - 1);
  }

  const rollouts = new Set(draw.items.map(({ item }) => item.rollout.id)).size;
  const perRollout = draw.items.length / rollouts;
  const deff = 1 + (perRollout - 1) * assumedRolloutShare;
  const t = t975(clusters - 1);
  const never = (share === 0 || share === 1) && draw.items.length < population;
  const [low, high] = wilson(share, draw.items.length / deff, t);
  return {
    share: { cut, value: never ? (high - low) / 2 : t * Math.sqrt(deff * shareVariance) },
    mean: t * Math.sqrt(deff * meanVariance),
    assumptions: [
      draw.strata.length === 1
        ? 'The human scores spread as the judge’s do.'
        : `The human scores spread as the judge’s do and follow them at a correlation of ${String(r)}.`,
      ...(deff > 1
        ? [
            `${String(100 * assumedRolloutShare)}% of their variance lies between rollouts: with ${perRollout.toFixed(1)} items a rollout, intervals are ${String(Math.round(100 * (Math.sqrt(deff) - 1)))}% wider than from independent items.`,
          ]
        : []),
      'The items of this file are meant; for new rollouts of the same process the intervals are wider, the more so the larger the part of the file that is drawn.',
      ...(never
        ? [
            `By the judge ${share === 0 ? 'no item' : 'every item'} reaches ${String(cut)}: for the share the half-width is that of Wilson’s interval at ${String(100 * share)}%.`,
          ]
        : []),
    ],
  };
}

const scoresOf = (items: readonly PopulationItem[]): number[] =>
  items.flatMap(({ score }) => (score === null ? [] : [score]));

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** With divisor N − 1; 0 of fewer than two values. */
function varianceOf(values: readonly number[]): number {
  const mean = sum(values) / values.length;
  const squares = sum(values.map(value => (value - mean) * (value - mean)));
  return values.length < 2 ? 0 : squares / (values.length - 1);
}
