import type { AnalysisReport, LegibilityReport, LegibilityRow } from '../../analysis/analysisReport';
import type { Figure, Mark } from '../figure';
import { pixels } from '../seriesLine';
import { namedAxis, uprightAxis, withMinus } from './axes';
import { fittedMiddle } from './fittedMiddle';
import { groupBehind } from './groupBehind';
import { panelLayout } from './panelLayout';
import { scoreTitle } from './trajectoryFigures';
import { countWords, numberWords, valueWords } from './valueWords';

/** A box for each group with its mean; `null` where nothing has quantiles. */
export function boxFigure(report: AnalysisReport, { rows }: LegibilityReport): Figure | null {
  const boxed = rows.flatMap(row => (row.box ? [{ row, five: row.box }] : []));
  if (boxed.length === 0) return null;
  const { width, height, boxes } = panelLayout(1);
  const box = boxes[0] ?? { x: 0, y: 0, width: 0, height: 0 };
  const room = box.width / boxed.length;
  const name = ({ group }: LegibilityRow): string => report.groups[group]?.label ?? '';
  const x = namedAxis(
    box,
    report.by.join(' · '),
    boxed.map(({ row }) => fittedMiddle(name(row), room - 8)),
  );
  const { min, max } = report.scale;
  const y = uprightAxis(box, scoreTitle(report, '').trim(), [min, max]);
  const wide = Math.min(64, room * 0.5);
  const bars = boxed.map(({ row, five }, place): Mark => {
    const [top, bottom] = [y.place(five.q3), y.place(five.q1)];
    const tall = Math.max(2, bottom - top);
    return {
      x: x.place(place),
      y: (top + bottom) / 2,
      box: { width: wide, height: tall },
      interval: { from: y.place(five.min), to: y.place(five.max), along: 'y' },
      words: [
        name(row),
        `median ${withMinus(five.median)}, quartiles ${withMinus(five.q1)} and ${withMinus(five.q3)}`,
        `from ${withMinus(five.min)} to ${withMinus(five.max)}, ${countWords(row.n, 'scored item')}`,
      ],
      behind: groupBehind(report, row.group, '', {}),
    };
  });
  const medians = boxed
    .map(({ five }, place) => {
      const at = pixels(y.place(five.median));
      return `M${pixels(x.place(place) - wide / 2)} ${at}H${pixels(x.place(place) + wide / 2)}`;
    })
    .join('');
  const means = boxed.flatMap(({ row }, place): Mark[] => {
    const { mean, sd } = row;
    if (mean.value === null) return [];
    return [
      {
        x: x.place(place),
        y: y.place(mean.value),
        words: [
          name(row),
          `mean ${valueWords(mean, 'score')}`,
          sd.value === null ? '' : `standard deviation ${numberWords(sd.value, 'score')}`,
        ].filter(Boolean),
      },
    ];
  });
  return {
    id: 'scores-by-group',
    title: 'How are the scores spread?',
    summary: `Spread of ${report.criterion}: ${boxed
      .map(
        ({ row, five }) =>
          `${name(row)} median ${withMinus(five.median)}, quartiles ${withMinus(five.q1)} to ${withMinus(five.q3)}`,
      )
      .join('; ')}.`,
    caption: `Boxes: quartiles, with the median as a line. Whiskers: least and greatest score. Diamonds: mean. ${report.scale.worst === 'max' ? withMinus(max) : withMinus(min)} is worst.`,
    width,
    height,
    legend: [],
    panels: [
      {
        ...box,
        xAxis: x.axis,
        yAxis: y.axis,
        rules: [],
        series: [
          { label: 'scores', tone: 1, shape: 'bar', marks: bars },
          { label: 'mean', tone: 5, shape: 'diamond', line: medians, marks: means },
        ],
      },
    ],
  };
}
