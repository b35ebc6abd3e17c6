import { snapped, undefinedValue, type Value } from './statistic';

/** Weighted sums of two variables, from which every moment follows. */
export interface CrossSums {
  readonly weight: number;
  readonly a: number;
  readonly b: number;
  readonly aa: number;
  readonly bb: number;
  readonly ab: number;
}

/** Product-moment correlation of the sums; undefined where one of the two doesn't vary. */
export function correlationOf({ weight, a, b, aa, bb, ab }: CrossSums): Value {
  const spreadA = weight * aa - a * a;
  const spreadB = weight * bb - b * b;
  if (spreadA <= 1e-13 * weight * aa || spreadB <= 1e-13 * weight * bb) {
    return undefinedValue(
      spreadA <= 1e-13 * weight * aa ? "a's ratings never vary" : "b's ratings never vary",
    );
  }
  const r = (weight * ab - a * b) / Math.sqrt(spreadA * spreadB);
  return snapped(Math.max(-1, Math.min(1, r)));
}
