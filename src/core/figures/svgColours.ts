import type { Tone } from './figure';

/** Okabe and Ito's palette, which readers with any kind of colour vision can tell apart on white. */
const tones: Readonly<Record<Tone, string>> = {
  judge: '#d55e00',
  human: '#0072b2',
  quiet: '#6b6b6b',
  1: '#009e73',
  2: '#cc79a7',
  3: '#e69f00',
  4: '#56b4e9',
  5: '#000000',
  6: '#b3a500',
};

/** Colours of figures in files. */
export const svgColours = {
  page: '#ffffff',
  ink: '#1f1f1f',
  quiet: '#595959',
  grid: '#e3e3e3',
  tones,
} as const;

/** The shade of a cell: none for level 0, else the human's blue up to about half. */
export function svgShade(level: number): string {
  if (level <= 0) return '#f7f7f7';
  const share = 0.08 + 0.05 * Math.min(8, level);
  const mixed = [0x00, 0x72, 0xb2].map(part => Math.round(255 + (part - 255) * share));
  return `#${mixed.map(part => part.toString(16).padStart(2, '0')).join('')}`;
}
