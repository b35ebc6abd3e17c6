import exp from '@stdlib/math-base-special-exp';
import ln from '@stdlib/math-base-special-ln';
import log1p from '@stdlib/math-base-special-log1p';
import { uniformOpen, type ReplicateStream } from './replicateStream';

/** Successes in n trials of probability p: inversion where few are expected, else BTRS (Hörmann 1993). */
export function binomial(stream: ReplicateStream, n: number, p: number): number {
  if (n <= 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - binomial(stream, n, 1 - p);
  return n * p < 10 ? byInversion(stream, n, p) : byRejection(stream, n, p);
}

function byInversion(stream: ReplicateStream, n: number, p: number): number {
  const odds = p / (1 - p);
  const none = exp(n * log1p(-p));
  for (;;) {
    let left = uniformOpen(stream);
    let chance = none;
    for (let count = 0; count <= n; count++) {
      if (left <= chance) return count;
      left -= chance;
      chance *= (odds * (n - count)) / (count + 1);
    }
  }
}

/** Transformed rejection with squeeze; the names are those of the paper. */
function byRejection(stream: ReplicateStream, n: number, p: number): number {
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const c = n * p + 0.5;
  const squeeze = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * spread;
  const odds = p / (1 - p);
  const mode = Math.floor((n + 1) * p);
  for (;;) {
    const v = uniformOpen(stream);
    const u = uniformOpen(stream) - 0.5;
    const edge = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / edge + b) * u + c);
    if (edge >= 0.07 && v <= squeeze) return count;
    if (count < 0 || count > n) continue;
    const bound =
      (mode + 0.5) * ln((mode + 1) / (odds * (n - mode + 1))) +
      (n + 1) * ln((n - mode + 1) / (n - count + 1)) +
      (count + 0.5) * ln((odds * (n - count + 1)) / (count + 1)) +
      stirling(mode) +
      stirling(n - mode) -
      stirling(count) -
      stirling(n - count);
    if (ln((v * alpha) / (a / (edge * edge) + b)) <= bound) return count;
  }
}

/** What Stirling's formula leaves of ln k!, in the form ln k! = ln √(2π) + (k + ½) ln(k + 1) − (k + 1) + rest. */
function stirling(k: number): number {
  const tabled = smallStirling[k];
  if (tabled !== undefined) return tabled;
  const square = (k + 1) * (k + 1);
  return (1 / 12 - (1 / 360 - 1 / 1260 / square) / square) / (k + 1);
}

const smallStirling = [
  0.08106146679532726, 0.0413406959554093, 0.02767792568499834, 0.02079067210376509, 0.01664469118982119,
  0.0138761288230707, 0.01189670994589177, 0.01041126526197209, 0.009255462182712733, 0.008330563433362871,
];
