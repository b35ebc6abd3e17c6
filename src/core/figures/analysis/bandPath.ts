import { pixels } from '../seriesLine';

/** One place of a band. */
export interface BandPoint {
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

/** A closed area for each stretch of places that have an interval; `undefined` where none is two places long. */
export function bandPath(points: readonly (BandPoint | null)[]): string | undefined {
  const stretches: BandPoint[][] = [[]];
  for (const point of points) {
    if (point) stretches.at(-1)?.push(point);
    else stretches.push([]);
  }
  const drawn = stretches.filter(({ length }) => length > 1).map(closed);
  return drawn.length === 0 ? undefined : drawn.join('');
}

/** The same with steps: each interval holds until the next place. */
export function stepBandPath(points: readonly (BandPoint | null)[]): string | undefined {
  return bandPath(
    points.flatMap((point, index) => {
      const next = points[index + 1];
      return point && next ? [point, { ...point, x: next.x }] : [point];
    }),
  );
}

/** A line that holds each height until the next place. */
export function stepLine(points: readonly { readonly x: number; readonly y: number }[]): string {
  return points
    .map(({ x, y }, index) => (index === 0 ? `M${pixels(x)} ${pixels(y)}` : `H${pixels(x)}V${pixels(y)}`))
    .join('');
}

function closed(points: readonly BandPoint[]): string {
  const over = points.map(({ x, high }) => `${pixels(x)} ${pixels(high)}`);
  const back = points.map(({ x, low }) => `${pixels(x)} ${pixels(low)}`).reverse();
  return `M${[...over, ...back].join('L')}Z`;
}
