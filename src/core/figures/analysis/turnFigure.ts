import type { MeasureValue } from '../../agreement/agreementReport';
import type { AnalysisReport, TurnPoint, TurnSeries } from '../../analysis/analysisReport';
import type { Figure, ItemsBehind, Mark, Rule, Series } from '../figure';
import { turnAxis, uprightAxis } from './axes';
import { bandPath } from './bandPath';
import { groupPanels, legendOf, type GroupSeries } from './groupPanels';
import { panelLayout, type PanelBox } from './panelLayout';
import { clusteredWords, valueWords, type ValueKind } from './valueWords';

/** What is drawn along the turns. */
export interface TurnPlot {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly caption: string;
  readonly series: readonly TurnSeries[];
  readonly kind: ValueKind;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly domain: readonly [number, number];
  readonly yLabel?: (value: number) => string;
  value(point: TurnPoint): MeasureValue | undefined;
  /** "mean", "share ≥ 5": before the value in a mark's words. */
  readonly valueName: string;
  /** "turn 5", "2 turns after the rewrite". */
  turnName(turn: number): string;
  behind?(group: number, point: TurnPoint): ItemsBehind | undefined;
  /** A value of x that is marked by an upright line. */
  readonly mark?: { readonly at: number; readonly label: string };
}

/** Lines with 95% bands along turns, one for each group; `null` where there is no turn to draw. */
export function turnFigure(report: AnalysisReport, plot: TurnPlot): Figure | null {
  const { id, title, summary, caption } = plot;
  const turns = plot.series.flatMap(({ points }) => points.map(({ turn }) => turn));
  if (turns.length === 0) return null;
  const ends = [turns.reduce((a, b) => Math.min(a, b)), turns.reduce((a, b) => Math.max(a, b))] as const;
  const panels = groupPanels(report);
  const { width, height, boxes } = panelLayout(panels.length);
  const legend = legendOf(panels);
  return {
    id,
    title,
    summary,
    caption,
    width,
    height,
    legend,
    panels: panels.map((panel, index) => {
      const box = boxes[index] ?? { x: 0, y: 0, width: 0, height: 0 };
      const x = turnAxis(box, plot.xTitle, ...ends);
      const y = uprightAxis(box, plot.yTitle, plot.domain, plot.yLabel);
      const rule = plot.mark && plot.mark.at >= ends[0] && plot.mark.at <= ends[1] ? [plot.mark] : [];
      return {
        ...(panel.title === undefined ? {} : { title: panel.title }),
        ...box,
        xAxis: x.axis,
        yAxis: y.axis,
        rules: rule.map(({ at, label }) => upright(x.place(at), box, label)),
        series: panel.series.map(series => lineOf(report, plot, series, x.place, y.place)),
      };
    }),
  };
}

function lineOf(
  report: AnalysisReport,
  plot: TurnPlot,
  { group, label, tone, shape, dash }: GroupSeries,
  x: (turn: number) => number,
  y: (value: number) => number,
): Series {
  const points = plot.series.find(series => series.group === group)?.points ?? [];
  const band = bandPath(
    points.map(point => {
      const ci = plot.value(point)?.ci;
      return ci ? { x: x(point.turn), low: y(ci[0]), high: y(ci[1]) } : null;
    }),
  );
  const name = report.groups[group]?.label ?? label;
  const marks = points.flatMap((point): Mark[] => {
    const measured = plot.value(point);
    if (!measured || measured.value === null) return [];
    const behind = plot.behind?.(group, point);
    return [
      {
        x: x(point.turn),
        y: y(measured.value),
        words: [
          `${name}, ${plot.turnName(point.turn)}`,
          `${plot.valueName} ${valueWords(measured, plot.kind)}`,
          [
            clusteredWords(point.n, 'rollout', point.clusters, report.clusterBy),
            ...(point.labelled === undefined ? [] : [`${String(point.labelled)} labelled`]),
          ].join(', '),
        ],
        ...(behind ? { behind } : {}),
      },
    ];
  });
  return { label, tone, shape, dash, line: 'through', ...(band === undefined ? {} : { band }), marks };
}

function upright(x: number, { y, height }: PanelBox, label: string): Rule {
  return { x1: x, x2: x, y1: y, y2: y + height, kind: 'cut', label };
}
