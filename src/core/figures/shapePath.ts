import type { Shape } from './figure';

/** The outline of a mark around the origin, as SVG path commands. Crosses and pluses are strokes without an inside. */
export function shapePath(shape: Shape, radius: number): string {
  const r = rounded(radius);
  const wide = rounded(radius * 1.2);
  const side = rounded(radius * 0.9);
  switch (shape) {
    case 'circle':
      return `M${-r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 ${-r} 0Z`;
    case 'diamond':
      return `M0 ${-wide}L${wide} 0L0 ${wide}L${-wide} 0Z`;
    case 'square':
      return `M${-side} ${-side}H${side}V${side}H${-side}Z`;
    case 'triangle':
      return `M0 ${-wide}L${wide} ${side}L${-wide} ${side}Z`;
    case 'cross':
      return `M${-side} ${-side}L${side} ${side}M${-side} ${side}L${side} ${-side}`;
    case 'plus':
      return `M${-wide} 0H${wide}M0 ${-wide}V${wide}`;
  }
}

/** Shapes that are drawn with strokes alone, whether hollow or not. */
export function isStroke(shape: Shape): boolean {
  return shape === 'cross' || shape === 'plus';
}

/** From this many marks on, a series draws them smaller. */
const manyMarks = 400;

/** The size of a series' marks, in pixels from the centre. */
export function markRadius(marks: number): number {
  return marks > manyMarks ? 2 : 3.5;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
