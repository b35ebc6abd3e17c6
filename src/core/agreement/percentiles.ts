import erfc from '@stdlib/math-base-special-erfc';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { t975 } from './quantiles';

/** Φ, the normal distribution function. */
export function normalBelow(z: number): number {
  return erfc(-z / Math.SQRT2) / 2;
}

/**
 * How far out the expanded percentile interval goes, in units of z: √(n/(n − H)) · t₍.975, n − H₎, n units drawn in H strata
 * (Hesterberg 2015, with H = 1). The plain percentile interval lacks both the factor and the t.
 */
export function expandedZ(units: number, strata = 1): number {
  return Math.sqrt(units / (units - strata)) * t975(units - strata);
}

/** Where in n ordered values the quantile p stands, from 1, by (n + 1)p (type 6 of Hyndman & Fan 1996). */
export function quantilePlace(count: number, p: number): number {
  return (count + 1) * p;
}

/** The quantile p, type 6; beyond the ends, the ends. Puts the values into another order. */
export function quantile(values: Float64Array, p: number): number {
  const place = quantilePlace(values.length, p);
  const below = Math.max(1, Math.min(values.length, Math.floor(place)));
  select(values, below - 1);
  const low = values[below - 1] ?? NaN;
  if (place <= 1 || below === values.length) return low;
  // What is above it now stands behind it.
  let high = Infinity;
  for (let at = below; at < values.length; at++) high = Math.min(high, values[at] ?? NaN);
  return low + (place - Math.floor(place)) * (high - low);
}

/** Puts the value of this rank in its place, none greater before it and none less behind it (Hoare 1961). */
function select(values: Float64Array, rank: number): void {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = values[(left + right) >> 1] ?? NaN;
    let low = left;
    let high = right;
    while (low <= high) {
      while ((values[low] ?? NaN) < pivot) low++;
      while ((values[high] ?? NaN) > pivot) high--;
      if (low > high) break;
      const kept = values[low] ?? NaN;
      values[low++] = values[high] ?? NaN;
      values[high--] = kept;
    }
    if (rank <= high) right = high;
    else if (rank >= low) left = low;
    else return;
  }
}

/**
 * Levels of the BCa interval (Efron 1987) where the percentile interval would go to −z and z: the bias correction z₀ from the
 * share of replicates under the estimate, the acceleration from the jackknife. `null` where all lie on one side of it.
 */
export function bcaLevels(shareBelow: number, acceleration: number, z: number): [number, number] | null {
  if (shareBelow <= 0 || shareBelow >= 1) return null;
  const bias = normalQuantile(shareBelow, 0, 1);
  const level = (end: number): number => normalBelow(bias + (bias + end) / (1 - acceleration * (bias + end)));
  const [low, high] = [level(-z), level(z)];
  return low < high ? [low, high] : null;
}

/** Σ d³ / (6 (Σ d²)^1.5), d = mean − value without each cluster (Efron 1987). */
export function accelerationOf(replicates: readonly number[]): number {
  const mean = replicates.reduce((sum, value) => sum + value, 0) / replicates.length;
  let squares = 0;
  let cubes = 0;
  for (const value of replicates) {
    const apart = mean - value;
    squares += apart * apart;
    cubes += apart * apart * apart;
  }
  return squares === 0 ? 0 : cubes / (6 * squares * Math.sqrt(squares));
}
