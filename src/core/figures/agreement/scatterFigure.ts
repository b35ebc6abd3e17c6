import type { Figure, Rule, Series } from '../figure';
import { asTick, countText } from '../figureNumbers';
import { scatter, type ScatterMark } from '../scatter';
import { items, unitText, type ComparedPair } from './comparedPair';

const plot = { x: 48, y: 10, size: 300 };

/** Every item as a point at its two scores, moved a little so that equal ones stay apart. `null` where there are no points. */
export function scatterFigure({ report, pair, a, b, cut, judged }: ComparedPair): Figure | null {
  if (!pair.points || pair.points.length === 0) return null;
  const drawn = scatter(pair.points, report.scale, cut);
  const split = drawn.marks.filter(mark => mark.split);
  const x = (share: number): number => plot.x + plot.size * share;
  const y = (share: number): number => plot.y + plot.size * share;
  const series = (label: string, marks: readonly ScatterMark[], hollow: boolean): Series => ({
    label,
    tone: hollow ? 5 : 'human',
    shape: 'circle',
    ...(hollow ? { hollow } : {}),
    marks: marks.map(mark => ({
      x: x(mark.x),
      y: y(mark.y),
      words: [unitText(mark.unit), `${b} ${asTick(mark.b)}`, `${a} ${asTick(mark.a)}`],
      behind: { kind: 'units', title: unitText(mark.unit), units: [mark.unit] },
    })),
  });
  const same = drawn.marks.filter(mark => !mark.split);
  const all = [
    ...(same.length > 0 ? [series(cut === null ? 'items' : `same side of ${cut}`, same, false)] : []),
    ...(split.length > 0 ? [series(`different sides of ${cut ?? ''}`, split, true)] : []),
  ];
  const axis = (side: string) => `${side} score`;
  return {
    id: 'scatter',
    title: judged ? 'Judge against human' : `${a} against ${b}`,
    summary: `${items(drawn.marks.length)} by score of ${b} and ${a}${cut === null ? '' : `; ${split.length} on different sides of ${cut}`}.`,
    caption: `A point is an item, moved a little so that equal ones stay apart; select one to open it. Diagonal: equal scores.${
      cut === null
        ? ''
        : ` Hollow: on different sides of ${cut} (${countText(split.length)} of ${countText(drawn.marks.length)}).`
    }`,
    width: plot.x + plot.size + 12,
    height: plot.y + plot.size + 44,
    panels: [
      {
        ...{ x: plot.x, y: plot.y, width: plot.size, height: plot.size },
        xAxis: {
          title: axis(b),
          ticks: drawn.ticks.map(({ value, position }) => ({
            position: x(position),
            label: asTick(value),
            grid: true,
          })),
        },
        yAxis: {
          title: axis(a),
          ticks: drawn.ticks.map(({ value, position }) => ({
            position: y(1 - position),
            label: asTick(value),
            grid: true,
          })),
        },
        rules: [
          { x1: x(0), y1: y(1), x2: x(1), y2: y(0), kind: 'identity' },
          ...(drawn.cut === null ? [] : cutRules(x(drawn.cut), y(1 - drawn.cut), `cut ${asTick(cut ?? 0)}`)),
        ],
        series: all,
      },
    ],
    legend: [],
  };
}

function cutRules(x: number, y: number, label: string): Rule[] {
  return [
    { x1: x, x2: x, y1: plot.y, y2: plot.y + plot.size, kind: 'cut', label },
    { x1: plot.x, x2: plot.x + plot.size, y1: y, y2: y, kind: 'cut' },
  ];
}
