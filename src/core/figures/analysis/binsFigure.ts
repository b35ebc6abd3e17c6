import type { AnalysisReport, ReferenceBin, ReferenceBins } from '../../analysis/analysisReport';
import type { Figure, Mark } from '../figure';
import { namedAxis, percentLabel, uprightAxis, withMinus } from './axes';
import { lookOf } from './looks';
import { panelLayout } from './panelLayout';
import { countWords, numberWords, valueWords } from './valueWords';

const rates = ['correct', 'partial', 'incorrect'] as const;

/** Correctness by bins of the reference run's mean for each question, a panel for each grade. */
export function binsFigure(report: AnalysisReport, bins: ReferenceBins): Figure | null {
  const { series, reference, judge, question, shared } = bins;
  const bounds = series[0]?.bins ?? [];
  if (bounds.length === 0) return null;
  const names = bounds.map((bin, place) => binName(bin, place === bounds.length - 1));
  const { width, height, boxes } = panelLayout(rates.length, 220, { left: 54 });
  const step = 0.7 / Math.max(1, series.length);
  const looks = series.map(({ group }, place) => ({
    label: report.groups[group]?.label ?? '',
    ...lookOf(place),
    dash: undefined,
  }));
  return {
    id: 'correctness-by-bins',
    title: 'Are questions that were illegible in the reference run answered less often correctly?',
    summary: `Share of correct answers by the question’s mean ${report.criterion} in ${reference}: ${series
      .map(({ group, bins: own }) => `${report.groups[group]?.label ?? ''} ${rangeOf(own, names)}`)
      .join('; ')}.`,
    caption: `Questions by their mean in ${reference} (judge ${judge}); ${countWords(shared, 'question')} (${question}) in both files. Intervals: 95%. Bins hold their lower end, the last one both.`,
    width,
    height,
    legend: looks.map(({ label, tone, shape }) => ({ label, tone, shape })),
    panels: rates.map((rate, index) => {
      const box = boxes[index] ?? { x: 0, y: 0, width: 0, height: 0 };
      const x = namedAxis(box, 'mean in the reference run', names);
      const y = uprightAxis(box, 'share of rollouts', [0, 1], percentLabel);
      return {
        title: rate === 'partial' ? 'partially correct' : rate,
        ...box,
        xAxis: x.axis,
        yAxis: y.axis,
        rules: [],
        series: series.map(({ bins: own }, place) => ({
          label: looks[place]?.label ?? '',
          ...lookOf(place),
          marks: own.flatMap((bin, at): Mark[] => {
            const measured = bin[rate];
            if (measured.value === null) return [];
            const { ci } = measured;
            return [
              {
                x: x.place(at + (place - (series.length - 1) / 2) * step),
                y: y.place(measured.value),
                ...(ci
                  ? { interval: { from: y.place(ci[0]), to: y.place(ci[1]), along: 'y' as const } }
                  : {}),
                words: [
                  `${looks[place]?.label ?? ''}, mean in ${names[at] ?? ''}`,
                  `${rate === 'partial' ? 'partially correct' : rate} ${valueWords(measured, 'share')}`,
                  `${countWords(bin.questions, 'question')}, ${countWords(bin.rollouts, 'rollout')}`,
                ],
              },
            ];
          }),
        })),
      };
    }),
  };
}

/** "[1, 2)". */
function binName({ from, to }: ReferenceBin, last: boolean): string {
  return `[${withMinus(from)}, ${withMinus(to)}${last ? ']' : ')'}`;
}

function rangeOf(bins: readonly ReferenceBin[], names: readonly string[]): string {
  const known = bins.flatMap(({ correct }, at) =>
    correct.value === null ? [] : [`${numberWords(correct.value, 'share')} in ${names[at] ?? ''}`],
  );
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined) return 'nothing graded';
  return first === last ? first : `${first}, ${last ?? ''}`;
}
