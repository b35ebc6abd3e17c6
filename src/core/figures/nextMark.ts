import type { Figure } from './figure';

/** One of a figure's marks by its place in it. */
export interface MarkPlace {
  readonly panel: number;
  readonly series: number;
  readonly mark: number;
  readonly x: number;
  readonly y: number;
}

/** All marks of a figure in the order of their drawing: an index into this is what a page keeps. */
export function markPlaces(figure: Figure): readonly MarkPlace[] {
  return figure.panels.flatMap((own, panel) =>
    own.series.flatMap(({ marks }, series) => marks.map(({ x, y }, mark) => ({ panel, series, mark, x, y }))),
  );
}

/**
 * The index that a key leads to. The marks of a line are a group, those of a panel without lines another: left and right go
 * along a group, then on to the next; up and down go through a group by height, from a line to the group beside it. Home
 * and End: the figure's first and last. `null` for other keys.
 */
export function nextMark(
  figure: Figure,
  places: readonly MarkPlace[],
  current: number,
  key: string,
): number | null {
  const from = places[current];
  if (!from) return null;
  if (key === 'Home') return 0;
  if (key === 'End') return places.length - 1;
  const step =
    key === 'ArrowRight' || key === 'ArrowDown' ? 1 : key === 'ArrowLeft' || key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return null;
  const groups = groupsOf(figure, places);
  const own = groups.findIndex(group => group.marks.includes(current));
  const group = groups[own];
  if (!group) return null;
  const upright = key === 'ArrowUp' || key === 'ArrowDown';
  const beside = groups[own + step];
  if (upright && group.line && beside) return nearest(beside.marks, places, from.x);
  if (upright && group.line) return current;
  const order = upright ? [...group.marks].sort(by(places, 'y', 'x')) : group.marks;
  const next = order[order.indexOf(current) + step];
  if (next !== undefined) return next;
  return (step > 0 ? beside?.marks[0] : beside?.marks.at(-1)) ?? current;
}

interface MarkGroup {
  readonly line: boolean;
  /** Indices of places from left to right. */
  readonly marks: readonly number[];
}

function groupsOf(figure: Figure, places: readonly MarkPlace[]): MarkGroup[] {
  const groups = new Map<string, { line: boolean; marks: number[] }>();
  places.forEach(({ panel, series }, index) => {
    const line = figure.panels[panel]?.series[series]?.line !== undefined;
    const key = line ? `${panel} ${series}` : String(panel);
    const group = groups.get(key);
    if (group) group.marks.push(index);
    else groups.set(key, { line, marks: [index] });
  });
  return [...groups.values()].map(({ line, marks }) => ({ line, marks: marks.sort(by(places, 'x', 'y')) }));
}

function by(places: readonly MarkPlace[], first: 'x' | 'y', second: 'x' | 'y') {
  return (left: number, right: number): number => {
    const [a, b] = [places[left], places[right]];
    return a && b ? a[first] - b[first] || a[second] - b[second] || left - right : 0;
  };
}

function nearest(marks: readonly number[], places: readonly MarkPlace[], x: number): number | null {
  const away = (index: number): number => Math.abs((places[index]?.x ?? Infinity) - x);
  return marks.reduce<number | null>(
    (best, mark) => (best === null || away(mark) < away(best) ? mark : best),
    null,
  );
}
