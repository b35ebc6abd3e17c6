import { clusterFieldOf, clusterOf } from './clusters';
import type { Draw } from './draw';
import { halfWidthsOf } from './halfWidths';
import type { Stratum } from './manifest';
import type { PlannedSlot, SubsetOptions, SubsetPreview } from './plan';
import type { Population, PopulationItem } from './population';
import { warningsOf } from './warnings';

/** What a plan gives, for the person who decides whether to make it. */
export function previewOf(
  population: Population,
  options: SubsetOptions,
  draw: Draw,
  slots: readonly PlannedSlot[],
): SubsetPreview {
  const { rubric, rollouts } = population;
  const drawn = draw.items.map(({ item }) => item);
  const field = clusterFieldOf(rollouts);
  const clusters = new Set(drawn.map(({ rollout }) => clusterOf(rollout, field))).size;
  const frame = draw.strata.flatMap(({ items }) => items);
  return {
    population: frame.length,
    drawn: drawn.length,
    slots: slots.length,
    rollouts: new Set(drawn.map(({ rollout }) => rollout.id)).size,
    strata: strataOf(draw),
    histogram: histogramOf(frame, drawn, rubric.scale),
    halfWidths:
      options.role === 'practice' ? null : halfWidthsOf(draw, options.design, rubric.thresholds[0], clusters),
    warnings: warningsOf(population, options, draw, slots, { field, drawn: clusters }),
    load: options.raters.map(rater => ({
      rater,
      slots: slots.filter(slot => slot.raters?.includes(rater)).length,
    })),
  };
}

/** The strata of a draw, with the numbers of items in them. */
export function strataOf(draw: Draw): Stratum[] {
  const drawn = new Map<string, number>();
  for (const { stratum } of draw.items) drawn.set(stratum, (drawn.get(stratum) ?? 0) + 1);
  return draw.strata.map(({ id, where, items }) => ({
    id,
    where,
    population: items.length,
    drawn: drawn.get(id) ?? 0,
  }));
}

/** One bar a whole score, where fractions count for the whole score under them; then the items without one, if any. */
function histogramOf(
  population: readonly PopulationItem[],
  sample: readonly PopulationItem[],
  { min, max }: { readonly min: number; readonly max: number },
): SubsetPreview['histogram'] {
  const count = (items: readonly PopulationItem[]): Map<number | null, number> => {
    const counts = new Map<number | null, number>();
    for (const { score } of items) {
      const bar = score === null ? null : Math.floor(score);
      counts.set(bar, (counts.get(bar) ?? 0) + 1);
    }
    return counts;
  };
  const inPopulation = count(population);
  const inSample = count(sample);
  const bars = [...Array.from({ length: max - min + 1 }, (_, index) => min + index), null];
  return bars
    .map(score => ({
      score,
      population: inPopulation.get(score) ?? 0,
      sample: inSample.get(score) ?? 0,
    }))
    .filter(bar => bar.score !== null || bar.population > 0);
}
