import type { Subset } from '../../subset/manifest';
import type { LabelledItem } from './labelledItems';
import { humanValue, valueOf, type Target } from './target';

/** What one more label would do in each stratum. */
export interface StratumGain {
  readonly stratum: string;
  readonly population: number;
  readonly labels: number;
  /** W·S/√(n(n + 1)): the root of what one more label takes off the variance; `null` where nothing is labelled yet. */
  readonly gain: number | null;
}

/**
 * Strata by what one more label gains, largest first, those without a label before all; strata with nothing left to label
 * and that of items without a judge score, which correct nothing, are left out. S is the standard deviation of y − λf inside the stratum, that over all of them where it has one label.
 */
export function stratumGains(
  { manifest }: Subset,
  labels: readonly LabelledItem[],
  target: Target,
  lambda: number,
): StratumGain[] {
  const population = manifest.strata.reduce((sum, stratum) => sum + stratum.population, 0);
  const residual = ({ judge, humans }: LabelledItem): number =>
    humanValue(target, humans) - lambda * valueOf(target, judge);
  const judged = manifest.strata.filter(({ where }) => where['judge'] !== null);
  const byStratum = judged.map(({ id, population: size }) => {
    const values = labels.filter(({ stratum }) => stratum === id).map(residual);
    return { id, size, values, squares: squaresOf(values) };
  });
  const many = byStratum.filter(({ values }) => values.length > 1);
  const degrees = many.reduce((sum, { values }) => sum + values.length - 1, 0);
  const pooled = degrees === 0 ? 0 : many.reduce((sum, { squares }) => sum + squares, 0) / degrees;
  return byStratum
    .filter(({ size, values }) => size > values.length)
    .map(({ id, size, values, squares }): StratumGain => {
      const n = values.length;
      const deviation = Math.sqrt(n > 1 ? squares / (n - 1) : pooled);
      const gain = n === 0 ? null : ((size / population) * deviation) / Math.sqrt(n * (n + 1));
      return { stratum: id, population: size, labels: n, gain };
    })
    .sort(byGain);
}

function squaresOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
}

function byGain(a: StratumGain, b: StratumGain): number {
  if (a.gain === null || b.gain === null)
    return a.gain === b.gain ? b.population - a.population : a.gain === null ? -1 : 1;
  return b.gain - a.gain || b.population - a.population;
}
