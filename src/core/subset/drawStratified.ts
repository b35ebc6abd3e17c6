import { allocate } from './allocate';
import type { Draw, DrawnItem } from './draw';
import type { Design } from './manifest';
import type { PopulationItem } from './population';
import { sampled } from './seeded';
import type { Stream } from './seeded';
import type { StratumItems } from './strata';

/**
 * A simple random sample in each stratum: π = n_h/N_h. With `maxPerRollout` = k in two phases: min(k, N_ch) items of each
 * rollout × stratum are kept, and n_h of the K_h kept are drawn: π = min(k, N_ch)/N_ch · n_h/K_h. K_h does not depend on
 * chance, so that the product is the inclusion probability itself.
 */
export function drawStratified(
  strata: readonly StratumItems[],
  { n, allocation = 'proportional', maxPerRollout }: Design,
  stream: Stream,
): Draw | { refused: string } {
  const kept = strata.map(({ items }) =>
    maxPerRollout === undefined
      ? items.map(item => ({ item, chance: 1 }))
      : keepOfEachRollout(items, maxPerRollout, stream),
  );
  const most = kept.map(items => items.length);
  const wanted = Math.min(n, sum(most));
  if (wanted < strata.length)
    return {
      refused: `${String(strata.length)} strata need at least ${String(strata.length)} items, one each: ${String(wanted)} can’t be shared among them.`,
    };
  const two = most.map(count => Math.min(2, count));
  const least = sum(two) <= wanted ? two : most.map(() => 1);
  const counts = allocate(wanted, sharesOf(strata, allocation), least, most);
  const drawn = strata.flatMap(({ id }, index) => {
    const count = counts[index] ?? 0;
    const from = kept[index] ?? [];
    return sampled(stream, from, count).map(({ item, chance }): DrawnItem => ({
      item,
      stratum: id,
      pi: chance * (count / from.length),
    }));
  });
  return { strata, items: drawn.sort((a, b) => a.item.place - b.item.place) };
}

/**
 * Whole numbers in the proportion of the allocation; half proportional and half equal is N_h/2N + 1/2H, times 2NH.
 * Items without a judge score can't be compared with the judge: they get their proportion and no equal part.
 */
function sharesOf(strata: readonly StratumItems[], allocation: NonNullable<Design['allocation']>): number[] {
  const sizes = strata.map(({ items }) => items.length);
  if (allocation === 'proportional') return sizes;
  const isJudged = strata.map(({ where }) => where['judge'] !== null);
  const judged = isJudged.filter(Boolean).length;
  const all = sum(sizes);
  if (judged === 0) return sizes;
  const withScore = sum(sizes.filter((_, index) => isJudged[index]));
  return sizes.map((size, index) =>
    allocation === 'equal'
      ? isJudged[index]
        ? withScore
        : size * judged
      : size * judged + (isJudged[index] ? all : 0),
  );
}

function keepOfEachRollout(
  items: readonly PopulationItem[],
  most: number,
  stream: Stream,
): { item: PopulationItem; chance: number }[] {
  const byRollout = new Map<string, PopulationItem[]>();
  for (const item of items) {
    const own = byRollout.get(item.rollout.id);
    if (own) own.push(item);
    else byRollout.set(item.rollout.id, [item]);
  }
  return [...byRollout.values()].flatMap(own => {
    const count = Math.min(most, own.length);
    return sampled(stream, own, count).map(item => ({ item, chance: count / own.length }));
  });
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
