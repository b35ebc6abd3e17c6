import type { LegendEntry, Mark, Series } from './figure';
import { pixels } from './seriesLine';
import { isStroke, markRadius, shapePath } from './shapePath';
import { svgColours, svgShade } from './svgColours';
import { svgElement as element, svgEscaped } from './svgMarkup';
import { textSize } from './textSize';

const { page, ink, tones } = svgColours;

/** One mark with its interval; what a page tells on hovering is its `<title>`. */
export function svgMark(mark: Mark, series: Series): string {
  const told = element('title', {}, mark.words.map(svgEscaped).join('\n'));
  const drawn = mark.box ? boxSvg(mark, mark.box, series) : pointSvg(mark, series);
  return element('g', {}, told + drawn);
}

function pointSvg({ x, y, interval, hollow }: Mark, series: Series): string {
  const across = interval?.along === 'x';
  const line = interval
    ? element('line', {
        x1: across ? interval.from : x,
        x2: across ? interval.to : x,
        y1: across ? y : interval.from,
        y2: across ? y : interval.to,
        stroke: tones[series.tone],
        'stroke-width': 1.5,
      })
    : '';
  const look = hollow === undefined ? series : { ...series, hollow };
  return line + svgShape(look, x, y, markRadius(series.marks.length));
}

function boxSvg({ x, y }: Mark, box: NonNullable<Mark['box']>, { tone }: Series): string {
  const { width, height, text, level } = box;
  const fill = level === undefined ? tones[tone] : svgShade(level);
  const rect = element('rect', {
    x: x - width / 2,
    y: y - height / 2,
    width,
    height,
    fill,
    'fill-opacity': level === undefined ? 0.55 : undefined,
    stroke: page,
    'stroke-width': 1,
  });
  if (text === undefined || text === '') return rect;
  const look = { x, y: y + 4, 'text-anchor': 'middle', fill: ink, 'font-size': textSize.tick };
  return rect + element('text', look, svgEscaped(text));
}

/** The mark of a series or of its entry in the legend, around a place. */
export function svgShape({ shape, tone, hollow }: LegendEntry, x: number, y: number, radius: number): string {
  const colour = tones[tone];
  if (shape === 'bar')
    return element('rect', { x: x - 6, y: y - 5, width: 12, height: 10, fill: colour, 'fill-opacity': 0.55 });
  const open = hollow === true || isStroke(shape);
  return element('path', {
    d: shapePath(shape, radius),
    transform: `translate(${pixels(x)} ${pixels(y)})`,
    fill: isStroke(shape) ? 'none' : open ? page : colour,
    stroke: open ? colour : page,
    'stroke-width': open ? 1.5 : 0.75,
  });
}
