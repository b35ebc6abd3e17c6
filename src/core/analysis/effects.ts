import type { MeasureValue } from '../agreement/agreementReport';
import { jackknife } from '../agreement/jackknife';
import { withoutValue } from '../agreement/measure';
import { clusterSample, jackknifeOfSums } from '../agreement/questions/clusterSums';
import { correctedSums, domainOf } from '../agreement/questions/correctedEstimates';
import { refuseGroup } from '../agreement/questions/correctedQuestion';
import { correctedOf, correctedSize } from '../agreement/questions/correctedValue';
import { numberInterval } from '../agreement/questions/intervals';
import type { RunLabels } from '../agreement/questions/runLabels';
import type { Target } from '../agreement/questions/target';
import { isDefined, undefinedValue, type Statistic } from '../agreement/statistic';
import { sampleOf, type Belongs, type IntervalRules } from './estimates';

/** A number of one side of a comparison, with its cluster. */
export interface SideTerm {
  readonly side: 0 | 1;
  readonly value: number;
  readonly cluster: string;
  readonly weight: number;
}

/**
 * Mean of side 1 − mean of side 0. A cluster is left out of both sides at once, so that prompts which both share are compared
 * within them; the degrees of freedom are those of the side with fewer clusters.
 */
export function differenceOf(terms: readonly SideTerm[], rules: IntervalRules): MeasureValue {
  const sample = sampleOf(
    terms.map(({ value }) => value),
    terms.map(({ cluster }) => cluster),
    rules,
    { weights: terms.map(({ weight }) => weight) },
  );
  const difference: Statistic = {
    size: 4,
    add(sums, item, weight) {
      const term = terms[item];
      if (!term) return;
      const at = 2 * term.side;
      sums[at] = (sums[at] ?? 0) + weight;
      sums[at + 1] = (sums[at + 1] ?? 0) + weight * term.value;
    },
    value([n0 = 0, sum0 = 0, n1 = 0, sum1 = 0]) {
      if (!(n0 > 0) || !(n1 > 0)) return undefinedValue('one of the two sides has no scored turn');
      return sum1 / n1 - sum0 / n0;
    },
  };
  const clusters = ([0, 1] as const).map(
    side => new Set(terms.filter(term => term.side === side).map(({ cluster }) => cluster)).size,
  );
  return numberInterval(jackknife(sample, difference), Math.min(...clusters));
}

/** The same between two corrected values; each cluster is left out of both sides, labels and run, at once. */
export function correctedDifference(
  run: RunLabels | { readonly refused: string },
  target: Target,
  [baseline, treated]: readonly [Belongs, Belongs],
  seed: number,
): MeasureValue {
  if ('refused' in run) return withoutValue(run.refused);
  const domains = [domainOf(run, seed, baseline), domainOf(run, seed, treated)] as const;
  const refused = refuseGroup(domains[0]) ?? refuseGroup(domains[1]);
  if (refused !== null) return withoutValue(refused);
  const sums = correctedSums(run, domains, target);
  const difference = jackknifeOfSums(clusterSample(sums.count, seed), sums, all => {
    const [before, after] = [correctedOf(all, 0), correctedOf(all, correctedSize)];
    return isDefined(before) && isDefined(after) ? after - before : isDefined(before) ? after : before;
  });
  const clusters = Math.min(...domains.map(({ labelledClusters }) => labelledClusters));
  return numberInterval(difference, clusters);
}
