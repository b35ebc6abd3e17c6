import { ticks } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { Scale } from '../../labels/rubric';
import type { Axis } from '../figure';
import type { PanelBox } from './panelLayout';

/** Pixels of a value along an axis. */
export type Place = (value: number) => number;

export interface PlacedAxis {
  readonly place: Place;
  readonly axis: Axis;
}

/** A y axis from the lowest value at the bottom; grid lines at its ticks. */
export function uprightAxis(
  { y, height }: PanelBox,
  title: string,
  [low, high]: readonly [number, number],
  label: (value: number) => string = String,
): PlacedAxis {
  const scale = scaleLinear([low, high], [y + height, y]);
  const place: Place = value => scale(Math.min(high, Math.max(low, value)));
  const at = upTo(low, high, Math.max(2, Math.floor(height / 44)));
  return {
    place,
    axis: { title, ticks: at.map(value => ({ position: place(value), label: label(value), grid: true })) },
  };
}

/** Round values; a short scale of whole numbers from its own lowest one: 1, 3, 5, 7, 9. */
function upTo(low: number, high: number, count: number): number[] {
  const step = [1, 2, 3, 4].find(each => (high - low) % each === 0 && (high - low) / each <= count + 1);
  if (!Number.isInteger(low) || step === undefined || high - low < 4) return ticks(low, high, count);
  return Array.from({ length: (high - low) / step + 1 }, (_, at) => low + at * step);
}

/** An x axis of numbers; with `grid`, hairlines at its ticks. */
export function levelAxis(
  { x, width }: PanelBox,
  title: string,
  [low, high]: readonly [number, number],
  {
    label = String,
    grid = false,
  }: { readonly label?: (value: number) => string; readonly grid?: boolean } = {},
): PlacedAxis {
  const scale = scaleLinear([low, high], [x, x + width]);
  const place: Place = value => scale(value);
  const at = ticks(low, high, Math.max(2, Math.floor(width / 70)));
  return {
    place,
    axis: { title, ticks: at.map(value => ({ position: place(value), label: label(value), grid })) },
  };
}

/** Turns along x, with room at both ends; whole numbers only, the first and last among them where they have room. */
export function turnAxis({ x, width }: PanelBox, title: string, first: number, last: number): PlacedAxis {
  const scale = scaleLinear([first, Math.max(last, first + 1)], [x + 8, x + width - 8]);
  const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
  const step = steps.find(candidate => (last - first) / candidate <= width / 30) ?? last - first;
  const turns: number[] = [];
  for (let turn = Math.ceil(first / step) * step; turn <= last; turn += step) turns.push(turn);
  const start = turns[0];
  if (first > 0 && start !== undefined && start > first && start - first > step / 2) turns.unshift(first);
  return {
    place: value => scale(value),
    axis: { title, ticks: turns.map(turn => ({ position: scale(turn), label: withMinus(turn) })) },
  };
}

/** Names along x, each in the middle of its own room. */
export function namedAxis({ x, width }: PanelBox, title: string, names: readonly string[]): PlacedAxis {
  const step = width / Math.max(1, names.length);
  const place: Place = index => x + (index + 0.5) * step;
  return { place, axis: { title, ticks: names.map((label, index) => ({ position: place(index), label })) } };
}

/** From the scale's lowest value to a tick above all that is shown; the whole scale where low is bad. */
export function scoreDomain({ min, max, worst }: Scale, shown: readonly number[]): readonly [number, number] {
  if (worst === 'min') return [min, max];
  const highest = shown.reduce((most, value) => Math.max(most, value), min + (max - min) / 5);
  return [min, Math.min(max, Math.ceil(highest))];
}

/** From 0 to a round share above all that is shown. */
export function shareDomain(shown: readonly number[]): readonly [number, number] {
  const highest = shown.reduce((most, value) => Math.max(most, value), 0.05);
  const step = highest <= 0.2 ? 0.05 : 0.1;
  return [0, Math.min(1, Math.ceil(highest / step - 1e-9) * step)];
}

/** "25%". */
export function percentLabel(share: number): string {
  return `${String(Math.round(share * 1000) / 10)}%`;
}

/** A number with a true minus sign. */
export function withMinus(value: number): string {
  return String(Math.round(value * 1e6) / 1e6).replace('-', '−');
}
