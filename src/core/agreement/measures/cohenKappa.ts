import { unorderedKappa } from '../kappaSums';
import { withLowerEnd } from '../lowerEnd';
import type { Measure } from '../measure';
import type { Sample } from '../sample';
import { weightedKappa } from '../weightedKappa';

/** Chance-corrected exact agreement of two raters (Cohen 1960). */
export const cohenKappa: Measure = {
  id: 'cohenKappa',
  label: 'Cohen κ',
  ratings: 'any',
  of(sample) {
    const kappa = weightedKappa(sample, steps => (steps === 0 ? 0 : 1), unorderedKappa);
    return kappa.value === 1 ? withLowerEnd(sample, kappa, chanceOfEqual(sample)) : kappa;
  },
};

/** p_e where both gave the same scores: the sum of the squared shares. */
function chanceOfEqual(sample: Sample): number {
  const shares = new Map<number, number>();
  for (let item = 0; item < sample.n; item++) {
    const value = sample.columns[0]?.[item] ?? 0;
    shares.set(value, (shares.get(value) ?? 0) + (sample.weights[item] ?? 0) / sample.n);
  }
  return [...shares.values()].reduce((sum, share) => sum + share * share, 0);
}
