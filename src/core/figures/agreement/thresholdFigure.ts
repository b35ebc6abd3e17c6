import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { CutPoint, ThresholdRater } from '../../agreement/questions/thresholdQuestion';
import { listText } from '../../agreement/questions/estimateText';
import { bandPath } from '../bandPath';
import type { Figure, Mark, Series } from '../figure';
import { asTick, measureLines, measurePhrase } from '../figureNumbers';
import { labelPlaces } from '../labelPlaces';
import { items, pointsBehind, type ComparedPair } from './comparedPair';

const plot = { x: 48, y: 10, width: 300, height: 300 };

const curves = [
  { id: 'sensitivity', label: 'sensitivity', tone: 1, shape: 'circle' },
  { id: 'specificity', label: 'specificity', tone: 2, shape: 'triangle', dash: '6 3' },
  { id: 'cohenKappa', label: 'κ', tone: 5, shape: 'square', dash: '2 3' },
] as const;

/** Sensitivity, specificity and κ at every cut. `null` where the question has no curve for this pair. */
export function thresholdFigure({ report, pair, a, b, cut }: ComparedPair): Figure | null {
  const raters = report.questions?.thresholds.answer?.raters ?? [];
  const own = raters.find(({ rater }) => rater === pair.b);
  if (!own || own.curve.length === 0) return null;
  const { curve } = own;
  const cuts = curve.map(point => point.cut);
  const [low = 0, high = 1] = extent(cuts);
  const values = curve.flatMap(point =>
    curves.flatMap(({ id }) => [point[id].value, ...(point[id].ci ?? [])]).filter(value => value !== null),
  );
  const x = scaleLinear([low, high === low ? low + 1 : high], [plot.x + 12, plot.x + plot.width - 12]);
  const y = scaleLinear([Math.min(0, ...values), 1], [plot.y + plot.height, plot.y + 6]).nice(5);
  const marksOf = (id: (typeof curves)[number]['id'], label: string): Mark[] =>
    curve.flatMap((point): Mark[] => {
      const { value } = point[id];
      if (value === null) return [];
      const between = `${a} and ${b} on different sides of ${asTick(point.cut)}`;
      return [
        {
          x: x(point.cut),
          y: y(value),
          words: [
            `score ≥ ${asTick(point.cut)}: ${label} ${measureLines(point[id])[0] ?? ''}`,
            ...measureLines(point[id]).slice(1),
            ...apart(pair.points, point),
          ],
          ...pointsBehind(between, pair.points, each => each.a >= point.cut !== each.b >= point.cut),
        },
      ];
    });
  const drawn = curves.map(({ id, label, ...look }) => ({ id, label, look, marks: marksOf(id, label) }));
  const places = labelPlaces(
    drawn.map(({ label, marks }) => ({ label, points: marks })),
    plot,
  );
  const series = drawn.map(({ id, label, look, marks }, index): Series => {
    const place = places[index];
    return {
      ...look,
      label,
      line: 'through',
      band: bandPath(
        curve.map(point => {
          const { ci, value } = point[id];
          const shown = value === null ? null : (ci ?? null);
          return { x: x(point.cut), low: shown && y(shown[0]), high: shown && y(shown[1]) };
        }),
      ),
      ...(place && marks.length > 0 ? { labelAt: place } : {}),
      marks,
    };
  });
  const shownCut = cut !== null && cuts.includes(cut) ? cut : null;
  const at = curve.find(point => point.cut === shownCut);
  return {
    id: 'threshold-curve',
    title: 'Agreement at every cut',
    summary: `Sensitivity, specificity and κ of ${a} against ${b} at ${curve.length} cuts, on ${items(own.n)}.${at ? ` At ≥ ${asTick(at.cut)}: sensitivity ${measurePhrase(at.sensitivity)}, specificity ${measurePhrase(at.specificity)}, κ ${measurePhrase(at.cohenKappa)}.` : ''}`,
    caption: `Both at “score ≥ cut”, the human as the reference. Bands: 95%, each cut by itself.${bestText(own)}`,
    width: plot.x + plot.width + 12,
    height: plot.y + plot.height + 44,
    panels: [
      {
        ...plot,
        xAxis: {
          title: 'cut: score ≥',
          ticks: ticksOf(cuts).map(value => ({ position: x(value), label: asTick(value) })),
        },
        yAxis: {
          title: 'value',
          ticks: y.ticks(5).map(value => ({ position: y(value), label: asTick(value), grid: true })),
        },
        rules: [
          ...(y.domain()[0] === 0
            ? []
            : [{ x1: plot.x, x2: plot.x + plot.width, y1: y(0), y2: y(0), kind: 'zero' as const }]),
          ...(shownCut === null
            ? []
            : [
                {
                  x1: x(shownCut),
                  x2: x(shownCut),
                  // From below: at the top the curves are.
                  y1: plot.y + plot.height,
                  y2: plot.y,
                  kind: 'cut' as const,
                  label: `cut ${asTick(shownCut)}`,
                },
              ]),
        ],
        series,
      },
    ],
    legend: [],
  };
}

function ticksOf(cuts: readonly number[]): readonly number[] {
  const step = Math.ceil(cuts.length / 12);
  return cuts.filter((_, index) => index % step === 0);
}

function apart(points: ComparedPair['pair']['points'], { cut }: CutPoint): string[] {
  if (!points) return [];
  return [`${items(points.filter(({ a, b }) => a >= cut !== b >= cut).length)} on different sides`];
}

function bestText({ best }: ThresholdRater): string {
  return best
    .flatMap(({ humanCut, cut, uncertain }) =>
      cut === null
        ? []
        : [
            ` The judge’s cut that best gives the human ≥ ${asTick(humanCut)}: ${asTick(cut)}${
              uncertain && uncertain.length > 1
                ? ` (not told apart from it: ${listText(uncertain.filter(other => other !== cut).map(asTick))})`
                : ''
            }.`,
          ],
    )
    .join('');
}
