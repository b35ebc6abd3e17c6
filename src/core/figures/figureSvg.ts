import { ticksAlong, yTitleAt } from './axisTicks';
import type { Figure, LegendEntry, Panel, Rule } from './figure';
import { svgColours } from './svgColours';
import { svgElement as element, svgEscaped } from './svgMarkup';
import { svgMark, svgShape } from './svgMark';
import { seriesLine } from './seriesLine';
import { textSize, textWidth, wrapped } from './textSize';

const { page, ink, quiet, grid, tones } = svgColours;
const margin = 12;
const font = 'system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif';

/** The figure as an SVG file's text, with its title, legend and caption: on white, in colours that all eyes tell apart. */
export function figureSvg(figure: Figure): string {
  const { width, height, title, caption, legend } = figure;
  const heading = wrapped(title, width, textSize.heading);
  const rows = legendRows(legend, width);
  const notes = caption === undefined ? [] : wrapped(caption, width, textSize.tick);
  const plotTop = heading.length * 18 + rows.length * 18 + 4;
  const full = plotTop + height + (notes.length > 0 ? 6 + notes.length * 15 : 0);
  const parts = [
    element('title', {}, svgEscaped(title)),
    element('desc', {}, svgEscaped(figure.summary)),
    element('rect', {
      x: -margin,
      y: -margin,
      width: width + 2 * margin,
      height: full + 2 * margin,
      fill: page,
    }),
    ...heading.map((line, row) => text(line, 0, 13 + row * 18, { size: textSize.heading, weight: 600 })),
    ...rows.flatMap((row, index) =>
      row.map(entry => legendEntry(entry, heading.length * 18 + index * 18 + 8)),
    ),
    element('g', { transform: `translate(0 ${plotTop})` }, figure.panels.map(panelSvg).join('')),
    ...notes.map((line, row) => text(line, 0, plotTop + height + 17 + row * 15, { fill: quiet })),
  ];
  const box = `${-margin} ${-margin} ${width + 2 * margin} ${full + 2 * margin}`;
  const head = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: box,
    width: width + 2 * margin,
    height: full + 2 * margin,
    role: 'img',
    'font-family': font,
  };
  return `${element('svg', head, parts.join('\n'))}\n`;
}

interface TextLook {
  readonly anchor?: 'middle' | 'end';
  readonly fill?: string;
  readonly size?: number;
  readonly weight?: number;
  readonly transform?: string;
}

function text(words: string, x: number, y: number, look: TextLook = {}): string {
  const { anchor, fill = ink, size = textSize.tick, weight, transform } = look;
  const given = { x, y, 'text-anchor': anchor, fill, 'font-size': size, 'font-weight': weight, transform };
  return words === '' ? '' : element('text', given, svgEscaped(words));
}

function panelSvg(panel: Panel): string {
  const { x, y, width, height, xAxis, yAxis, title } = panel;
  const bottom = y + height;
  const line = (x1: number, x2: number, y1: number, y2: number) =>
    element('line', { x1, x2, y1, y2, stroke: grid, 'stroke-width': 1 });
  const titleX = yTitleAt(x, yAxis, textSize.tick);
  const middle = y + height / 2;
  return [
    title === undefined ? '' : text(title, x, y - 8, { weight: 600 }),
    ...ticksAlong(xAxis, textSize.tick).map(
      tick =>
        (tick.grid ? line(tick.position, tick.position, y, bottom) : '') +
        text(tick.label, tick.position, bottom + 15, { anchor: 'middle', fill: quiet }),
    ),
    ...yAxis.ticks.map(
      tick =>
        (tick.grid ? line(x, x + width, tick.position, tick.position) : '') +
        text(tick.label, x - 8, tick.position + 4, { anchor: 'end', fill: quiet }),
    ),
    text(xAxis.title, x + width / 2, bottom + 33, { anchor: 'middle', fill: quiet }),
    text(yAxis.title, titleX, middle, {
      anchor: 'middle',
      fill: quiet,
      transform: `rotate(-90 ${titleX} ${middle})`,
    }),
    ...panel.series.map(({ band, tone }) =>
      band === undefined ? '' : element('path', { d: band, fill: tones[tone], 'fill-opacity': 0.14 }),
    ),
    ...panel.rules.map(ruleSvg),
    ...panel.series.map(seriesSvg),
  ].join('');
}

function ruleSvg({ x1, y1, x2, y2, kind, label }: Rule): string {
  const stroke = kind === 'identity' || kind === 'zero' ? quiet : ink;
  const dash = kind === 'cut' ? '4 3' : kind === 'limit' ? '7 3' : undefined;
  const beside =
    y1 === y2
      ? text(label ?? '', x2 - 2, y2 - 4, { anchor: 'end' })
      : text(label ?? '', x1 + 4, y1 < y2 ? y1 + 10 : y1 - 6);
  return element('line', { x1, y1, x2, y2, stroke, 'stroke-width': 1, 'stroke-dasharray': dash }) + beside;
}

function seriesSvg(series: Panel['series'][number]): string {
  const { tone, dash, marks, label, labelAt } = series;
  const drawn = seriesLine(series);
  const named = labelAt
    ? text(label, labelAt.x, labelAt.y, {
        fill: tones[tone],
        weight: 600,
        ...(labelAt.anchor === 'start' ? {} : { anchor: labelAt.anchor }),
      })
    : '';
  return [
    drawn === null
      ? ''
      : element('path', {
          d: drawn,
          fill: 'none',
          stroke: tones[tone],
          'stroke-width': 1.75,
          'stroke-dasharray': dash,
        }),
    ...marks.map(mark => svgMark(mark, series)),
    named,
  ].join('');
}

interface PlacedEntry {
  readonly entry: LegendEntry;
  readonly x: number;
}

function legendRows(legend: readonly LegendEntry[], width: number): PlacedEntry[][] {
  const rows: PlacedEntry[][] = [];
  let x = Infinity;
  for (const entry of legend) {
    const wide = 26 + textWidth(entry.label) + 16;
    if (x + wide > width) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)?.push({ entry, x });
    x += wide;
  }
  return rows;
}

function legendEntry({ entry, x }: PlacedEntry, y: number): string {
  const stroke = tones[entry.tone];
  const line =
    entry.dash === undefined
      ? ''
      : element('line', {
          x1: x,
          x2: x + 20,
          y1: y,
          y2: y,
          stroke,
          'stroke-width': 1.75,
          'stroke-dasharray': entry.dash,
        });
  return line + svgShape(entry, x + 10, y, 4) + text(entry.label, x + 26, y + 4);
}
