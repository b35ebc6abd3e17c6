import { extent, group, mean } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { Figure, Mark } from '../figure';
import { asTick, measurePhrase, withSign } from '../figureNumbers';
import { itemOf, items, type ComparedPair } from './comparedPair';

const plot = { x: 54, y: 10, width: 294, height: 200 };

/** The mean of judge − human at each turn, unweighted. `null` with fewer than two turns. */
export function turnFigure({ report, pair, a, b }: ComparedPair): Figure | null {
  const told = (pair.points ?? []).flatMap(point => {
    const turn = itemOf(point.unit)?.[1];
    return turn === undefined ? [] : [{ turn, gap: point.a - point.b, unit: point.unit }];
  });
  const turns = [...group(told, ({ turn }) => turn)].sort(([one], [other]) => one - other);
  if (turns.length < 2) return null;
  const means = turns.map(([turn, points]) => ({ turn, points, mean: mean(points, ({ gap }) => gap) ?? 0 }));
  const [low = -1, high = 1] = extent([-0.5, 0.5, ...means.map(each => each.mean)]);
  const [first = 1, last = 2] = extent(turns, ([turn]) => turn);
  const x = scaleLinear([first, last], [plot.x + 10, plot.x + plot.width - 10]);
  const y = scaleLinear([low, high], [plot.y + plot.height, plot.y]).nice(5);
  const slope = report.questions?.bias.answer?.slopes.find(each => each.of === 'turn')?.slope;
  const isJudge = pair.a === report.questions?.headline.answer?.judge;
  const slopeText =
    slope && isJudge ? `Change with each turn, weighted: ${measurePhrase(slope, withSign)}.` : '';
  const marks = means.map(({ turn, points, mean: value }): Mark => ({
    x: x(turn),
    y: y(value),
    words: [`turn ${turn}: ${a} − ${b} ${withSign(value)}`, `mean of ${items(points.length)}`],
    behind: { kind: 'units', title: `compared items of turn ${turn}`, units: points.map(({ unit }) => unit) },
  }));
  return {
    id: 'bias-by-turn',
    title: `${isJudge ? 'Judge − human' : `${a} − ${b}`} by turn`,
    summary: `Mean of ${a} − ${b} at ${turns.length} turns, ${items(told.length)}. ${slopeText}`.trim(),
    caption: `Points: unweighted means of the items at a turn. ${slopeText}`.trim(),
    width: plot.x + plot.width + 12,
    height: plot.y + plot.height + 44,
    panels: [
      {
        ...plot,
        xAxis: {
          title: 'turn',
          ticks: x
            .ticks(10)
            .filter(Number.isInteger)
            .map(value => ({ position: x(value), label: asTick(value) })),
        },
        yAxis: {
          title: `${a} − ${b}, mean`,
          ticks: y.ticks(5).map(value => ({ position: y(value), label: asTick(value), grid: true })),
        },
        rules: [{ x1: plot.x, x2: plot.x + plot.width, y1: y(0), y2: y(0), kind: 'zero' }],
        series: [{ label: `${a} − ${b}`, tone: 5, shape: 'square', line: 'through', marks }],
      },
    ],
    legend: [],
  };
}
