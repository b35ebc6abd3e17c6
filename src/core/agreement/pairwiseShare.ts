import type { Sample } from './sample';

/** Share of an item's rater pairs that `agree`: 0 or 1 with two raters, the mean pairwise agreement with more. */
export function pairwiseShare(
  sample: Sample,
  agree: (left: number, right: number) => boolean,
): (item: number) => number {
  const { columns } = sample;
  const shares = new Float64Array(sample.n);
  for (let item = 0; item < sample.n; item++) {
    let agreeing = 0;
    let pairs = 0;
    for (let column = 0; column < columns.length; column++) {
      const left = columns[column]?.[item] ?? NaN;
      if (Number.isNaN(left)) continue;
      for (let other = column + 1; other < columns.length; other++) {
        const right = columns[other]?.[item] ?? NaN;
        if (Number.isNaN(right)) continue;
        pairs++;
        if (agree(left, right)) agreeing++;
      }
    }
    shares[item] = agreeing / pairs;
  }
  return item => shares[item] ?? 0;
}
