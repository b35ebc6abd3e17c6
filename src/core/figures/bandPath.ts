import { pixels } from './seriesLine';

/** The area between two lines as SVG path commands; points without both ends break it in two. */
export function bandPath(
  points: readonly { readonly x: number; readonly low: number | null; readonly high: number | null }[],
): string {
  const runs: { x: number; low: number; high: number }[][] = [[]];
  for (const { x, low, high } of points) {
    if (low === null || high === null) runs.push([]);
    else runs.at(-1)?.push({ x, low, high });
  }
  return runs
    .filter(run => run.length > 1)
    .map(run => {
      const there = run.map(({ x, high }) => `${pixels(x)} ${pixels(high)}`);
      const back = run.map(({ x, low }) => `${pixels(x)} ${pixels(low)}`).reverse();
      return `M${[...there, ...back].join('L')}Z`;
    })
    .join('');
}
