import { turnKey } from '../../analysis/analysisInput';
import { defaultEventPattern } from '../../analysis/eventPattern';
import type { AnalysisReport, Trajectory, TurnPoint } from '../../analysis/analysisReport';
import type { Figure, Mark, Panel, Series } from '../figure';
import { textWidth } from '../textSize';
import { percentLabel, shareDomain, turnAxis, uprightAxis, type Place } from './axes';
import { stepBandPath, stepLine } from './bandPath';
import { fittedMiddle } from './fittedMiddle';
import { groupPanels, legendOf, type GroupSeries } from './groupPanels';
import { panelLayout, usualRoom, type PanelBox } from './panelLayout';
import { countWords, numberWords, valueWords } from './valueWords';

/** Pixels from one row of numbers at risk to the next, and from the plot to the first. */
const riskRow = 15;
const riskTop = 58;

/** "self-deletion", or "the event" where another pattern was searched for. */
export function eventName({ event }: Trajectory): string {
  return event.pattern === defaultEventPattern ? 'self-deletion' : 'the event';
}

/** The cumulative rate of the event with the numbers at risk under it; `null` where it never happens. */
export function eventFigure(report: AnalysisReport, trajectory: Trajectory): Figure | null {
  const { series, event } = trajectory;
  if (event.rollouts === 0) return null;
  const name = eventName(trajectory);
  const panels = groupPanels(report);
  const most = panels.reduce((rows, panel) => Math.max(rows, panel.series.length), 0);
  const labels = panels.flatMap(panel => panel.series.map(({ label }) => textWidth(label)));
  const left = Math.min(140, Math.max(usualRoom.left, ...labels.map(width => width + 28)));
  const { width, height, boxes } = panelLayout(panels.length, 200, {
    left,
    bottom: riskTop + most * riskRow + 8,
  });
  const rates = series.flatMap(({ points }) => points.flatMap(({ cumulative }) => cumulative ?? []));
  const domain = shareDomain(rates.flatMap(({ value, ci }) => [value ?? 0, ci?.[1] ?? 0]));
  const last = series.reduce((longest, { points }) => Math.max(longest, points.at(-1)?.turn ?? 1), 1);
  const drawn = panels.flatMap((panel, index): Panel[] => {
    const box = boxes[index] ?? { x: 0, y: 0, width: 0, height: 0 };
    const x = turnAxis(box, 'turn', 1, last);
    const y = uprightAxis(box, `rollouts with ${name} so far`, domain, percentLabel);
    const plot: Panel = {
      ...(panel.title === undefined ? {} : { title: panel.title }),
      ...box,
      xAxis: x.axis,
      yAxis: y.axis,
      rules: [],
      series: panel.series.map(one => stepsOf(report, trajectory, one, x.place, y.place)),
    };
    return [plot, ...riskPanels(trajectory, panel.series, box, x.axis.ticks, left)];
  });
  return {
    id: 'event-rate',
    title:
      name === 'self-deletion'
        ? 'How many rollouts have deleted themselves?'
        : 'How many rollouts have the event?',
    summary: summaryOf(report, trajectory, name),
    caption: `Share of each group’s rollouts with ${name} up to and in the turn. Bands: 95%, ${event.bands === 'exact' ? 'Clopper–Pearson' : 'Wilson'}. Under the axis: rollouts that have the turn and had no event before it.`,
    width,
    height,
    legend: legendOf(panels),
    panels: drawn,
  };
}

function stepsOf(
  report: AnalysisReport,
  { series }: Trajectory,
  { group, label, tone, shape, dash }: GroupSeries,
  x: Place,
  y: Place,
): Series {
  const points = series.find(one => one.group === group)?.points ?? [];
  const known = points.filter(({ cumulative }) => cumulative !== undefined && cumulative.value !== null);
  const band = stepBandPath(
    points.map(({ turn, cumulative }) =>
      cumulative?.ci ? { x: x(turn), low: y(cumulative.ci[0]), high: y(cumulative.ci[1]) } : null,
    ),
  );
  return {
    label,
    tone,
    shape,
    dash,
    line: stepLine(known.map(({ turn, cumulative }) => ({ x: x(turn), y: y(cumulative?.value ?? 0) }))),
    ...(band === undefined ? {} : { band }),
    marks: known.map(point => stepMark(report, group, point, x, y)),
  };
}

function stepMark(report: AnalysisReport, group: number, point: TurnPoint, x: Place, y: Place): Mark {
  const { turn, cumulative, events = [], atRisk = 0 } = point;
  return {
    x: x(turn),
    y: y(cumulative?.value ?? 0),
    words: [
      `${report.groups[group]?.label ?? ''}, turn ${String(turn)}`,
      `so far ${cumulative ? valueWords(cumulative, 'share') : ''}`,
      `${countWords(events.length, 'event')} in this turn, ${countWords(atRisk, 'rollout')} at risk`,
    ],
    ...(events.length > 0
      ? {
          behind: {
            kind: 'units' as const,
            title: `${report.groups[group]?.label ?? ''}, event in turn ${String(turn)}`,
            units: events.map(rollout => turnKey(rollout, turn)),
          },
        }
      : {}),
  };
}

/** A panel without height for each row: its axes' labels are the numbers and the group's name. */
function riskPanels(
  { series }: Trajectory,
  groups: readonly GroupSeries[],
  box: PanelBox,
  ticks: Panel['xAxis']['ticks'],
  left: number,
): Panel[] {
  return groups.map(({ group, label }, row) => {
    const points = series.find(one => one.group === group)?.points ?? [];
    const y = box.y + box.height + riskTop + row * riskRow - 15;
    const numbers = ticks.map(tick => {
      const point = points.find(({ turn }) => String(turn) === tick.label);
      return { position: tick.position, label: point?.atRisk === undefined ? '' : String(point.atRisk) };
    });
    return {
      ...(row === 0 ? { title: 'rollouts at risk' } : {}),
      // Clear of the first number.
      x: box.x - 8,
      y,
      width: box.width,
      height: 0,
      xAxis: { title: '', ticks: numbers },
      yAxis: { title: '', ticks: [{ position: y + 11, label: fittedMiddle(label, left - 26) }] },
      rules: [],
      series: [],
    };
  });
}

function summaryOf({ groups }: AnalysisReport, { series }: Trajectory, name: string): string {
  const ends = series.flatMap(({ group, points }) => {
    const last = points.at(-1);
    const value = last?.cumulative?.value;
    return last && value != null
      ? [`${groups[group]?.label ?? ''} ${numberWords(value, 'share')} by turn ${String(last.turn)}`]
      : [];
  });
  return `Share of rollouts with ${name}: ${ends.join('; ')}.`;
}
