import { binaryCells } from '../binaryTable';
import { coefficient } from '../coefficient';
import { fewestClusters, tooFewClusters, type Measure } from '../measure';
import type { Sample } from '../sample';
import { snapped, undefinedValue, type Statistic } from '../statistic';

/**
 * (sensitivity + specificity)/2 (Brodersen et al. 2010). Its interval is that of Youden's J = 2·BA − 1 (Youden 1950),
 * a coefficient in [−1, 1], and needs 10 clusters with items at or above the cut and 10 with items below it (by b).
 */
export const balancedAccuracy: Measure = {
  id: 'balancedAccuracy',
  label: 'Balanced accuracy',
  ratings: 'numbers',
  of(sample) {
    const youden = coefficient(sample, youdenIndex(sample));
    if (youden.value === null) return youden;
    const { ci, ...rest } = youden;
    const value = (1 + youden.value) / 2;
    if (!ci) return { ...rest, value, ci: null };
    const smaller = Math.min(clustersWith(sample, 1), clustersWith(sample, 0));
    if (smaller < fewestClusters) {
      return { value, ci: null, reason: tooFewClusters(smaller, "clusters on one side of b's cut") };
    }
    return { ...rest, value, ci: [(1 + ci[0]) / 2, (1 + ci[1]) / 2] };
  },
};

function youdenIndex(sample: Sample): Statistic {
  return {
    ...binaryCells(sample),
    value([both = 0, onlyA = 0, onlyB = 0, neither = 0]) {
      if (both + onlyB === 0) return undefinedValue('no items that b puts at or above the cut');
      if (onlyA + neither === 0) return undefinedValue('no items that b puts below the cut');
      return snapped(both / (both + onlyB) + neither / (onlyA + neither) - 1);
    },
  };
}

function clustersWith(sample: Sample, value: 0 | 1): number {
  const reference = sample.columns[1];
  return sample.clusters.filter(items => items.some(item => reference?.[item] === value)).length;
}
