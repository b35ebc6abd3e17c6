import { compareCodeUnits } from '../bytes/text';
import { clusterOf } from './clusters';
import type { Draw, DrawnItem } from './draw';
import type { PopulationItem } from './population';
import { sampled } from './seeded';
import type { Stream } from './seeded';
import { oneStratum } from './strata';

/** m = n/k of M clusters, then min(k, T_c) items of each: π = (m/M) · min(k, T_c)/T_c. */
export function drawTwoStage(
  items: readonly PopulationItem[],
  n: number,
  k: number,
  cluster: string,
  stream: Stream,
): Draw {
  const clusters = new Map<string, PopulationItem[]>();
  for (const item of items) {
    const id = clusterOf(item.rollout, cluster);
    const own = clusters.get(id);
    if (own) own.push(item);
    else clusters.set(id, [item]);
  }
  const ids = [...clusters.keys()].sort(compareCodeUnits);
  const count = Math.min(ids.length, Math.max(1, Math.round(n / k)));
  const whole = oneStratum(items);
  const drawn = sampled(stream, ids, count).flatMap(id => {
    const own = clusters.get(id) ?? [];
    const taken = Math.min(k, own.length);
    const pi = (count / ids.length) * (taken / own.length);
    return sampled(stream, own, taken).map((item): DrawnItem => ({ item, stratum: whole.id, pi }));
  });
  return { strata: [whole], items: drawn.sort((a, b) => a.item.place - b.item.place) };
}
