import { jackknife, type Jackknife } from '../jackknife';
import type { Sample } from '../sample';
import type { Value } from '../statistic';

/** Sums by cluster, one row each: what labels and run give together, so that a cluster is left out of both at once. */
export interface ClusterSums {
  /** Columns of a row. */
  readonly size: number;
  readonly rows: Float64Array;
}

/** A sample whose items are the clusters themselves. */
export function clusterSample(count: number, seed: number): Sample {
  return {
    columns: [],
    n: count,
    weights: new Float64Array(count).fill(1),
    equalWeights: true,
    clusters: Array.from({ length: count }, (_, cluster) => Int32Array.of(cluster)),
    categories: { kind: 'none', reason: 'clusters' },
    seed,
  };
}

/** The value of the summed rows, and without each of them. */
export function jackknifeOfSums(
  sample: Sample,
  { size, rows }: ClusterSums,
  value: (sums: Float64Array) => Value,
): Jackknife {
  return jackknife(sample, {
    size,
    add(sums, cluster, weight) {
      const from = cluster * size;
      for (let index = 0; index < size; index++)
        sums[index] = (sums[index] ?? 0) + weight * (rows[from + index] ?? 0);
    },
    value,
  });
}
