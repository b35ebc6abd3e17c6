import { textSize, textWidth } from './textSize';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line of a plot and what it is called. */
export interface NamedLine {
  readonly label: string;
  /** From left to right. */
  readonly points: readonly Point[];
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const lift = 11;
/** Clearances beyond this are as good as each other. */
const enough = 26;

/** Where each line's name stands: over or under one of its points, where the lines and the names already there are far. */
export function labelPlaces(
  lines: readonly NamedLine[],
  panel: Box,
): (Point & { readonly anchor: 'middle' })[] {
  const taken: Point[] = lines.flatMap(({ points }) => sampled(points));
  return lines.map(({ label, points }) => {
    const half = textWidth(label, textSize.tick) / 2 + 4;
    let best: Point & { readonly room: number } = {
      x: points[0]?.x ?? panel.x,
      y: points[0]?.y ?? panel.y,
      room: -1,
    };
    for (const { x, y } of points) {
      const inside = Math.min(panel.x + panel.width - half, Math.max(panel.x + half, x));
      for (const middle of [y - lift, y + lift]) {
        if (middle < panel.y + 6 || middle > panel.y + panel.height - 6) continue;
        const near = taken.filter(point => Math.abs(point.x - inside) < half);
        const room = Math.min(enough, ...near.map(point => Math.abs(point.y - middle)));
        if (room > best.room) best = { x: inside, y: middle, room };
      }
    }
    for (let x = best.x - half; x <= best.x + half; x += 4) taken.push({ x, y: best.y });
    return { x: best.x, y: best.y + 4, anchor: 'middle' };
  });
}

/** The line's points with others on its way, so that none passes unseen between two of them. */
function sampled(points: readonly Point[]): Point[] {
  return points.flatMap((point, index) => {
    const next = points[index + 1];
    if (!next) return [point];
    const steps = Math.max(1, Math.ceil(Math.abs(next.x - point.x) / 4));
    return Array.from({ length: steps }, (_, step) => ({
      x: point.x + ((next.x - point.x) * step) / steps,
      y: point.y + ((next.y - point.y) * step) / steps,
    }));
  });
}
