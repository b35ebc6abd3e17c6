import type { AnalysisReport, Auc, AucPoint } from '../../analysis/analysisReport';
import { turnKey } from '../../analysis/analysisInput';
import type { Figure, Mark, Panel, Series } from '../figure';
import { textWidth } from '../textSize';
import { namedAxis, scoreDomain, uprightAxis, type Place } from './axes';
import { groupPanels, legendOf, type GroupPanel } from './groupPanels';
import { panelLayout } from './panelLayout';
import { scoreTitle } from './trajectoryFigures';
import { countWords, numberWords, valueWords } from './valueWords';

/** Where points and mean stand in a group's room, as shares of it from its middle. */
const spread = 0.26;
const meanAt = 0.38;

/** Each conversation's mean score as a strip of points, with the group's mean beside it. */
export function aucFigure(report: AnalysisReport, auc: Auc): Figure | null {
  const { points, means } = auc;
  if (points.length === 0) return null;
  // A strip for each condition, side by side in a panel for each dataset.
  const panels = report.by.length > 1 ? groupPanels(report, 1) : groupPanels(report, Infinity);
  const { width, height, boxes } = panelLayout(panels.length, 230, {}, 560);
  // As in the figures along the turns.
  const looks = new Map(
    groupPanels(report).flatMap(({ series }) => series.map(one => [one.group, one] as const)),
  );
  const domain = scoreDomain(report.scale, [
    ...points.map(({ value }) => value),
    ...means.flatMap(({ mean }) => mean.ci?.[1] ?? []),
  ]);
  // Names that don't fit under their strips stand in a legend.
  const isNamed = panels.every(({ series }, index) =>
    series.every(({ label }) => textWidth(label) + 8 <= (boxes[index]?.width ?? 0) / series.length),
  );
  return {
    id: 'conversation-means',
    title: 'How far do conversations differ?',
    summary: `Mean ${report.criterion} of each conversation: ${means
      .map(({ group, mean }) => `${report.groups[group]?.label ?? ''} ${valueWords(mean, 'score')}`)
      .join('; ')}.`,
    caption:
      'Each point is a conversation: the mean score of its turns (AUC); points are spread sideways to be seen. The filled mark beside them is the group’s mean with its 95% interval.',
    width,
    height,
    legend: isNamed
      ? []
      : legendOf(panels).map(({ group, label, tone, shape }) => ({
          label,
          tone: looks.get(group)?.tone ?? tone,
          shape: looks.get(group)?.shape ?? shape,
          hollow: true,
        })),
    panels: panels.map((panel, index): Panel => {
      const box = boxes[index] ?? { x: 0, y: 0, width: 0, height: 0 };
      const x = namedAxis(
        box,
        axisTitle(report, panels),
        panel.series.map(({ label }) => (isNamed ? label : '')),
      );
      const y = uprightAxis(box, scoreTitle(report), domain);
      const strips = panel.series.map(({ group, label, tone, shape }, place) => ({
        label,
        tone: looks.get(group)?.tone ?? tone,
        shape: looks.get(group)?.shape ?? shape,
        hollow: true,
        marks: points
          .filter(point => point.group === group)
          .map((point, at) => pointMark(report, point, x.place(place + jitter(at)), y.place(point.value))),
      }));
      const filled = panel.series.flatMap(({ group, label, shape }, place): Series[] => {
        const own = means.find(mean => mean.group === group);
        if (!own || own.mean.value === null) return [];
        const mark = meanMark(report, own, x.place(place + meanAt), y.place);
        return [{ label: `${label}: mean`, tone: 5, shape: looks.get(group)?.shape ?? shape, marks: [mark] }];
      });
      return {
        ...(panel.title === undefined ? {} : { title: panel.title }),
        ...box,
        xAxis: x.axis,
        yAxis: y.axis,
        rules: [],
        series: [...strips, ...filled],
      };
    }),
  };
}

function pointMark(report: AnalysisReport, point: AucPoint, x: number, y: number): Mark {
  const { rollout, group, value, turns } = point;
  return {
    x,
    y,
    words: [
      rollout,
      `mean ${numberWords(value, 'score')} over ${countWords(turns, 'turn')}`,
      report.groups[group]?.label ?? '',
    ],
    behind: { kind: 'units', title: rollout, units: [turnKey(rollout, 1)] },
  };
}

function meanMark(
  report: AnalysisReport,
  { group, n, mean }: Auc['means'][number],
  x: number,
  y: Place,
): Mark {
  return {
    x,
    y: y(mean.value ?? 0),
    ...(mean.ci ? { interval: { from: y(mean.ci[0]), to: y(mean.ci[1]), along: 'y' as const } } : {}),
    words: [
      `${report.groups[group]?.label ?? ''}: mean of ${countWords(n, 'conversation')}`,
      valueWords(mean, 'score'),
    ],
  };
}

/** Evenly spread for any number of points, the same every time: multiples of the golden ratio. */
function jitter(place: number): number {
  return spread * (2 * ((place * 0.6180339887498949) % 1) - 1);
}

function axisTitle({ by }: AnalysisReport, panels: readonly GroupPanel[]): string {
  if (panels.length <= 1) return by.join(' · ');
  const field = by.includes('dataset') ? 'dataset' : by.at(-1);
  return by.filter(name => name !== field).join(' · ');
}
