import type { Scale } from '../../src/core/labels/rubric';

/** Cuts as typed, "3, 5, 7"; a sentence where they are none. */
export function readCuts(text: string, { min, max }: Scale): { readonly value: readonly number[] } | string {
  const parts = text.split(/[\s,;]+/).filter(part => part !== '');
  const cuts = parts.map(Number);
  if (cuts.length === 0 || cuts.some(cut => !Number.isFinite(cut))) return 'Type numbers, such as 3, 5.';
  if (cuts.some(cut => cut < min || cut > max)) return `Cuts lie from ${String(min)} to ${String(max)}.`;
  if (cuts.length > 12) return 'No more than 12 cuts.';
  return { value: [...new Set(cuts)].sort((a, b) => a - b) };
}
