import inverseIncompleteBeta from '@stdlib/math-base-special-kernel-betaincinv';

/** The exact 95% interval of a binomial share, from quantiles of the beta distribution (Clopper & Pearson 1934). */
export function clopperPearson(events: number, n: number): readonly [number, number] {
  const beta = (p: number, a: number, b: number): number => inverseIncompleteBeta(a, b, p, 1 - p)[0] ?? NaN;
  return [
    events === 0 ? 0 : beta(0.025, events, n - events + 1),
    events === n ? 1 : beta(0.975, events + 1, n - events),
  ];
}
