import type { Rubric, Scale } from '../labels/rubric';

const wantedBins = 5;

/**
 * Lower ends of the judge-score bins of a rubric: its thresholds cut the scale, and each piece is divided evenly, the
 * narrower bins first, so that there are about five. 0–10 cut at 5: 0–1, 2–4, 5–6, 7–8, 9–10.
 */
export function defaultBins({ scale, thresholds }: Rubric): number[] {
  const end = scale.max + 1;
  const cuts = thresholds.filter(cut => cut > scale.min && cut <= scale.max);
  const starts = [...new Set([scale.min, ...cuts])].sort((a, b) => a - b);
  return starts.flatMap((start, index) => {
    // A cut between whole scores: the pieces are of whole scores all the same.
    const low = Math.ceil(start);
    const width = Math.ceil(starts[index + 1] ?? end) - low;
    const wanted = Math.round((width * wantedBins) / (end - scale.min));
    const pieces = Math.max(1, Math.min(wanted, width));
    const inner = Array.from({ length: pieces - 1 }, (_, piece) =>
      Math.floor(low + ((piece + 1) * width) / pieces),
    );
    return [start, ...inner];
  });
}

/** The index of a score's bin; `null` without a score. */
export function binOf(score: number | null, bins: readonly number[]): number | null {
  return score === null ? null : bins.findLastIndex(low => low <= score);
}

/** A bin in words, as its whole scores: "5–6", "9", "2 to under 4.5". */
export function binText(bins: readonly number[], index: number, scale: Scale): string {
  const low = bins[index] ?? scale.min;
  const next = bins[index + 1] ?? scale.max + 1;
  if (!Number.isInteger(low) || !Number.isInteger(next)) return `${String(low)} to under ${String(next)}`;
  return low === next - 1 ? String(low) : `${String(low)}–${String(next - 1)}`;
}
