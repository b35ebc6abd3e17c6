import type { Series } from './figure';

/** The line of a series as SVG path commands, `null` where it has none. */
export function seriesLine({ line, marks }: Series): string | null {
  if (line === undefined) return null;
  if (line !== 'through') return line;
  return marks.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${pixels(x)} ${pixels(y)}`).join('');
}

/** A coordinate to a hundredth of a pixel, so that files stay short. */
export function pixels(value: number): number {
  return Math.round(value * 100) / 100;
}
