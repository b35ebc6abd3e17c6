import { scaleLinear } from 'd3-scale';
import type { Figure, ItemsBehind, Panel } from '../figure';
import { asTick, countText, percent, percentTick } from '../figureNumbers';
import { scoreTicks } from '../scoreTicks';
import { items, pointsBehind, type ComparedPair } from './comparedPair';

const plot = { x: 54, top: 24, width: 294, height: 76, gap: 30 };
/** More values than this are a measurement, of which bars show nothing. */
const mostScores = 60;

interface Distribution {
  readonly title: string;
  readonly tone: 'judge' | 'human';
  readonly name: string;
  /** By category; what is counted need not be whole. */
  readonly counts: readonly number[];
  readonly behind: (score: number) => { readonly behind?: ItemsBehind };
}

/** How often each score was given: by the judge in the whole run, and by both on the labelled items, weighted to the run. */
export function distributionFigure(compared: ComparedPair): Figure | null {
  const { pair, report, a, b, judged } = compared;
  const { confusion, points } = pair;
  if (!confusion || pair.n === 0) return null;
  const scores = confusion.categories.filter(value => typeof value === 'number');
  if (scores.length < confusion.categories.length || scores.length > mostScores) return null;
  const sums = confusion.weighted ?? confusion.counts;
  const weighted = confusion.weighted ? ', weighted to the run' : '';
  const run = judged && report.runScores?.judge === pair.a ? report.runScores : null;
  const all: Distribution[] = [
    ...(run
      ? [
          {
            title: `judge, all ${items(run.scores.reduce((sum, score) => sum + score.items, 0))} of the run`,
            tone: 'judge' as const,
            name: 'judge in the run',
            counts: scores.map(score => run.scores.find(each => each.score === score)?.items ?? 0),
            behind: (score: number) => ({
              behind: {
                kind: 'where' as const,
                title: `judge score ${asTick(score)}`,
                judge: { min: score, max: score },
              },
            }),
          },
        ]
      : []),
    {
      title: `${a}, ${items(pair.n)} compared${weighted}`,
      tone: judged ? 'judge' : 'human',
      name: `${a} on the compared items`,
      counts: sums.map(row => row.reduce((sum, count) => sum + count, 0)),
      behind: score => pointsBehind(`${a} score ${asTick(score)}`, points, point => point.a === score),
    },
    {
      title: `${b}, the same items${weighted}`,
      tone: 'human',
      name: `${b} on the compared items`,
      counts: scores.map((_, column) => sums.reduce((sum, row) => sum + (row[column] ?? 0), 0)),
      behind: score => pointsBehind(`${b} score ${asTick(score)}`, points, point => point.b === score),
    },
  ];
  const most = Math.max(...all.flatMap(({ counts }) => counts.map(count => count / total(counts))));
  const panels = all.map((one, index) => panelOf(one, index, scores, most, index === all.length - 1));
  return {
    id: 'score-distributions',
    title: 'How often each score was given',
    summary: `Shares of scores: ${all.map(({ name, counts }) => `${name}, mean ${meanText(scores, counts)}`).join('; ')}.`,
    caption: `Bars: share of items with each score.${confusion.weighted ? ' Weighted: each compared item counts for the items of the run that it was drawn for.' : ''}`,
    width: plot.x + plot.width + 12,
    height: plot.top + all.length * (plot.height + plot.gap) - plot.gap + 40,
    panels,
    legend: [],
  };
}

function panelOf(
  { title, tone, name, counts, behind }: Distribution,
  index: number,
  scores: readonly number[],
  most: number,
  last: boolean,
): Panel {
  const top = plot.top + index * (plot.height + plot.gap);
  const y = scaleLinear([0, most], [top + plot.height, top]).nice(3);
  const step = plot.width / scores.length;
  const shown = new Set(scoreTicks(scores[0] ?? 0, scores.at(-1) ?? 0));
  const sum = total(counts);
  return {
    title,
    x: plot.x,
    y: top,
    width: plot.width,
    height: plot.height,
    xAxis: {
      title: last ? 'score' : '',
      ticks: last
        ? scores.flatMap((score, place) =>
            shown.has(score) ? [{ position: plot.x + step * (place + 0.5), label: asTick(score) }] : [],
          )
        : [],
    },
    yAxis: {
      title: '',
      ticks: y.ticks(2).map(value => ({ position: y(value), label: percentTick(value), grid: true })),
    },
    rules: [{ x1: plot.x, x2: plot.x + plot.width, y1: y(0), y2: y(0), kind: 'zero' }],
    series: [
      {
        label: name,
        tone,
        shape: 'bar',
        marks: scores.flatMap((score, place) => {
          const count = counts[place] ?? 0;
          if (count <= 0) return [];
          const height = y(0) - y(count / sum);
          return [
            {
              x: plot.x + step * (place + 0.5),
              y: y(0) - height / 2,
              box: { width: Math.max(2, step * 0.72), height },
              words: [
                `${name}: score ${asTick(score)}`,
                percent(count / sum),
                `${countText(count)} of ${countText(sum)}`,
              ],
              ...behind(score),
            },
          ];
        }),
      },
    ],
  };
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0) || 1;
}

function meanText(scores: readonly number[], counts: readonly number[]): string {
  const sum = scores.reduce((all, score, place) => all + score * (counts[place] ?? 0), 0);
  return (sum / total(counts)).toFixed(2).replace('-', '−');
}
