import { withoutValue } from '../agreement/measure';
import { correctedEstimate, domainOf } from '../agreement/questions/correctedEstimates';
import { refuseGroup } from '../agreement/questions/correctedQuestion';
import type { RunLabels } from '../agreement/questions/runLabels';
import type { Estimates } from './estimates';

/**
 * The judge's values corrected by the labels (the difference estimator with PPI++'s coefficient), from the labels among
 * the turns that count alone: refused where these are too few. Intervals by the cluster jackknife throughout.
 */
export function correctedEstimatesOf(
  run: RunLabels | { readonly refused: string },
  cuts: readonly number[],
  seed: number,
): Estimates {
  return belongs => {
    if ('refused' in run) {
      const none = withoutValue(run.refused);
      return { n: 0, clusters: 0, labelled: 0, mean: none, shares: cuts.map(() => none) };
    }
    const domain = domainOf(run, seed, belongs);
    const inDomain = [...run.items.keys()].filter(domain.inItem);
    const refused = refuseGroup(domain);
    return {
      n: inDomain.length,
      clusters: new Set(inDomain.map(item => run.clusterOf[item])).size,
      labelled: domain.labels,
      mean: refused === null ? correctedEstimate(domain, { kind: 'mean' }).corrected : withoutValue(refused),
      shares: cuts.map(cut =>
        refused === null
          ? correctedEstimate(domain, { kind: 'share', cut }).corrected
          : withoutValue(refused),
      ),
    };
  };
}
