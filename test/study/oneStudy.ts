import { sampleOf, type PairOptions } from '../../src/core/agreement/pairReport';
import type { RunLabels } from '../../src/core/agreement/questions/runLabels';
import type { RatingTable } from '../../src/core/agreement/ratingTable';
import type { IntervalKind } from '../../src/core/agreement/bootstrap';
import type { Sample } from '../../src/core/agreement/sample';
import { frustrationRubric } from '../../src/core/labels/rubric';
import type { RolloutSummary } from '../../src/core/rollout/runScan';
import { drawItems } from '../../src/core/subset/draw';
import { defaultBins } from '../../src/core/subset/judgeBins';
import type { Design } from '../../src/core/subset/manifest';
import type { Population, PopulationItem } from '../../src/core/subset/population';
import { turns, lossRate, runOf, type Random, type Run } from './model';
import type { Case, DesignName } from './cases';

export const cut = 5;

/** A run of one case, and what was drawn of it and labelled, as a report reads it. */
export interface Study {
  readonly population: Population;
  /** What was drawn, in population order. */
  readonly drawn: readonly PopulationItem[];
  readonly table: RatingTable;
}

/** Simulates a run, draws from it with the product's own designs, and loses some of the labels. */
export function studyOf(given: Case, random: Random): Study {
  const run = runOf(given, given.rollouts, random);
  const population = populationOf(run, given.rollouts);
  const drawn = drawItems(population, designOf(given), Math.floor(random() * 4294967296));
  if ('refused' in drawn) throw new Error(drawn.refused);
  const units = drawn.items.map(({ item, pi, stratum }) => ({
    id: `${item.rollout.id}-${String(item.turn).padStart(2, '0')}`,
    cluster: item.rollout.id,
    weight: 1 / (pi ?? 1),
    stratum,
  }));
  const places = drawn.items.map(({ item }) => item.place);
  const table: RatingTable = {
    units,
    clusterBy: 'rollout',
    columns: [
      { name: 'judge', role: 'judge', values: places.map(place => run.judge[place] ?? null) },
      {
        name: 'human',
        role: 'human',
        values: places.map(place => (random() < lossRate ? null : (run.human[place] ?? null))),
      },
    ],
    strata: drawn.strata.map(({ id, where }) => ({ id, binsOf: 'judge' in where ? '{}' : null })),
    scale: { min: 0, max: 10 },
    source: {},
    notes: [],
  };
  return { population, drawn: drawn.items.map(({ item }) => item), table };
}

export const options: PairOptions = {
  mode: 'scale',
  scale: { min: 0, max: 10 },
  averaged: false,
  declared: { min: 0, max: 10 },
  thresholds: [cut],
  text: false,
  seed: 1,
};

/** The labelled items as the measures get them; resampled where a bootstrap is asked for. */
export function sampleOfStudy({ table }: Study, ci: IntervalKind, resamples: number, seed: number): Sample {
  return sampleOf(table, table.columns, labelled(table), { ...options, ci, resamples, seed });
}

/** Units that were not lost. */
function labelled({ units, columns }: RatingTable): number[] {
  return units.map((_, unit) => unit).filter(unit => columns[1]?.values[unit] !== null);
}

/** The run with the labels inside it, as corrected estimates get them. */
export function runLabelsOf({ population, drawn, table }: Study, { weights }: Sample): RunLabels {
  const { rollouts, items } = population;
  const place = new Map(rollouts.map(({ id }, index) => [id, index]));
  const clusterOf = (item: PopulationItem | undefined): number => place.get(item?.rollout.id ?? '') ?? 0;
  const used = labelled(table);
  return {
    items,
    clusterOf: Int32Array.from(items, clusterOf),
    clusters: rollouts.map(({ id }) => id),
    labels: used.flatMap((unit, index) => {
      const [item, of] = [drawn[unit], table.units[unit]];
      if (!item || !of) return [];
      const [judge, human] = table.columns.map(({ values }) => Number(values[unit]));
      return {
        id: of.id,
        unit,
        rollout: item.rollout,
        turn: item.turn,
        stratum: of.stratum ?? '',
        cluster: of.cluster,
        judge: judge ?? NaN,
        humans: [human ?? NaN],
        weight: weights[index] ?? 0,
      };
    }),
    labelCluster: Int32Array.from(used, unit => clusterOf(drawn[unit])),
    notes: [],
  };
}

function designOf({ design, n }: Case): Design {
  const bins = defaultBins(frustrationRubric);
  const designs: Record<DesignName, Design> = {
    random: { kind: 'random', n },
    proportional: { kind: 'stratified', n, by: ['judge'], allocation: 'proportional', bins },
    'half-balanced': { kind: 'balanced', n, allocation: 'half', bins },
    equal: { kind: 'balanced', n, allocation: 'equal', bins },
  };
  return designs[design];
}

function populationOf(run: Run, rollouts: number): Population {
  const summaries = Array.from(
    { length: rollouts },
    (_, rollout) =>
      ({ id: `r${String(rollout).padStart(4, '0')}`, fields: {}, judge: [] }) as unknown as RolloutSummary,
  );
  return {
    rubric: frustrationRubric,
    rollouts: summaries,
    judge: 'judge',
    offScale: 0,
    items: Array.from(run.judge, (score, place) => ({
      rollout: summaries[Math.floor(place / turns)] as RolloutSummary,
      turn: (place % turns) + 1,
      score,
      place,
    })),
  };
}
