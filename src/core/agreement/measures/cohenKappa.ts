import type { MeasureValue } from '../agreementReport';
import type { Measure } from '../measure';
import { proportion } from '../proportion';
import type { Sample } from '../sample';
import { weightedKappa } from '../weightedKappa';

/** Chance-corrected exact agreement of two raters (Cohen 1960). */
export const cohenKappa: Measure = {
  id: 'cohenKappa',
  label: 'Cohen κ',
  ratings: 'any',
  of(sample) {
    const kappa = weightedKappa(sample, steps => (steps === 0 ? 0 : 1));
    return kappa.value === 1 ? withLowerEnd(sample, kappa) : kappa;
  },
};

/** No disagreement: the lower end is that of exact agreement (Wilson), with the chance agreement p_e held. */
function withLowerEnd(sample: Sample, kappa: MeasureValue): MeasureValue {
  const [a, b] = sample.columns;
  const exact = proportion(sample, item => (a?.[item] === b?.[item] ? 1 : 0));
  if (!exact.ci) return kappa;
  const shares = new Map<number, number>();
  for (let item = 0; item < sample.n; item++) {
    const value = a?.[item] ?? 0;
    shares.set(value, (shares.get(value) ?? 0) + (sample.weights[item] ?? 0) / sample.n);
  }
  const chance = [...shares.values()].reduce((sum, share) => sum + share * share, 0);
  return {
    value: 1,
    // No κ is under −1, whatever the share of exact agreement.
    ci: [Math.max(-1, (exact.ci[0] - chance) / (1 - chance)), 1],
    method: 'Wilson on exact agreement, chance agreement held',
  };
}
