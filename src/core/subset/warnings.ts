import { fieldOf } from '../rollout/fieldOf';
import { cautiousClusters, fewestClusters } from '../agreement/measure';
import { compareCodeUnits } from '../bytes/text';
import type { Draw } from './draw';
import type { Design } from './manifest';
import type { PlannedSlot, SubsetOptions } from './plan';
import type { Population } from './population';
import { repeatGap } from './repeats';

const fewestLabels = 15;
const namedConditions = 10;

/** What a study's owner should know before the subset is made: plain sentences. */
export function warningsOf(
  population: Population,
  { role, design, raters }: SubsetOptions,
  draw: Draw,
  slots: readonly PlannedSlot[],
  clusters: { readonly field: string; readonly drawn: number },
): string[] {
  const size = draw.strata.reduce((sum, { items }) => sum + items.length, 0);
  return [
    ...offScale(population),
    ...numberDrawn(design, size, draw.items.length),
    ...(role === 'practice'
      ? []
      : [
          ...fitness(design),
          ...clusterWarning(design, clusters),
          ...fewLabels(population, draw),
          ...lone(draw),
        ]),
    ...closeRepeats(slots, raters),
  ];
}

function offScale({ offScale: count, rubric: { scale } }: Population): string[] {
  if (count === 0) return [];
  return [
    `${count === 1 ? 'One item has a judge score' : `${String(count)} items have judge scores`} off the scale ${String(scale.min)} to ${String(scale.max)}: taken as having none.`,
  ];
}

function numberDrawn({ n, maxPerRollout, kind }: Design, size: number, drawn: number): string[] {
  if (drawn === size) return n >= size ? [`Every one of the ${String(size)} items is drawn.`] : [];
  if (drawn >= n) return [];
  const cap = maxPerRollout === undefined ? '' : `, at most ${String(maxPerRollout)} a ${capOf(kind)}`;
  return [`${String(drawn)} items are drawn, fewer than the ${String(n)} wanted: there are no more${cap}.`];
}

const capOf = (kind: Design['kind']): string => (kind === 'two-stage' ? 'cluster' : 'rollout');

function fitness({ kind, threshold }: Design): string[] {
  if (kind === 'disagreement' || kind === 'uncertainty')
    return [
      'The items are picked by the judge’s scores, not at random: no rate, mean or agreement of the run can be estimated from them.',
    ];
  if (kind !== 'negative-audit') return [];
  const cut = String(threshold);
  return [
    `This subset speaks of the items that the judge scored under ${cut} alone: how many of them the raters put at ${cut} or above. It says nothing about those that the judge scored higher.`,
  ];
}

function clusterWarning(
  { kind }: Design,
  { field, drawn }: { readonly field: string; readonly drawn: number },
): string[] {
  if (kind === 'disagreement' || kind === 'uncertainty' || drawn >= cautiousClusters) return [];
  const many = `${drawn === 1 ? 'Items of one cluster are' : `Items of ${String(drawn)} clusters are`} drawn (${field})`;
  return drawn < fewestClusters
    ? [`${many}: no interval will be given from fewer than ${String(fewestClusters)}.`]
    : [`${many}: intervals from fewer than ${String(cautiousClusters)} are uncertain.`];
}

/** Conditions without enough labels for numbers of their own. */
function fewLabels({ items }: Population, draw: Draw): string[] {
  const labels = new Map<string, number>();
  const conditionOf = (item: Population['items'][number]): string | null => {
    const value = fieldOf(item.rollout, 'condition');
    return value === undefined ? null : String(value);
  };
  for (const item of items) {
    const condition = conditionOf(item);
    if (condition !== null) labels.set(condition, 0);
  }
  for (const { item } of draw.items) {
    const condition = conditionOf(item);
    if (condition !== null) labels.set(condition, (labels.get(condition) ?? 0) + 1);
  }
  const few = [...labels]
    .filter(([, count]) => count < fewestLabels)
    .sort(([a], [b]) => compareCodeUnits(a, b))
    .map(([condition, count]) => `“${condition}” (${String(count)})`);
  if (few.length === 0) return [];
  const more =
    few.length > namedConditions ? ` and ${String(few.length - namedConditions)} conditions more` : '';
  return [
    `Under ${String(fewestLabels)} labels, too few for numbers of its own, go to condition ${few.slice(0, namedConditions).join(', ')}${more}.`,
  ];
}

/** Strata with one item drawn of several: their spread can't be seen. */
function lone(draw: Draw): string[] {
  const counts = new Map<string, number>();
  for (const { stratum } of draw.items) counts.set(stratum, (counts.get(stratum) ?? 0) + 1);
  const count = draw.strata.filter(({ id, items }) => items.length > 1 && counts.get(id) === 1).length;
  return count === 0 || draw.strata.length === 1
    ? []
    : [
        `${count === 1 ? 'One stratum gets' : `${String(count)} strata get`} a single item: draw more items or make fewer strata.`,
      ];
}

/** Raters who label a part of the slots may meet a repeat sooner than by slot numbers. */
function closeRepeats(slots: readonly PlannedSlot[], raters: readonly string[]): string[] {
  let closest = repeatGap;
  for (const rater of raters) {
    const own = slots.filter(slot => slot.raters?.includes(rater)).map(({ slot }) => slot);
    const placeOf = new Map(own.map((slot, place) => [slot, place]));
    for (const { slot, repeatOf } of slots) {
      const place = placeOf.get(slot);
      const first = repeatOf === undefined ? undefined : placeOf.get(repeatOf);
      if (place !== undefined && first !== undefined) closest = Math.min(closest, place - first);
    }
  }
  return closest >= repeatGap
    ? []
    : [
        `Since each rater labels a part of the slots, a repeat can come as few as ${String(closest)} of their own slots after its first.`,
      ];
}
