import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { MeasureValue } from '../agreement/agreementReport';
import type { Figure, ItemsBehind, LegendEntry, Mark, Panel } from './figure';
import { asTick, type NumberFormat } from './figureNumbers';
import { fitted, textWidth } from './textSize';

/** Values with their intervals, a row each; rows in groups under a heading. */
export interface ForestContent {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly caption?: string;
  readonly axis: {
    readonly title: string;
    /** What it reaches at least. */
    readonly least: number;
    readonly most: number;
    readonly tick?: NumberFormat;
    /** Draws a line there. */
    readonly zero?: number;
  };
  readonly series: readonly LegendEntry[];
  readonly groups: readonly ForestGroup[];
}

export interface ForestGroup {
  readonly title?: string;
  readonly rows: readonly { readonly label: string; readonly values: readonly ForestValue[] }[];
}

export interface ForestValue {
  /** Index into `series`. */
  readonly series: number;
  readonly measure: MeasureValue;
  readonly words: readonly string[];
  readonly behind?: ItemsBehind;
}

const width = 560;
const mostLabel = 190;
const rowHeight = 22;
const top = 8;

/** A forest plot: the rows' names at the left, one axis under all of them. Values without a number leave their row empty. */
export function forestFigure({ id, title, summary, caption, axis, series, groups }: ForestContent): Figure {
  const rows = groups.flatMap(group => group.rows);
  const labelWidth = Math.min(mostLabel, Math.max(0, ...rows.map(({ label }) => textWidth(label)))) + 10;
  const held = rows.flatMap(row =>
    row.values.flatMap(({ measure: { value, ci } }) => (value === null ? [] : [value, ...(ci ?? [])])),
  );
  const [low = Math.min(0, axis.least), high = Math.max(1, axis.most)] = extent(held.filter(Number.isFinite));
  const x = labelWidth;
  const right = width - 16;
  const along = scaleLinear([Math.min(axis.least, low), Math.max(axis.most, high)], [x, right]).nice(5);
  const tick = axis.tick ?? asTick;
  const ticks = along.ticks(5).map(value => ({ position: along(value), label: tick(value), grid: true }));
  let y = top;
  const panels = groups.map((group, index): Panel => {
    if (group.title !== undefined) y += 20;
    const height = Math.max(1, group.rows.length) * rowHeight;
    const panel = groupPanel(group, { x, y, width: right - x, height });
    y += height + 10;
    const last = index === groups.length - 1;
    return {
      ...panel,
      xAxis: {
        title: last ? axis.title : '',
        ticks: last ? ticks : ticks.map(each => ({ ...each, label: '' })),
      },
    };
  });

  function groupPanel(group: ForestGroup, box: Pick<Panel, 'x' | 'y' | 'width' | 'height'>): Panel {
    const middle = (row: number): number => box.y + rowHeight * (row + 0.5);
    const zero = axis.zero === undefined ? [] : [along(axis.zero)];
    return {
      ...box,
      ...(group.title === undefined ? {} : { title: group.title }),
      xAxis: { title: '', ticks: [] },
      yAxis: {
        title: '',
        ticks: group.rows.map(({ label }, row) => ({
          position: middle(row),
          label: fitted(label, mostLabel),
        })),
      },
      rules: zero.map(at => ({ x1: at, x2: at, y1: box.y, y2: box.y + box.height, kind: 'zero' })),
      series: series.map((entry, place) => ({
        ...entry,
        marks: group.rows.flatMap(({ values }, row) => {
          const side =
            values.length > 1
              ? (values.findIndex(value => value.series === place) - (values.length - 1) / 2) * 7
              : 0;
          return values
            .filter(value => value.series === place)
            .flatMap(value => markOf(value, middle(row) + side));
        }),
      })),
    };
  }

  function markOf({ measure: { value, ci }, words, behind }: ForestValue, at: number): Mark[] {
    if (value === null || !Number.isFinite(value)) return [];
    return [
      {
        x: along(value),
        y: at,
        ...(ci?.every(Number.isFinite)
          ? { interval: { from: along(ci[0]), to: along(ci[1]), along: 'x' as const } }
          : {}),
        words,
        ...(behind ? { behind } : {}),
      },
    ];
  }

  const used = series.filter((_, place) =>
    rows.some(row => row.values.some(value => value.series === place)),
  );
  return {
    id,
    title,
    summary,
    ...(caption === undefined ? {} : { caption }),
    width,
    height: y - 10 + 40,
    panels,
    legend: used.length > 1 ? used : [],
  };
}
