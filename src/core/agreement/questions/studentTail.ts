import betainc from '@stdlib/math-base-special-betainc';

/** P(T ≤ t) of Student's t with these degrees of freedom, by the regularised incomplete beta function. */
export function studentBelow(t: number, degreesOfFreedom: number): number {
  if (t === Infinity) return 1;
  if (t === -Infinity) return 0;
  const tail = betainc(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5) / 2;
  return t < 0 ? tail : 1 - tail;
}
