import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { MeasureValue } from '../../agreement/agreementReport';
import type { Figure, Rule, Series } from '../figure';
import { asTick, measurePhrase, twoDecimals, withSign } from '../figureNumbers';
import { jitter } from '../jitter';
import { bandPath } from '../bandPath';
import { items, unitText, type ComparedPair } from './comparedPair';

const plot = { x: 54, y: 10, width: 294, height: 300 };

/** Difference against mean of the two scores, with the mean difference, the limits of agreement and their intervals. */
export function blandAltmanFigure({ pair, a, b }: ComparedPair): Figure | null {
  const { points, measures } = pair;
  const difference = measures['meanDifference'];
  const lower = measures['limitsOfAgreementLower'];
  const upper = measures['limitsOfAgreementUpper'];
  if (!points || points.length === 0 || !difference || !lower || !upper) return null;
  const integers = points.every(point => Number.isInteger(point.a) && Number.isInteger(point.b));
  const spread = integers ? 0.6 : 0;
  const moved = points.map(point => {
    const [across, along] = jitter(point.unit);
    return {
      ...point,
      mean: (point.a + point.b) / 2 + (spread / 2) * across,
      gap: point.a - point.b + spread * along,
    };
  });
  const [left = 0, right = 1] = extent(moved, point => point.mean);
  const ends = [difference, lower, upper].flatMap(({ value, ci }) => [value, ...(ci ?? [])]);
  const [bottom = -1, top = 1] = extent([
    0,
    ...moved.map(point => point.gap),
    ...ends.filter(end => end !== null),
  ]);
  const x = scaleLinear([left, right === left ? left + 1 : right], [plot.x + 8, plot.x + plot.width - 8]);
  const y = scaleLinear([bottom, top], [plot.y + plot.height - 10, plot.y + 14]).nice(6);
  const ends95 = (measure: MeasureValue): Series[] =>
    measure.value === null || !measure.ci
      ? []
      : [
          {
            label: '95% interval',
            tone: 'quiet',
            shape: 'bar',
            band: bandPath(
              [plot.x, plot.x + plot.width].map(at => ({
                x: at,
                low: y(measure.ci?.[0] ?? 0),
                high: y(measure.ci?.[1] ?? 0),
              })),
            ),
            marks: [],
          },
        ];
  const line = ({ value }: MeasureValue, kind: Rule['kind'], name: string): Rule[] =>
    value === null
      ? []
      : [
          {
            x1: plot.x,
            x2: plot.x + plot.width,
            y1: y(value),
            y2: y(value),
            kind,
            label: `${name} ${withSign(value)}`,
          },
        ];
  return {
    id: 'bland-altman',
    title: 'How far apart, and where on the scale',
    summary: `Bland–Altman plot of ${items(points.length)}: ${a} − ${b} is ${measurePhrase(difference, withSign)} on average; limits of agreement ${measurePhrase(lower, withSign)} and ${measurePhrase(upper, withSign)}.`,
    caption: `${a} − ${b} against their mean. Solid: mean difference; dashed: limits of agreement; shaded: their 95% intervals.`,
    width: plot.x + plot.width + 12,
    height: plot.y + plot.height + 44,
    panels: [
      {
        ...plot,
        xAxis: {
          title: `mean of ${a} and ${b}`,
          ticks: x.ticks(6).map(value => ({ position: x(value), label: asTick(value), grid: true })),
        },
        yAxis: {
          title: `${a} − ${b}`,
          ticks: y.ticks(7).map(value => ({ position: y(value), label: asTick(value), grid: true })),
        },
        rules: [
          { x1: plot.x, x2: plot.x + plot.width, y1: y(0), y2: y(0), kind: 'zero' },
          ...line(upper, 'limit', 'limit'),
          ...line(difference, 'mean', 'mean'),
          ...line(lower, 'limit', 'limit'),
        ],
        series: [
          ...[upper, difference, lower].flatMap(ends95),
          {
            label: 'items',
            tone: 'human',
            shape: 'circle',
            marks: moved.map(point => ({
              x: x(point.mean),
              y: y(point.gap),
              words: [
                unitText(point.unit),
                `${a} − ${b}: ${asTick(point.a - point.b)}`,
                `mean ${twoDecimals((point.a + point.b) / 2)}`,
              ],
              behind: { kind: 'units', title: unitText(point.unit), units: [point.unit] },
            })),
          },
        ],
      },
    ],
    legend: [],
  };
}
