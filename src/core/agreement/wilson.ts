/**
 * Wilson's score interval for a proportion p of n (n may be fractional), at quantile z (Wilson 1927; Newcombe 1998,
 * method 3; with an effective n and a t quantile, Dean & Pagano 2015). Never leaves [0, 1], never has zero width.
 */
export function wilson(p: number, n: number, z: number): readonly [number, number] {
  const square = (z * z) / n;
  const centre = (p + square / 2) / (1 + square);
  const half = (z * Math.sqrt((p * (1 - p)) / n + square / (4 * n))) / (1 + square);
  return [p === 0 ? 0 : Math.max(0, centre - half), p === 1 ? 1 : Math.min(1, centre + half)];
}
