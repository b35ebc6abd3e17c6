import { drawFirst } from './drawFirst';
import { drawStratified } from './drawStratified';
import { drawTwoStage } from './drawTwoStage';
import type { Design, Manifest } from './manifest';
import type { Population, PopulationItem } from './population';
import { seededStream } from './seeded';
import { oneStratum, stratify } from './strata';
import type { StratumItems } from './strata';

export interface DrawnItem {
  readonly item: PopulationItem;
  /** The id of its stratum. */
  readonly stratum: string;
  /** Inclusion probability; `null` where the design has none. */
  readonly pi: number | null;
}

/** What a design drew, in population order, from which strata. */
export interface Draw {
  readonly strata: readonly StratumItems[];
  readonly items: readonly DrawnItem[];
}

/** Draws by a resolved design, or says why it can't be done. Practice of a seed is drawn apart from its validation. */
export function drawItems(
  population: Population,
  design: Design,
  seed: number,
  role: Manifest['role'] = 'validation',
): Draw | { refused: string } {
  const { kind, n, by = [], bins = [], threshold = 0 } = design;
  const stream = seededStream(seed, role === 'practice' ? 'practice-draw' : 'draw');
  const { items } = population;
  const strataBy = (fields: readonly string[]): StratumItems[] =>
    stratify(items, fields, bins, population.rubric.scale);
  switch (kind) {
    case 'random':
      return drawStratified([oneStratum(items)], design, stream);
    case 'stratified':
      return drawStratified(strataBy(by), design, stream);
    case 'balanced':
      return drawStratified(strataBy(['judge']), design, stream);
    case 'negative-audit': {
      const negative = items.filter(({ score }) => score !== null && score < threshold);
      if (negative.length === 0)
        return {
          refused: `No item has a judge score under ${String(threshold)}: there is nothing to audit.`,
        };
      const under = `under ${String(threshold)}`;
      return drawStratified(
        [{ id: `judge ${under}`, where: { judge: under }, items: negative }],
        design,
        stream,
      );
    }
    case 'two-stage':
      return drawTwoStage(items, n, design.maxPerRollout ?? 2, design.cluster ?? 'rollout', stream);
    case 'disagreement':
    case 'uncertainty':
      return drawFirst(population, design, stream);
  }
}
