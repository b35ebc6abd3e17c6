import type { MeasureValue } from '../agreement/agreementReport';
import { withoutValue } from '../agreement/measure';
import { quantile } from '../agreement/percentiles';
import { proportion } from '../agreement/proportion';
import { estimated } from '../agreement/questions/intervals';
import { undefinedValue, type Statistic } from '../agreement/statistic';
import type { RolloutSummary } from '../rollout/runScan';
import type { TextFacts } from './analysisInput';
import type {
  Correctness,
  CorrectnessRates,
  CountedShare,
  FiveNumbers,
  LegibilityRow,
} from './analysisReport';
import { correctnessOf } from './correctness';
import { sampleOf, type Estimates, type IntervalRules } from './estimates';
import type { RolloutGroup } from './rolloutGroups';
import type { ScoredItem } from './scoredItems';

export interface LegibilityRules {
  readonly estimates: Estimates;
  /** The scored items; `null` of corrected values, which no single item has. */
  readonly items: readonly ScoredItem[] | null;
  readonly facts: TextFacts;
  readonly intervals: IntervalRules;
}

/** The table by group: scores, correctness, and what was not answered. */
export function legibilityRows(groups: readonly RolloutGroup[], rules: LegibilityRules): LegibilityRow[] {
  const { estimates, items, facts, intervals } = rules;
  return groups.map(({ rollouts }, group) => {
    const own = new Set(rollouts);
    const { n, mean, shares } = estimates(rollout => own.has(rollout));
    const scored = items?.filter(({ rollout }) => own.has(rollout)) ?? null;
    const reasonings = rollouts.reduce((sum, { reasoningTurns }) => sum + reasoningTurns.length, 0);
    return {
      group,
      rollouts: rollouts.length,
      n,
      unscored: reasonings - n,
      mean,
      sd: scored ? sdOf(scored, intervals) : withoutValue('corrected values have no spread of their own'),
      shares,
      box: scored ? fiveNumbers(scored.map(({ score }) => score)) : null,
      correctness: correctnessRates(rollouts, intervals),
      emptyAnswers: countedShare(rollouts, facts.emptyAnswers, intervals),
      errors: countedShare(rollouts, facts.errors, intervals),
    };
  });
}

/** √(Σw(x − x̄)²/(Σw − 1)), the weights scaled to sum to their number. */
function sdOf(items: readonly ScoredItem[], rules: IntervalRules): MeasureValue {
  const sample = sampleOf(
    items.map(({ score }) => score),
    items.map(({ rollout }) => rules.clusterOf(rollout)),
    rules,
    { weights: items.map(({ weight }) => weight) },
  );
  const sd: Statistic = {
    size: 3,
    add(sums, item, weight) {
      const score = items[item]?.score ?? 0;
      sums[0] = (sums[0] ?? 0) + weight;
      sums[1] = (sums[1] ?? 0) + weight * score;
      sums[2] = (sums[2] ?? 0) + weight * score * score;
    },
    value([n = 0, sum = 0, squares = 0]) {
      if (n <= 1) return undefinedValue('fewer than 2 items');
      return Math.sqrt(Math.max(0, squares - (sum * sum) / n) / (n - 1));
    },
  };
  return items.length < 2 ? withoutValue('fewer than 2 items') : estimated(sample, 'size', sd);
}

/** `null` of no numbers. */
export function fiveNumbers(values: readonly number[]): FiveNumbers | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const at = (p: number): number => quantile(sorted, p);
  return {
    min: sorted[0] ?? NaN,
    q1: at(0.25),
    median: at(0.5),
    q3: at(0.75),
    max: sorted.at(-1) ?? NaN,
  };
}

function correctnessRates(rollouts: readonly RolloutSummary[], rules: IntervalRules): CorrectnessRates {
  const known = rollouts.flatMap(rollout => {
    const said = correctnessOf(rollout);
    return said === null ? [] : [{ rollout, said }];
  });
  const rate = (of: Correctness): MeasureValue =>
    known.length === 0
      ? withoutValue('no rollout has a known correctness')
      : shareOf(
          known.map(({ said }) => said === of),
          known.map(({ rollout }) => rollout),
          rules,
        );
  return {
    known: known.length,
    correct: rate('correct'),
    partial: rate('partial'),
    incorrect: rate('incorrect'),
  };
}

function countedShare(
  rollouts: readonly RolloutSummary[],
  among: ReadonlySet<string>,
  rules: IntervalRules,
): CountedShare {
  const held = rollouts.map(({ id }) => among.has(id));
  return { count: held.filter(Boolean).length, share: shareOf(held, rollouts, rules) };
}

function shareOf(
  held: readonly boolean[],
  rollouts: readonly RolloutSummary[],
  rules: IntervalRules,
): MeasureValue {
  const values = held.map(Number);
  return proportion(sampleOf(values, rollouts.map(rules.clusterOf), rules), item => values[item] ?? 0);
}
