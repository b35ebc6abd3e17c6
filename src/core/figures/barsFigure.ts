import { scaleLinear } from 'd3-scale';
import type { Figure, ItemsBehind, LegendEntry } from './figure';
import { asTick, type NumberFormat } from './figureNumbers';
import { fitted, textWidth } from './textSize';

/** Rows of lying bars; the segments of a row follow one another. */
export interface BarsContent {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly caption?: string;
  readonly axis: { readonly title: string; readonly tick?: NumberFormat };
  readonly series: readonly LegendEntry[];
  readonly rows: readonly { readonly label: string; readonly segments: readonly BarSegment[] }[];
}

export interface BarSegment {
  /** Index into `series`. */
  readonly series: number;
  readonly value: number;
  readonly words: readonly string[];
  readonly behind?: ItemsBehind;
}

const width = 560;
const mostLabel = 190;
const rowHeight = 22;
const top = 8;

/** Bars from zero, a row each with its name at the left. */
export function barsFigure({ id, title, summary, caption, axis, series, rows }: BarsContent): Figure {
  const x = Math.min(mostLabel, Math.max(0, ...rows.map(({ label }) => textWidth(label)))) + 10;
  const right = width - 16;
  const longest = Math.max(
    ...rows.map(({ segments }) => segments.reduce((sum, { value }) => sum + value, 0)),
  );
  const along = scaleLinear([0, longest > 0 ? longest : 1], [x, right]).nice(5);
  const tick = axis.tick ?? asTick;
  const height = rows.length * rowHeight;
  return {
    id,
    title,
    summary,
    ...(caption === undefined ? {} : { caption }),
    width,
    height: top + height + 40,
    panels: [
      {
        x,
        y: top,
        width: right - x,
        height,
        xAxis: {
          title: axis.title,
          ticks: along.ticks(5).map(value => ({ position: along(value), label: tick(value), grid: true })),
        },
        yAxis: {
          title: '',
          ticks: rows.map(({ label }, row) => ({
            position: top + rowHeight * (row + 0.5),
            label: fitted(label, mostLabel),
          })),
        },
        rules: [],
        series: series.map((entry, place) => ({
          ...entry,
          marks: rows.flatMap(({ segments }, row) =>
            segments.flatMap((segment, order) => {
              if (segment.series !== place || segment.value <= 0) return [];
              const from = segments.slice(0, order).reduce((sum, { value }) => sum + value, 0);
              const [start, end] = [along(from), along(from + segment.value)];
              return [
                {
                  x: (start + end) / 2,
                  y: top + rowHeight * (row + 0.5),
                  box: { width: end - start, height: 12 },
                  words: segment.words,
                  ...(segment.behind ? { behind: segment.behind } : {}),
                },
              ];
            }),
          ),
        })),
      },
    ],
    legend: series.length > 1 ? series : [],
  };
}
