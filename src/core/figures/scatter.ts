import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { PairPoint } from '../agreement/agreementReport';
import { jitter } from './jitter';
import { scoreTicks } from './scoreTicks';

/** Share of the distance between two scores over which equal points are spread. */
const spread = 0.66;

export interface ScatterMark extends PairPoint {
  /** In the unit square, y downwards as on a screen. */
  readonly x: number;
  readonly y: number;
  /** The two scores lie on different sides of the cut. */
  readonly split: boolean;
}

export interface Scatter {
  /** Sorted by b, then a, then unit: the order in which the arrow keys go through them. */
  readonly marks: readonly ScatterMark[];
  /** Both axes have the same scale, so a tick at x = position is one at y = 1 − position. */
  readonly ticks: readonly { readonly value: number; readonly position: number }[];
  /** Halfway between the scores on either side of the cut, `null` where all lie on one side of it. */
  readonly cut: number | null;
}

/** Points of judge (y) against human (x) on one scale, each moved a little so that equal ones stay apart. */
export function scatter(
  points: readonly PairPoint[],
  scale: { readonly min: number; readonly max: number } | null,
  cut: number | null,
): Scatter {
  const [low = 0, high = 1] = extent(points.flatMap(point => [point.a, point.b]));
  const min = scale?.min ?? low;
  const max = scale?.max ?? high;
  const integers = points.every(point => Number.isInteger(point.a) && Number.isInteger(point.b));
  const place = scaleLinear([min - 0.5, max + 0.5], [0, 1]);
  const moved = integers ? spread : 0;
  const marks = points.map(point => {
    const [dx, dy] = jitter(point.unit);
    return {
      ...point,
      x: place(point.b + moved * dx),
      y: 1 - place(point.a + moved * dy),
      split: cut !== null && point.a >= cut !== point.b >= cut,
    };
  });
  return {
    marks: marks.sort(byHumanThenJudge),
    ticks: scoreTicks(min, max).map(value => ({ value, position: place(value) })),
    cut: cut === null || cut <= min || cut > max ? null : place(integers ? Math.ceil(cut) - 0.5 : cut),
  };
}

function byHumanThenJudge(left: PairPoint, right: PairPoint): number {
  return (
    left.b - right.b || left.a - right.a || (left.unit < right.unit ? -1 : left.unit > right.unit ? 1 : 0)
  );
}
