import type { Draw, DrawnItem } from './draw';
import type { Design } from './manifest';
import { judgeScoresOf } from './population';
import type { Population, PopulationItem } from './population';
import { shuffled } from './seeded';
import type { Stream } from './seeded';
import { oneStratum } from './strata';

/**
 * The items with the largest spread between judge runs, or with the judge score nearest the threshold, ties in random
 * order, at most `maxPerRollout` of a rollout. What is drawn has no inclusion probability: nothing can be estimated from it.
 */
export function drawFirst(
  population: Population,
  { kind, n, threshold = 0, maxPerRollout = Infinity }: Design,
  stream: Stream,
): Draw | { refused: string } {
  const urgencies =
    kind === 'disagreement'
      ? spreads(population)
      : new Map(
          population.items.flatMap(item =>
            item.score === null ? [] : [[item, -Math.abs(item.score - threshold)] as const],
          ),
        );
  if (urgencies.size === 0) return { refused: 'No item has scores of two judge runs.' };
  const urgency = (item: PopulationItem): number => urgencies.get(item) ?? 0;
  const candidates = population.items.filter(item => urgencies.has(item));
  const stratum = oneStratum(candidates);
  const taken = new Map<string, number>();
  const drawn: DrawnItem[] = [];
  for (const item of shuffled(stream, candidates).sort((a, b) => urgency(b) - urgency(a))) {
    const before = taken.get(item.rollout.id) ?? 0;
    if (drawn.length >= n || before >= maxPerRollout) continue;
    taken.set(item.rollout.id, before + 1);
    drawn.push({ item, stratum: stratum.id, pi: null });
  }
  return { strata: [stratum], items: drawn.sort((a, b) => a.item.place - b.item.place) };
}

/** Largest minus smallest score over the judge runs, of items that two runs or more have scored. */
function spreads({ rubric, items }: Population): Map<PopulationItem, number> {
  const spread = new Map<PopulationItem, number>();
  const { min, max } = rubric.scale;
  let rollout: PopulationItem['rollout'] | null = null;
  let byTurn = new Map<number, Map<string, number>>();
  for (const item of items) {
    if (item.rollout !== rollout) {
      rollout = item.rollout;
      byTurn = new Map();
      for (const { turn, run, value } of judgeScoresOf(rollout, rubric)) {
        const runs = byTurn.get(turn) ?? new Map<string, number>();
        byTurn.set(turn, runs);
        // The first score of a run stands, as everywhere.
        if (!runs.has(run)) runs.set(run, value);
      }
    }
    const scores = [...(byTurn.get(item.turn)?.values() ?? [])].filter(score => score >= min && score <= max);
    if (scores.length >= 2) spread.set(item, Math.max(...scores) - Math.min(...scores));
  }
  return spread;
}
