import type { Shape, Tone } from '../figure';

/** What tells one series from the others: colour, shape and dash together. */
export interface Look {
  readonly tone: Tone;
  readonly shape: Shape;
  readonly dash: string;
}

const tones: readonly Tone[] = [1, 2, 3, 4, 5, 6];
const shapes: readonly Shape[] = ['circle', 'square', 'triangle', 'diamond', 'cross', 'plus'];
const dashes = ['none', '7 3', '2 3', '9 3 2 3', '12 4', '4 2'];

/** The look of the series at a place. After six the colours come again, with other shapes and dashes. */
export function lookOf(place: number): Look {
  const round = Math.floor(place / tones.length);
  const at = (place + round) % tones.length;
  return {
    tone: tones[place % tones.length] ?? 1,
    shape: shapes[at] ?? 'circle',
    dash: dashes[at] ?? 'none',
  };
}
