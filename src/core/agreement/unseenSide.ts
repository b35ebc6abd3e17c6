import type { Sample } from './sample';
import { formatNumber } from './numberText';

/** The part of a share's weight that one stratum has, its items in the denominator, and how many of them count. */
interface StratumShare {
  readonly items: number;
  readonly part: number;
  readonly counted: number;
  readonly fraction: number;
}

function stratumShares(
  { strata, weights, n }: Sample,
  term: (item: number) => number,
  among: (item: number) => boolean,
): StratumShare[] {
  if (!strata || strata.fractions.length < 2) return [];
  const items = strata.fractions.map(() => 0);
  const parts = strata.fractions.map(() => 0);
  const counted = strata.fractions.map(() => 0);
  let weight = 0;
  for (let item = 0; item < n; item++) {
    if (!among(item)) continue;
    const stratum = strata.of[item] ?? 0;
    const own = weights[item] ?? 0;
    weight += own;
    items[stratum] = (items[stratum] ?? 0) + 1;
    parts[stratum] = (parts[stratum] ?? 0) + own;
    counted[stratum] = (counted[stratum] ?? 0) + term(item);
  }
  return Array.from(items, (of, stratum) => ({
    items: of,
    part: (parts[stratum] ?? 0) / weight,
    counted: counted[stratum] ?? 0,
    fraction: Math.min(1, strata.fractions[stratum] ?? 0),
  })).filter(share => share.items > 0);
}

const oneSided = ({ items, counted }: StratumShare): boolean => counted === 0 || counted === items;

/**
 * What a share's variance lacks where all used items of a stratum are on one side: that of a quarter of an item on the other,
 * Σ_h (1 − f_h) (W_h/W)² p̃(1 − p̃)/n_h, p̃ = ¼/(n_h + 1). A heavy stratum of which no rare item was drawn would count as sure.
 */
export function unseenVariance(
  sample: Sample,
  term: (item: number) => number,
  among: (item: number) => boolean,
): number {
  let variance = 0;
  for (const share of stratumShares(sample, term, among)) {
    if (!oneSided(share)) continue;
    const { items, part, fraction } = share;
    const chance = 0.25 / (items + 1);
    variance += ((1 - fraction) * part * part * chance * (1 - chance)) / items;
  }
  return variance;
}

/** Where one label would change the rarer share by this part of it, the share hangs on labels that are not there. */
const mostChange = 0.4;

/**
 * A caution where a stratum has no label on the human's rarer side of the cut and one would change that side's share by 40%
 * or more: by simulation corrected shares cover less than 90% there (docs/statistics.md, "Coverage study").
 */
export function unseenWarning(sample: Sample, cut: number): string[] {
  const reference = sample.columns[1];
  let above = 0;
  for (let item = 0; item < sample.n; item++)
    above += ((reference?.[item] ?? 0) * (sample.weights[item] ?? 0)) / sample.n;
  const rarer = above < 0.5 ? 1 : 0;
  const share = Math.min(above, 1 - above);
  const unseen = stratumShares(
    sample,
    item => (reference?.[item] === rarer ? 1 : 0),
    () => true,
  ).filter(({ counted }) => counted === 0);
  const most = unseen.reduce((largest, { part, items }) => Math.max(largest, part / items), 0);
  if (share < 1e-12 || most < mostChange * share) return [];
  return [
    `Score ≥ ${cut}: ${formatNumber(100 * share, 1)}% lie ${rarer === 1 ? 'at or above' : 'below'} the cut, and one more label there, in a stratum that has none, would add ${formatNumber(100 * most, 1)} points: interval likely too narrow here for corrected shares.`,
  ];
}
