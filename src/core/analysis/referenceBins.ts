import type { MeasureValue } from '../agreement/agreementReport';
import { withoutValue } from '../agreement/measure';
import { proportion } from '../agreement/proportion';
import { fieldValue } from '../agreement/questions/fieldGroups';
import type { Rubric } from '../labels/rubric';
import type { RolloutSummary } from '../rollout/runScan';
import { populationOf } from '../subset/population';
import type { ReferenceRun } from './analysisInput';
import type { Correctness, ReferenceBin, ReferenceBins } from './analysisReport';
import { correctnessOf } from './correctness';
import { drawsBy, sampleOf, type IntervalRules } from './estimates';
import type { RolloutGroup } from './rolloutGroups';

/** Names that a question's id has, the likeliest first. */
const questionFields = [
  'question_id',
  'questionId',
  'prompt_id',
  'question',
  'problem_id',
  'doc_id',
  'task_id',
];

export interface BinRules {
  readonly rubric: Rubric;
  readonly edges: readonly number[];
  /** Looked for among the usual names where absent. */
  readonly question?: string;
  readonly judge?: string;
  readonly intervals: IntervalRules;
}

/**
 * Correctness by bins [a, b) of the questions' mean score in a reference run, the last bin closed; bars by the bootstrap of whole
 * questions. A sentence where the two runs share no question, or the reference has no scores.
 */
export function referenceBins(
  groups: readonly RolloutGroup[],
  reference: ReferenceRun,
  { rubric, edges, question, judge, intervals }: BinRules,
): ReferenceBins | { readonly refused: string } {
  const population = populationOf({ rollouts: reference.rollouts, rubric }, judge);
  const scored = population.items.filter(({ score }) => score !== null);
  if (population.judge === null || scored.length === 0)
    return {
      refused: `The reference file ${reference.file} has no ${rubric.criterion} scores${judge === undefined ? '' : ` by ${judge}`}.`,
    };
  const own = groups.flatMap(({ rollouts }) => rollouts);
  const field = sharedField(own, reference.rollouts, question);
  if (field === null)
    return {
      refused: `${reference.file} shares no question with this run: ${question === undefined ? `none of ${questionFields.join(', ')} has a value in both` : `“${question}” has no value in both`}.`,
    };
  const sums = new Map<string, { sum: number; n: number }>();
  for (const { rollout, score } of scored) {
    const id = fieldValue(rollout, field);
    if (id === null) continue;
    const { sum, n } = sums.get(id) ?? { sum: 0, n: 0 };
    sums.set(id, { sum: sum + (score ?? 0), n: n + 1 });
  }
  const meanOfQuestion = (id: string | null): number | null => {
    const found = sums.get(id ?? '');
    return found ? found.sum / found.n : null;
  };
  const meanOf = (rollout: RolloutSummary): number | null => meanOfQuestion(fieldValue(rollout, field));
  const shared = new Set(
    own.map(rollout => fieldValue(rollout, field)).filter(id => id !== null && sums.has(id)),
  );
  const last = edges.length - 2;
  const binOf = (mean: number): number =>
    mean === edges.at(-1)
      ? last
      : edges.findLastIndex(
          (edge, place) => place <= last && edge <= mean && mean < (edges[place + 1] ?? -Infinity),
        );
  const rules = { ...intervals, clusterOf: (rollout: RolloutSummary) => fieldValue(rollout, field) ?? '' };
  return {
    reference: reference.file,
    judge: population.judge,
    question: field,
    shared: shared.size,
    outside: [...shared].filter(id => binOf(meanOfQuestion(id) ?? NaN) < 0).length,
    edges,
    series: groups.map(({ rollouts }, group) => ({
      group,
      bins: edges.slice(0, -1).map((from, bin): ReferenceBin => {
        const inside = rollouts.filter(rollout => {
          const mean = meanOf(rollout);
          return mean !== null && binOf(mean) === bin;
        });
        return binAt([from, edges[bin + 1] ?? from], inside, rules);
      }),
    })),
  };
}

function binAt(
  [from, to]: readonly [number, number],
  inside: readonly RolloutSummary[],
  rules: IntervalRules,
): ReferenceBin {
  const known = inside.filter(rollout => correctnessOf(rollout) !== null);
  const rate = (of: Correctness): MeasureValue => {
    if (known.length === 0) return withoutValue('no rollout with a known correctness');
    const values = known.map(rollout => (correctnessOf(rollout) === of ? 1 : 0));
    const sample = sampleOf(values, known.map(rules.clusterOf), rules, { draws: drawsBy(rules) });
    return proportion(sample, item => values[item] ?? 0, { amongWhat: 'questions' });
  };
  return {
    from,
    to,
    questions: new Set(known.map(rules.clusterOf)).size,
    rollouts: known.length,
    correct: rate('correct'),
    partial: rate('partial'),
    incorrect: rate('incorrect'),
  };
}

function sharedField(
  own: readonly RolloutSummary[],
  reference: readonly RolloutSummary[],
  asked?: string,
): string | null {
  const found = (asked === undefined ? questionFields : [asked]).find(field => {
    const ids = new Set(own.map(rollout => fieldValue(rollout, field)));
    ids.delete(null);
    return reference.some(rollout => ids.has(fieldValue(rollout, field)));
  });
  return found ?? null;
}

/** The scale from end to end, cut at the thresholds. */
export function defaultBins({ scale, thresholds }: Rubric): number[] {
  const inner = thresholds.filter(cut => cut > scale.min && cut < scale.max);
  return [scale.min, ...inner, scale.max];
}
