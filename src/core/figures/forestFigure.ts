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
    /** What it reaches at least; where absent it holds the data alone. */
    readonly least?: number;
    readonly most?: number;
    readonly tick?: NumberFormat;
    /** Draws a line there, where the axis reaches it. */
    readonly zero?: number;
  };
  readonly series: readonly LegendEntry[];
  readonly groups: readonly ForestGroup[];
  /** The groups are of the same rows, and stand beside one another. */
  readonly sideBySide?: boolean;
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

const plainWidth = 560;
const wideWidth = 740;
const columnGap = 34;
const mostLabel = 190;
const rowHeight = 22;
const top = 8;

/** Values to pixels along the axis. */
interface Along {
  at(value: number): number;
  readonly ticks: readonly number[];
  readonly domain: readonly number[];
}

/**
 * A forest plot: the rows' names at the left, one axis under all of them; groups `sideBySide` have an axis each and their
 * rows in common. Values without a number leave their row empty.
 */
export function forestFigure(content: ForestContent): Figure {
  const { id, title, summary, caption, axis, series, groups, sideBySide = false } = content;
  const rows = groups.flatMap(group => group.rows);
  const labelWidth = Math.min(mostLabel, Math.max(0, ...rows.map(({ label }) => textWidth(label)))) + 10;
  const width = sideBySide ? wideWidth : plainWidth;
  const right = width - 16;
  const panels: Panel[] = [];
  let y = top;
  if (sideBySide) {
    const names = [...new Set(rows.map(({ label }) => label))];
    const room = (right - labelWidth - columnGap * (groups.length - 1)) / groups.length;
    const height = Math.max(1, names.length) * rowHeight;
    y += 20;
    groups.forEach((group, place) => {
      const all = names.map(label => group.rows.find(row => row.label === label) ?? { label, values: [] });
      const x = labelWidth + place * (room + columnGap);
      const panel = groupPanel(
        { ...group, rows: all },
        { x, y, width: room, height },
        scaleOf(group.rows, x, room, 3),
      );
      panels.push(place === 0 ? panel : { ...panel, yAxis: { title: '', ticks: [] } });
    });
    y += height;
  } else {
    const along = scaleOf(rows, labelWidth, right - labelWidth, 5);
    groups.forEach((group, place) => {
      if (place > 0) y += 10;
      if (group.title !== undefined) y += 20;
      const height = Math.max(1, group.rows.length) * rowHeight;
      const panel = groupPanel(group, { x: labelWidth, y, width: right - labelWidth, height }, along);
      const ticks = panel.xAxis.ticks.map(tick => ({ ...tick, label: '' }));
      panels.push(place === groups.length - 1 ? panel : { ...panel, xAxis: { title: '', ticks } });
      y += height;
    });
  }

  function scaleOf(held: ForestGroup['rows'], x: number, room: number, marks: number): Along {
    const { least = Infinity, most = -Infinity } = axis;
    const ends = held.flatMap(row =>
      row.values.flatMap(({ measure: { value, ci } }) => (value === null ? [] : [value, ...(ci ?? [])])),
    );
    const [low = Math.min(0, least), high = Math.max(1, most)] = extent(ends.filter(Number.isFinite));
    const scale = scaleLinear([Math.min(least, low), Math.max(most, high)], [x, x + room]).nice(marks);
    return { at: value => scale(value), ticks: scale.ticks(marks), domain: scale.domain() };
  }

  function groupPanel(
    group: ForestGroup,
    box: Pick<Panel, 'x' | 'y' | 'width' | 'height'>,
    { at, ticks, domain: [from = 0, to = 1] }: Along,
  ): Panel {
    const middle = (row: number): number => box.y + rowHeight * (row + 0.5);
    const { zero, tick = asTick } = axis;
    return {
      ...box,
      ...(group.title === undefined ? {} : { title: group.title }),
      xAxis: {
        title: axis.title,
        ticks: ticks.map(value => ({ position: at(value), label: tick(value), grid: true })),
      },
      yAxis: {
        title: '',
        ticks: group.rows.map(({ label }, row) => ({
          position: middle(row),
          label: fitted(label, mostLabel),
        })),
      },
      rules:
        zero === undefined || zero < from || zero > to
          ? []
          : [{ x1: at(zero), x2: at(zero), y1: box.y, y2: box.y + box.height, kind: 'zero' }],
      series: series.map((entry, place) => ({
        ...entry,
        marks: group.rows.flatMap(({ values }, row) => {
          const side =
            values.length > 1
              ? (values.findIndex(value => value.series === place) - (values.length - 1) / 2) * 7
              : 0;
          return values
            .filter(value => value.series === place)
            .flatMap(value => markOf(value, at, middle(row) + side));
        }),
      })),
    };
  }

  function markOf(
    { measure: { value, ci }, words, behind }: ForestValue,
    along: Along['at'],
    y: number,
  ): Mark[] {
    if (value === null || !Number.isFinite(value)) return [];
    return [
      {
        x: along(value),
        y,
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
    height: y + 40,
    panels,
    legend: used.length > 1 ? used : [],
  };
}
