import type { Measure } from '../measure';
import { proportion } from '../proportion';

/**
 * F1 = 2TP/(2TP + FP + FN) (van Rijsbergen 1979). Its interval is that of the Jaccard share J = TP/(TP + FP + FN),
 * a proportion of the items that either puts at or above the cut, carried over by F1 = 2J/(1 + J), which is monotone.
 */
export const f1: Measure = {
  id: 'f1',
  label: 'F1',
  ratings: 'numbers',
  of(sample) {
    const [a, b] = sample.columns;
    const both = (item: number): 0 | 1 => (a?.[item] === 1 && b?.[item] === 1 ? 1 : 0);
    const options = {
      among: (item: number) => a?.[item] === 1 || b?.[item] === 1,
      amongWhat: 'items that a or b puts at or above the cut',
    };
    // What F1 is of a mean of raters' shares is not the mean of their F1.
    if (sample.raters) return proportion(sample, both, { ...options, times: item => 1 + both(item) });
    const jaccard = proportion(sample, both, options);
    if (jaccard.value === null) return jaccard;
    return {
      ...jaccard,
      value: fromJaccard(jaccard.value),
      ...(jaccard.ci ? { ci: [fromJaccard(jaccard.ci[0]), fromJaccard(jaccard.ci[1])] as const } : {}),
      ...(jaccard.method ? { method: `${jaccard.method}, of TP/(TP + FP + FN)` } : {}),
      ...(jaccard.analyticCi
        ? { analyticCi: [fromJaccard(jaccard.analyticCi[0]), fromJaccard(jaccard.analyticCi[1])] as const }
        : {}),
    };
  },
};

function fromJaccard(share: number): number {
  return (2 * share) / (1 + share);
}
