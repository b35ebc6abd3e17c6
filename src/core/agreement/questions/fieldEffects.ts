import type { MeasureValue } from '../agreementReport';
import { withoutValue } from '../measure';
import { isDefined, type Value } from '../statistic';
import { clusterSample, jackknifeOfSums } from './clusterSums';
import { correctedSums, domainOf } from './correctedEstimates';
import { refuseGroup } from './correctedQuestion';
import { correctedOf, correctedSize, naiveOf } from './correctedValue';
import { fieldValue } from './fieldGroups';
import { numberInterval } from './intervals';
import type { RunLabels } from './runLabels';
import type { Target } from './target';

/** How far a group's mean or share lies from the baseline's (or the rest's): by the judge alone, and corrected. */
export interface FieldEffect {
  readonly value: string;
  readonly target: Target;
  readonly naive: MeasureValue;
  readonly corrected: MeasureValue;
  /** Corrected − naive: what the judge's errors make of the effect. */
  readonly difference: MeasureValue;
}

/** The effects of a field; clusters are left out of both sides, labels and run, at once. Pointwise intervals. */
export function fieldEffectsOf(
  run: RunLabels,
  field: string,
  values: readonly string[],
  baseline: string | null,
  targets: readonly Target[],
  seed: number,
): FieldEffect[] {
  return values
    .filter(value => value !== baseline)
    .flatMap(value => {
      const group = domainOf(run, seed, rollout => fieldValue(rollout, field) === value);
      const other = domainOf(run, seed, rollout => {
        const own = fieldValue(rollout, field);
        return baseline === null ? own !== null && own !== value : own === baseline;
      });
      const refused = refuseGroup(group) ?? refuseGroup(other);
      const clusters = Math.min(group.labelledClusters, other.labelledClusters);
      return targets.map((target): FieldEffect => {
        const sums = correctedSums(run, [group, other], target);
        const sample = clusterSample(sums.count, seed);
        const between =
          (of: (sums: Float64Array, at: number) => Value) =>
          (all: Float64Array): Value => {
            const [a, b] = [of(all, 0), of(all, correctedSize)];
            return isDefined(a) && isDefined(b) ? a - b : isDefined(a) ? b : a;
          };
        const naive = between(naiveOf);
        const corrected = between(correctedOf);
        const difference = (all: Float64Array): Value => {
          const [a, b] = [corrected(all), naive(all)];
          return isDefined(a) && isDefined(b) ? a - b : isDefined(a) ? b : a;
        };
        const measured = (of: (all: Float64Array) => Value, held: number): MeasureValue =>
          numberInterval(jackknifeOfSums(sample, sums, of), held);
        return {
          value,
          target,
          naive: measured(naive, clustersOfSmaller(sums)),
          corrected: refused === null ? measured(corrected, clusters) : withoutValue(refused),
          difference: refused === null ? measured(difference, clusters) : withoutValue(refused),
        };
      });
    });
}

/** Clusters of the run that the smaller of both sides lies in. */
function clustersOfSmaller({ size, rows, count }: ReturnType<typeof correctedSums>): number {
  const held = (side: number): number => {
    let clusters = 0;
    for (let cluster = 0; cluster < count; cluster++)
      if ((rows[cluster * size + side * correctedSize] ?? 0) > 0) clusters++;
    return clusters;
  };
  return Math.min(held(0), held(1));
}
