import type { Sample } from './sample';

/** Share of an item's rater pairs that `agree`: 0 or 1 with two raters, the mean pairwise agreement with more. */
export function pairwiseShare(
  sample: Sample,
  agree: (left: number, right: number) => boolean,
): (item: number) => number {
  const shares = new Float64Array(sample.n);
  for (let item = 0; item < sample.n; item++) {
    const ratings = sample.columns.map(column => column[item] ?? NaN).filter(rating => !Number.isNaN(rating));
    let agreeing = 0;
    let pairs = 0;
    ratings.forEach((left, index) => {
      for (const right of ratings.slice(index + 1)) {
        pairs++;
        if (agree(left, right)) agreeing++;
      }
    });
    shares[item] = agreeing / pairs;
  }
  return item => shares[item] ?? 0;
}
