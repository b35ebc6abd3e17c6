import erfc from '@stdlib/math-base-special-erfc';
import studentQuantile from '@stdlib/stats-base-dists-t-quantile';
import { mean } from './combine';
import { randomStream } from './randomStream';

const draws = 20_000;
const level = 0.05;

/**
 * The two-sided level α* of each contrast at which all of them hold together with 95%: P(max |Z| ≤ c) = .95 for normal Z
 * with the correlation of the contrasts' jackknife replicates, α* = P(|Z| > c); by `draws` seeded draws, between
 * Bonferroni's level and .05. Each contrast then takes Student's quantile at α* with its own degrees of freedom.
 */
export function simultaneousLevel(replicates: readonly (readonly number[])[], seed: number): number {
  const count = replicates.length;
  if (count < 2) return level;
  const factor = cholesky(correlationOf(replicates));
  const random = randomStream(seed, 'max-t');
  const largest = Float64Array.from({ length: draws }, () => {
    const z = factor.map(() => random.normal());
    return factor.reduce((most, row) => {
      const value = row.reduce((sum, each, index) => sum + each * (z[index] ?? 0), 0);
      return Math.max(most, Math.abs(value));
    }, 0);
  }).sort();
  const critical = largest[Math.ceil((1 - level) * draws) - 1] ?? 0;
  const each = erfc(critical / Math.SQRT2);
  return Math.min(level, Math.max(level / count, each));
}

/** Upper quantile of |t| at the level. */
export function criticalValue(alpha: number, degreesOfFreedom: number): number {
  return studentQuantile(1 - alpha / 2, degreesOfFreedom);
}

function correlationOf(replicates: readonly (readonly number[])[]): number[][] {
  const centred = replicates.map(values => {
    const average = mean(values);
    return values.map(value => value - average);
  });
  const products = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
  const sizes = centred.map(values => Math.sqrt(products(values, values)));
  return centred.map((a, row) =>
    centred.map((b, column) =>
      row === column ? 1 : products(a, b) / ((sizes[row] ?? 1) * (sizes[column] ?? 1)),
    ),
  );
}

/** Lower triangular L with L Lᵀ the matrix; a contrast that others determine has a pivot of 0. */
function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const factor: number[][] = [];
  matrix.forEach((entries, row) => {
    const own: number[] = [];
    for (let column = 0; column <= row; column++) {
      const other = column === row ? own : (factor[column] ?? []);
      let rest = entries[column] ?? 0;
      for (let index = 0; index < column; index++) rest -= (own[index] ?? 0) * (other[index] ?? 0);
      const pivot = column === row ? Math.sqrt(Math.max(0, rest)) : (other[column] ?? 0);
      own.push(column === row ? (pivot > 1e-6 ? pivot : 0) : pivot > 0 ? rest / pivot : 0);
    }
    factor.push(own);
  });
  return factor;
}
