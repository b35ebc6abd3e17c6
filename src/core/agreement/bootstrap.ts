import { clusterDraws, countedByParts, itemDraws, type Draws } from './draws';
import { distinctRows } from './distinctRows';
import { jackknife } from './jackknife';
import { accelerationOf, bcaLevels, expandedZ, normalBelow, quantile, quantilePlace } from './percentiles';
import { replicatesOf, type Groups } from './replicates';
import type { Sample } from './sample';
import { isDefined, type Statistic } from './statistic';

/** How intervals are made; the cluster jackknife unless asked otherwise. */
export type IntervalKind = 'jackknife' | 'bootstrap' | 'bca' | 'item-bootstrap';

/** What one pair's measures are resampled by: the same groups, in the same replicates, for all of them. */
export interface Resampling {
  readonly kind: Exclude<IntervalKind, 'jackknife'>;
  readonly resamples: number;
  readonly seed: number;
  readonly groups: Groups;
  readonly draws: Draws;
  /** The same draws counted by the rows that differ, for measures of many sums; where few do. */
  readonly byRow?: { readonly groups: Groups; readonly draws: Draws };
  /** In which clusters were drawn apart; 1 where they were not. */
  readonly strata: number;
}

/** At most this share of replicates may be undefined. */
const mostUndefined = 0.05;

/**
 * Whole clusters with all their items, G of G, weights fixed; inside strata where `strata` names the stratum of each cluster.
 * The item bootstrap draws single items instead.
 */
export function resamplingOf(
  sample: Sample,
  kind: Resampling['kind'],
  resamples: number,
  strata: readonly string[] | null = null,
): Resampling {
  const { seed, clusters, weights } = sample;
  const { firsts, sizes, codes } = sample.alike ?? distinctRows(sample);
  const rows = { items: firsts.map(item => Int32Array.of(item)), weights };
  if (kind === 'item-bootstrap')
    return { kind, resamples, seed, groups: rows, draws: itemDraws(sizes, resamples, seed), strata: 1 };
  const all = clusters.map((_, cluster) => cluster);
  const apart = strata
    ? [...new Set(strata)].map(stratum => all.filter(cluster => strata[cluster] === stratum))
    : [all];
  const draws = clusterDraws(apart, resamples, seed);
  const made = { kind, resamples, seed, strata: apart.length, groups: { items: clusters, weights }, draws };
  // Measures see items by their ratings and weights alone: where few rows differ, clusters can be drawn as counts of those.
  if (firsts.length * 2 > sample.n) return made;
  const parts = clusters.map(items => items.map(item => codes[item] ?? 0));
  return { ...made, byRow: { groups: rows, draws: countedByParts(draws, parts, firsts.length) } };
}

/** Up to this many sums a measure is drawn by clusters; counting rows, once for all measures, pays for more. */
const mostByCluster = 32;

export type BootstrapInterval =
  { readonly ci: readonly [number, number]; readonly method: string } | { readonly reason: string };

/**
 * The interval between two quantiles of the replicates: expanded percentiles (Hesterberg 2015), or BCa (Efron 1987) moved from
 * those levels. `clusters` are those that count for the measure. Refused where over 5% of the replicates are undefined.
 */
export function bootstrapInterval(
  sample: Sample,
  resampling: Resampling,
  statistic: Statistic,
  estimate: number,
  clusters: number,
  matters?: (item: number) => boolean,
): BootstrapInterval {
  const { kind, resamples, strata } = resampling;
  const { groups, draws } =
    statistic.size > mostByCluster && resampling.byRow ? resampling.byRow : resampling;
  const { values, undefined: missing } = replicatesOf(statistic, groups, draws);
  if (missing > mostUndefined * resamples)
    return { reason: `no interval: in ${missing} of ${resamples} resamples the measure is undefined` };
  const z = kind === 'item-bootstrap' ? expandedZ(sample.n) : expandedZ(clusters, strata);
  const levels: readonly [number, number] | null =
    kind === 'bca'
      ? bcaLevelsOf(sample, statistic, estimate, values, z, matters)
      : [normalBelow(-z), normalBelow(z)];
  if (!levels) return { reason: 'no interval: the resamples say nothing of its bias or acceleration' };
  const lowest = quantilePlace(values.length, Math.min(levels[0], 1 - levels[1]));
  if (lowest < 1) return { reason: `no interval: ${resamples} resamples are too few for its ends` };
  const ci = [quantile(values, levels[0]), quantile(values, levels[1])] as const;
  if (ci[1] - ci[0] <= 1e-12 * Math.max(1, Math.abs(ci[0])))
    return { reason: 'no interval: every resample gives the same' };
  return { ci, method: methodText(resampling, missing) };
}

function bcaLevelsOf(
  sample: Sample,
  statistic: Statistic,
  estimate: number,
  values: Float64Array,
  z: number,
  matters?: (item: number) => boolean,
): [number, number] | null {
  const without = jackknife(sample, statistic, matters).replicates;
  const defined = without.filter(isDefined);
  if (defined.length < without.length) return null;
  // Rounding must not put a replicate that is the estimate on one side of it.
  const near = 1e-12 * Math.max(1, Math.abs(estimate));
  let below = 0;
  for (const value of values) below += value < estimate - near ? 1 : value <= estimate + near ? 0.5 : 0;
  return bcaLevels(below / values.length, accelerationOf(defined), z);
}

function methodText({ kind, resamples, seed, strata }: Resampling, missing: number): string {
  const name = kind === 'bca' ? 'BCa bootstrap' : 'expanded percentile bootstrap';
  const of =
    kind === 'item-bootstrap'
      ? 'single items (taken as independent)'
      : `whole clusters${strata > 1 ? ` within ${strata} strata` : ''}`;
  const left = missing > 0 ? `, ${missing} of them undefined and left out` : '';
  return `${name} of ${of}, ${resamples} resamples, seed ${seed}${left}`;
}
