import type { AnalysisReport, Effect } from '../../analysis/analysisReport';
import type { Figure, LegendEntry, Mark, Panel, Series } from '../figure';
import { textWidth } from '../textSize';
import { levelAxis, percentLabel, withMinus, type Place } from './axes';
import {
  deltaWords,
  differenceKind,
  effectKind,
  effectName,
  isShare,
  readingTone,
  withinName,
} from './effectWords';
import { fittedMiddle } from './fittedMiddle';
import type { PanelBox } from './panelLayout';
import { countWords, valueWords } from './valueWords';

const row = 30;
/** Letters are drawn up to 1.4 times as large where a figure is shrunk. */
const enlarged = 1.4;
const mostLeft = 320;
const values = 300;
const deltas = 210;
const between = 46;
/** For a difference in words. */
const deltaRoom = 130;
/** Above and below a block of rows: its heading, its axis. */
const over = 28;
const under = 46;

const sides = (baseline: string, treated: string): readonly LegendEntry[] => [
  { label: baseline, tone: 'quiet', shape: 'square', hollow: true },
  { label: treated, tone: 5, shape: 'circle' },
];

/** Baseline and treated with their intervals, and their difference beside, worded; `null` where nothing is compared. */
export function effectsFigure(report: AnalysisReport): Figure | null {
  const { effects, desired } = report;
  const blocks = [effects.filter(effect => !isShare(effect)), effects.filter(isShare)].filter(
    ({ length }) => length > 0,
  );
  const [first] = effects;
  if (!first) return null;
  const treated = [...new Set(effects.map(effect => effect.treated))];
  const nameOf: NameOf = effect =>
    [effectName(effect), withinName(effect), treated.length > 1 ? effect.treated : '']
      .filter(Boolean)
      .join(' · ');
  const widest = Math.max(...effects.map(effect => textWidth(nameOf(effect)) * enlarged));
  const left = Math.min(mostLeft, widest + 14);
  const legend = sides(first.baseline, treated.length === 1 ? first.treated : 'compared with it');
  let y = over;
  const panels = blocks.flatMap(block => {
    const box = { x: left, y, width: values, height: block.length * row };
    y += box.height + under + over;
    return blockPanels(report, block, box, legend, nameOf);
  });
  return {
    id: 'effects',
    title: `What is different from ${first.baseline}?`,
    summary: `Differences from ${first.baseline} (${first.field}): ${effects
      .map(effect => `${nameOf(effect)} ${deltaWords(effect)}`)
      .join('; ')}.`,
    caption: `Δ: the difference from ${first.baseline} with its 95% interval; ${desired} is better. “Unclear”: the interval holds 0, or there is none.`,
    width: left + values + between + deltas + deltaRoom,
    height: y - over,
    legend,
    panels,
  };
}

type NameOf = (effect: Effect) => string;

function blockPanels(
  report: AnalysisReport,
  block: readonly Effect[],
  box: PanelBox,
  legend: readonly LegendEntry[],
  nameOf: NameOf,
): Panel[] {
  const share = block.some(isShare);
  const label = share ? percentLabel : withMinus;
  const known = block.flatMap(({ valueBaseline, valueTreated }) =>
    [valueBaseline, valueTreated].flatMap(({ value, ci }) => [value ?? 0, ...(ci ?? [])]),
  );
  const low = share ? 0 : report.scale.min;
  const x = levelAxis(
    box,
    share ? 'share' : `${report.criterion} (${withMinus(report.scale.min)}–${withMinus(report.scale.max)})`,
    padded(low, Math.max(low, ...known), low),
    { label, grid: true },
  );
  const at: Place = index => box.y + (index + 0.5) * row;
  const names = block.map((effect, index) => ({
    position: at(index),
    label: fittedMiddle(nameOf(effect), (box.x - 14) / enlarged),
  }));
  const beside = { x: box.x + box.width + between, y: box.y, width: deltas, height: box.height };
  const reach = block.flatMap(({ difference: { value, ci } }) => [value ?? 0, ...(ci ?? [])]);
  const d = levelAxis(
    beside,
    share ? 'Δ (percentage points)' : 'Δ (points of the scale)',
    padded(Math.min(0, ...reach), Math.max(0, ...reach)),
    { label: value => (share ? withMinus(value * 100) : withMinus(value)), grid: true },
  );
  return [
    {
      ...box,
      xAxis: x.axis,
      yAxis: { title: '', ticks: names },
      rules: [],
      series: legend.map((entry, side) => ({
        ...entry,
        marks: block.flatMap((effect, index): Mark[] => sideMark(effect, side, x.place, at(index))),
      })),
    },
    {
      title: 'Δ',
      ...beside,
      xAxis: d.axis,
      yAxis: { title: '', ticks: [] },
      rules: [
        {
          x1: d.place(0),
          x2: d.place(0),
          y1: beside.y,
          y2: beside.y + beside.height,
          kind: 'zero',
        },
      ],
      series: block.map((effect, index) => deltaSeries(effect, nameOf(effect), d.place, at(index), beside)),
    },
  ];
}

function sideMark(effect: Effect, side: number, x: Place, y: number): Mark[] {
  const isBaseline = side === 0;
  const measured = isBaseline ? effect.valueBaseline : effect.valueTreated;
  if (measured.value === null) return [];
  const count = isBaseline ? effect.rollouts.baseline : effect.rollouts.treated;
  return [
    {
      x: x(measured.value),
      y: y + (isBaseline ? -5 : 5),
      ...(measured.ci
        ? { interval: { from: x(measured.ci[0]), to: x(measured.ci[1]), along: 'x' as const } }
        : {}),
      words: [
        [isBaseline ? effect.baseline : effect.treated, withinName(effect)].filter(Boolean).join(', '),
        `${effectName(effect)} ${valueWords(measured, effectKind(effect))}`,
        countWords(count, 'rollout'),
      ],
    },
  ];
}

function deltaSeries(
  effect: Effect,
  name: string,
  x: Place,
  y: number,
  { x: from, width: wide }: PanelBox,
): Series {
  const { difference, reading, treated, baseline, clusters } = effect;
  const { value, ci } = difference;
  const marks: Mark[] =
    value === null
      ? []
      : [
          {
            x: x(value),
            y,
            ...(ci ? { interval: { from: x(ci[0]), to: x(ci[1]), along: 'x' as const } } : {}),
            words: [
              `${name}: ${treated} − ${baseline}`,
              `Δ ${valueWords(difference, differenceKind(effect))}: ${reading}`,
              clusters.shared > 0
                ? `compared within ${countWords(clusters.shared, 'shared cluster')}`
                : 'no shared clusters',
            ],
          },
        ];
  return {
    label: deltaWords(effect),
    tone: readingTone[reading],
    shape: reading === 'better' ? 'circle' : reading === 'worse' ? 'triangle' : 'diamond',
    hollow: reading === 'unclear',
    labelAt: { x: from + wide + 10, y: y + 4, anchor: 'start' },
    marks,
  };
}

function padded(low: number, high: number, floor = -Infinity): readonly [number, number] {
  const pad = (high - low) * 0.06 || 1;
  return [Math.max(floor, low - pad), high + pad];
}
