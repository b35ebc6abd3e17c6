import { max, min } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { MeasureValue } from '../agreement/agreementReport';

export interface ForestRow {
  /** Positions along the axis, 0 to 1; `null` where there is no value or no interval. */
  readonly value: number | null;
  readonly interval: readonly [number, number] | null;
}

export interface Forest {
  readonly ticks: readonly { readonly value: number; readonly position: number }[];
  /** In the order of the measures. */
  readonly rows: readonly ForestRow[];
}

/** Values with their intervals on one axis of about `marks` ticks, which shows `least` to `most` or more, to hold them all. */
export function forest(measures: readonly MeasureValue[], least: number, most: number, marks = 5): Forest {
  const held = measures.flatMap(({ value, ci }) => [value, ...(ci ?? [])].filter(end => end !== null));
  const low = min(held.filter(Number.isFinite)) ?? least;
  const high = max(held.filter(Number.isFinite)) ?? most;
  const scale = scaleLinear([Math.min(least, low), Math.max(most, high)], [0, 1]).nice(5);
  return {
    ticks: scale.ticks(marks).map(value => ({ value, position: scale(value) })),
    rows: measures.map(({ value, ci }) => ({
      value: value === null ? null : scale(value),
      interval: value === null || !ci ? null : [scale(ci[0]), scale(ci[1])],
    })),
  };
}
