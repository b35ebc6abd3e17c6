import type { Axis } from './figure';
import { textWidth } from './textSize';

/** Between two labels, in pixels. */
const gap = 8;

/** The axis's ticks with every label, or with every second, third … one where they would touch at this size of text. */
export function ticksAlong({ ticks }: Axis, size: number): Axis['ticks'] {
  const widths = ticks.map(tick => textWidth(tick.label, size));
  const clear = (step: number): boolean => {
    let end = -Infinity;
    return ticks.every(({ position }, index) => {
      if (index % step !== 0) return true;
      const half = (widths[index] ?? 0) / 2;
      const free = position - half >= end;
      end = position + half + gap;
      return free;
    });
  };
  let step = 1;
  while (step < ticks.length && !clear(step)) step += 1;
  return step === 1
    ? ticks
    : ticks.map((tick, index) => (index % step === 0 ? tick : { ...tick, label: '' }));
}

/** Where the title of a y axis stands: the middle of its letters, left of its labels. */
export function yTitleAt(panelX: number, { ticks }: Axis, size: number): number {
  const widest = Math.max(0, ...ticks.map(tick => textWidth(tick.label, size)));
  return Math.max(size * 0.7, panelX - 8 - widest - size);
}
