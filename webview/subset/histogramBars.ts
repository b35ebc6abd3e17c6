import { ticks } from 'd3-array';
import { scoreTicks } from '../../src/core/figures/scoreTicks';
import type { SubsetPreview } from '../../src/core/subset/plan';
import { count } from '../report/numbers';
import { percent } from './previewWords';

export interface HistogramBar {
  readonly key: string;
  /** Under the bar; '' where there is no room. */
  readonly tick: string;
  /** All of its numbers, in words. */
  readonly words: string;
  /** Left end of its band, from 0 to 1. */
  readonly x: number;
  /** Heights from 0 to 1: shares of the file's items and of the subset's. */
  readonly population: number;
  readonly sample: number;
}

export interface HistogramBars {
  readonly bars: readonly HistogramBar[];
  /** Width of each band, from 0 to 1. */
  readonly band: number;
  readonly ticks: readonly { readonly text: string; readonly y: number }[];
  /** Where the cut stands, from 0 to 1; `null` where it is off the scale. */
  readonly cut: number | null;
}

/** Shares beside shares: of 100 items out of 10,000, counts would not be seen. */
export function histogramBars(histogram: SubsetPreview['histogram'], cut: number | null): HistogramBars {
  const population = histogram.reduce((sum, bar) => sum + bar.population, 0);
  const sample = histogram.reduce((sum, bar) => sum + bar.sample, 0);
  const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  const most = Math.max(
    0.01,
    ...histogram.flatMap(bar => [share(bar.population, population), share(bar.sample, sample)]),
  );
  const scores = histogram.flatMap(({ score }) => (score === null ? [] : [score]));
  const ticked = scoreTicks(scores[0] ?? 0, scores.at(-1) ?? 0);
  const band = 1 / Math.max(1, histogram.length);
  const atCut = cut === null ? -1 : scores.findIndex(score => score >= cut);
  return {
    bars: histogram.map((bar, index) => ({
      key: String(bar.score),
      tick: bar.score === null ? 'none' : ticked.includes(bar.score) ? String(bar.score) : '',
      words:
        `${bar.score === null ? 'No judge score' : `Judge score ${String(bar.score)}`}: ` +
        `${count(bar.population)} of the file’s ${count(population)} items (${percent(bar.population, population)}), ` +
        `${count(bar.sample)} of the ${count(sample)} drawn (${percent(bar.sample, sample)})`,
      x: index * band,
      population: share(bar.population, population) / most,
      sample: share(bar.sample, sample) / most,
    })),
    band,
    ticks: ticks(0, most, 4).map(value => ({
      text: `${String(Number((100 * value).toFixed(1)))}%`,
      y: value / most,
    })),
    cut: atCut <= 0 ? null : atCut * band,
  };
}
