import inverseIncompleteBeta from '@stdlib/math-base-special-kernel-betaincinv';

/** Quantile of F: d₂x/(d₁(1 − x)) with x the same quantile of Beta(d₁/2, d₂/2). Degrees of freedom may be fractional. */
export function fQuantile(probability: number, d1: number, d2: number): number {
  const [x = NaN, rest = NaN] = inverseIncompleteBeta(d1 / 2, d2 / 2, probability, 1 - probability);
  return (d2 * x) / (d1 * rest);
}
