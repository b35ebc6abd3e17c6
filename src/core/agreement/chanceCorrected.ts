import { aboveMinusOne } from './aboveMinusOne';
import type { MeasureValue } from './agreementReport';
import { identityWeights, type AgreementWeights } from './agreementWeights';
import { clusterOrder, clustersHolding } from './clusterOrder';
import { coefficient } from './coefficient';
import { withLowerEnd } from './lowerEnd';
import { fewestClusters, tooFewClusters, withoutInterval, withoutValue } from './measure';
import type { Margins } from './margins';
import type { Sample } from './sample';
import { isDefined, snapped, undefinedValue, type Statistic } from './statistic';

/**
 * (p_a − p_e)/(1 − p_e) over any number of raters, missing ratings allowed (Gwet 2014, irrCAC). p_a is the weighted mean,
 * over the items with two ratings or more, of the agreement of their pairs of ratings. p_e is made of the `margins`, to
 * which items with a single rating count too.
 */
export function chanceCorrected(
  sample: Sample,
  agreement: AgreementWeights,
  marginsOf: (codes: readonly Int32Array[], count: number) => Margins,
): MeasureValue {
  if (sample.categories.kind === 'none') return withoutValue(sample.categories.reason);
  const { codes, values } = sample.categories;
  const agreements = itemAgreements(codes, sample.n, values.length, agreement);
  const paired = (item: number): boolean => !Number.isNaN(agreements[item] ?? NaN);
  let pairedItems = 0;
  for (let item = 0; item < sample.n; item++) if (paired(item)) pairedItems++;
  if (pairedItems < 2) return withoutValue('fewer than 2 items');
  if (isConstant(codes)) return withoutValue('every rating is the same');
  const margins = marginsOf(codes, values.length);
  const statistic: Statistic = {
    size: 2 + margins.size,
    add(sums, item, weight) {
      if (paired(item)) {
        sums[0] = (sums[0] ?? 0) + weight;
        sums[1] = (sums[1] ?? 0) + weight * (agreements[item] ?? 0);
      }
      margins.add(sums, 2, item, weight);
    },
    value(sums) {
      const pairs = sums[0] ?? 0;
      if (pairs === 0) return undefinedValue('no item has two ratings');
      const chance = margins.chance(sums, 2);
      if (!isDefined(chance)) return chance;
      if (1 - chance <= 1e-13) return undefinedValue('every rating is the same');
      return snapped(1 - (1 - (sums[1] ?? 0) / pairs) / (1 - chance));
    },
  };
  const measured = aboveMinusOne(coefficient(sample, statistic));
  const clusters = clustersHolding(clusterOrder(sample.clusters), paired).length;
  if (measured.value !== null && !sample.target && clusters < fewestClusters)
    return withoutInterval(measured.value, tooFewClusters(clusters));
  if (measured.value !== 1 || agreement !== identityWeights) return measured;
  const total = new Float64Array(statistic.size);
  for (let item = 0; item < sample.n; item++) statistic.add(total, item, sample.weights[item] ?? 0);
  const chance = margins.chance(total, 2);
  return isDefined(chance) ? withLowerEnd(sample, measured, chance, paired) : measured;
}

/** Mean agreement of each item's pairs of ratings; NaN with fewer than two. */
function itemAgreements(
  codes: readonly Int32Array[],
  n: number,
  count: number,
  agreement: AgreementWeights,
): Float64Array {
  const means = new Float64Array(n);
  for (let item = 0; item < n; item++) {
    let sum = 0;
    let ratings = 0;
    for (let column = 0; column < codes.length; column++) {
      const left = codes[column]?.[item] ?? -1;
      if (left < 0) continue;
      ratings++;
      for (let other = column + 1; other < codes.length; other++) {
        const right = codes[other]?.[item] ?? -1;
        if (right >= 0) sum += agreement(left, right, count);
      }
    }
    means[item] = (2 * sum) / (ratings * (ratings - 1));
  }
  return means;
}

function isConstant(codes: readonly Int32Array[]): boolean {
  const present = codes.map(column => column.find(code => code >= 0)).find(code => code !== undefined);
  return codes.every(column => column.every(code => code < 0 || code === present));
}
