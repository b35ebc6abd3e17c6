import type { MeasureValue } from '../agreementReport';
import { oneClusterHoldsAll, sameWithoutAny } from '../coefficient';
import { jackknifeVariance, type Jackknife } from '../jackknife';
import { fewestClusters, tooFewClusters, withoutInterval, withoutValue } from '../measure';
import { byCodeUnits } from '../sample';
import { isDefined, undefinedValue, type Value } from '../statistic';
import { clusterSample, jackknifeOfSums } from './clusterSums';
import { counted } from './estimateText';
import { fieldValue } from './fieldGroups';
import type { LabelledItem } from './labelledItems';
import { criticalValue, simultaneousLevel } from './simultaneous';
import { humanValue } from './target';

/** The judge’s error in the groups of one field against its baseline, or each against the rest. */
export interface FieldBias {
  readonly field: string;
  /** The value that the others are held against; `null`: each against the rest. */
  readonly baseline: string | null;
  readonly groups: readonly GroupBias[];
  /** Two-sided level of each contrast at which all of them hold together with 95%. */
  readonly level: number;
  /** Labelled items without a value of the field. */
  readonly without: number;
}

export interface GroupBias {
  readonly value: string;
  readonly n: number;
  readonly clusters: number;
  /** Weighted mean of judge − human in the group. */
  readonly difference: number | null;
  /** Less that of the baseline or the rest; absent for the baseline itself. Simultaneous intervals. */
  readonly contrast?: MeasureValue;
}

export const fewestGroupItems = 10;
export const fewestGroupClusters = 5;
const contrastMethod = 'cluster jackknife, simultaneous by max-|t|';

/** Contrasts of the weighted mean of judge − human between the groups of a field. */
export function fieldBiasOf(
  labels: readonly LabelledItem[],
  field: string,
  values: readonly string[],
  baseline: string | null,
  seed: number,
): FieldBias {
  const own = labels.filter(({ rollout }) => fieldValue(rollout, field) !== null);
  const ids = [...new Set(own.map(({ cluster }) => cluster))].sort(byCodeUnits);
  const row = new Map(ids.map((id, index) => [id, index]));
  const place = new Map(values.map((value, index) => [value, index]));
  const size = 2 * values.length;
  const rows = new Float64Array(size * ids.length);
  for (const { rollout, cluster, judge, humans, weight } of own) {
    const at = (row.get(cluster) ?? 0) * size + 2 * (place.get(fieldValue(rollout, field) ?? '') ?? 0);
    rows[at] = (rows[at] ?? 0) + weight;
    rows[at + 1] = (rows[at + 1] ?? 0) + weight * (judge - humanValue({ kind: 'mean' }, humans));
  }
  const sample = clusterSample(ids.length, seed);
  const base = baseline === null ? null : (place.get(baseline) ?? null);
  const groups = values.map((value, group) => {
    const inGroup = own.filter(({ rollout }) => fieldValue(rollout, field) === value);
    const inOther = own.filter(({ rollout }) => {
      const other = fieldValue(rollout, field);
      return baseline === null ? other !== value : other === baseline;
    });
    return {
      value,
      n: inGroup.length,
      clusters: clustersIn(inGroup),
      others: { n: inOther.length, clusters: clustersIn(inOther) },
      difference: jackknifeOfSums(sample, { size, rows }, sums => meanIn(sums, [group])).estimate,
      deleted:
        group === base
          ? null
          : jackknifeOfSums(sample, { size, rows }, sums => contrastOf(sums, group, base, values.length)),
    };
  });
  const reasons = groups.map(group => refuseInterval(group, ids.length));
  const told = groups.filter((_, index) => reasons[index] === null);
  const level = simultaneousLevel(
    told.map(({ deleted }) => (deleted?.replicates ?? []).filter(isDefined)),
    seed,
  );
  return {
    field,
    baseline,
    level,
    without: labels.length - own.length,
    groups: groups.map(({ value, n, clusters, others, difference, deleted }, index): GroupBias => ({
      value,
      n,
      clusters,
      difference: isDefined(difference) ? difference : null,
      ...(deleted === null
        ? {}
        : {
            contrast: contrastValue(
              deleted,
              reasons[index] ?? null,
              level,
              Math.min(clusters, others.clusters),
            ),
          }),
    })),
  };
}

const clustersIn = (labels: readonly LabelledItem[]): number =>
  new Set(labels.map(({ cluster }) => cluster)).size;

function meanIn(sums: Float64Array, groups: readonly number[]): Value {
  let weight = 0;
  let sum = 0;
  for (const group of groups) {
    weight += sums[2 * group] ?? 0;
    sum += sums[2 * group + 1] ?? 0;
  }
  return weight > 0 ? sum / weight : undefinedValue('no labelled item');
}

function contrastOf(sums: Float64Array, group: number, base: number | null, count: number): Value {
  const rest = Array.from({ length: count }, (_, index) => index).filter(index => index !== group);
  const own = meanIn(sums, [group]);
  const other = meanIn(sums, base === null ? rest : [base]);
  return isDefined(own) && isDefined(other) ? own - other : undefinedValue('no labelled item');
}

/** Why a contrast stands without an interval; `null` where it has one. */
function refuseInterval(
  {
    n,
    clusters,
    others,
    deleted,
  }: { n: number; clusters: number; others: { n: number; clusters: number }; deleted: Jackknife | null },
  all: number,
): string | null {
  if (deleted === null) return 'the baseline';
  const few = (items: number, held: number): boolean =>
    items < fewestGroupItems || held < fewestGroupClusters;
  const needed = `${String(fewestGroupItems)} items in ${String(fewestGroupClusters)} clusters are needed`;
  if (few(n, clusters))
    return `no interval from ${counted(n, 'item')} in ${counted(clusters, 'cluster')}: ${needed}`;
  if (few(others.n, others.clusters))
    return `no interval: what it is held against has ${counted(others.n, 'item')} in ${counted(others.clusters, 'cluster')}, and ${needed}`;
  if (all < fewestClusters) return tooFewClusters(all);
  const values = deleted.replicates.filter(isDefined);
  if (values.length < deleted.replicates.length) return oneClusterHoldsAll;
  return jackknifeVariance(values) < 1e-20 ? sameWithoutAny : null;
}

/** t on min(G of the group, G of what it is held against) − 1 degrees of freedom, at the simultaneous level. */
function contrastValue(
  { estimate, replicates }: Jackknife,
  reason: string | null,
  level: number,
  clusters: number,
): MeasureValue {
  if (!isDefined(estimate)) return withoutValue(estimate.reason);
  if (reason !== null) return withoutInterval(estimate, reason);
  const half =
    criticalValue(level, clusters - 1) * Math.sqrt(jackknifeVariance(replicates.filter(isDefined)));
  return { value: estimate, ci: [estimate - half, estimate + half], method: contrastMethod };
}
