import { categorySetOf, type CategoryRule } from '../categorySet';
import { clustersOf, type Sample } from '../sample';

/** An unweighted sample of complete columns, for comparisons outside the rating table. */
export function plainSample(
  columns: readonly (readonly number[])[],
  clusters: readonly string[],
  scale: CategoryRule['scale'],
  seed: number,
): Sample {
  return {
    columns: columns.map(column => Float64Array.from(column)),
    n: clusters.length,
    weights: new Float64Array(clusters.length).fill(1),
    equalWeights: true,
    clusters: clustersOf(clusters),
    categories: categorySetOf(columns, { mode: 'scale', scale, averaged: false }),
    seed,
  };
}
