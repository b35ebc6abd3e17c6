import { ratingsOf } from '../agreement/questions/ratings';
import { runLabelsOf, type RunLabels } from '../agreement/questions/runLabels';
import type { RolloutSummary } from '../rollout/runScan';
import type { Population } from '../subset/population';
import type { AnalysisInput, AnalysisOptions } from './analysisInput';
import type { AnalysisReport } from './analysisReport';
import { conversationMeans, type ConversationMean } from './conversationMeans';
import { correctedEstimatesOf } from './correctedEstimatesOf';
import { itemEstimates, type Belongs, type Estimates, type IntervalRules } from './estimates';
import { judgedItems, labelledTurns, type ScoredItem } from './scoredItems';

/** Scores as the report counts them. */
export interface Scored {
  readonly estimates: Estimates;
  /** `null` of corrected values. */
  readonly items: readonly ScoredItem[] | null;
  /** Of corrected values. */
  readonly run: RunLabels | { readonly refused: string } | null;
  readonly raters: readonly string[];
  readonly notes: readonly string[];
}

/** The scores that were asked for, with how they are estimated. Throws where they need labels and `rated` is missing. */
export function scoresOf(
  { rollouts, rubric, rated }: AnalysisInput,
  { scores, seed }: AnalysisOptions,
  population: Population,
  cuts: readonly number[],
  intervals: IntervalRules,
): Scored {
  const nothing = { items: null, run: null, raters: [], notes: [] };
  if (scores === 'judge') {
    const items = judgedItems(population, cuts);
    return { ...nothing, items, estimates: itemEstimates(items, cuts, intervals) };
  }
  if (!rated) throw new Error('human and corrected scores need the labels');
  const judges = rated.table.columns.filter(({ role }) => role === 'judge').map(({ name }) => name);
  const ratings = ratingsOf({ table: rated.table, judges, thresholds: cuts, seed });
  const raters = [...new Set(ratings.humans.map(({ rater }) => rater))];
  if (scores === 'human') {
    const { items, notes } = labelledTurns(ratings, rollouts, cuts);
    return { ...nothing, items, raters, notes, estimates: itemEstimates(items, cuts, intervals) };
  }
  const run = runLabelsOf(ratings, rollouts, rubric, rated.run.subset);
  const notes = 'refused' in run ? [] : run.notes;
  return { ...nothing, run, raters, notes, estimates: correctedEstimatesOf(run, cuts, seed) };
}

/**
 * The rollouts that the criterion is about, by id: those with a judge's score or a label of it; of reasoning, also those with
 * any, or that failed to give an answer. All of them where nobody scored any.
 */
export function concerned(
  { rollouts, rubric }: Population,
  { facts, rated }: AnalysisInput,
): readonly RolloutSummary[] {
  const labelled = new Set(rated?.table.units.map(({ id }) => (JSON.parse(id) as [string, number])[0]));
  const scored = rollouts.filter(
    ({ id, judge }) =>
      labelled.has(id) ||
      judge.some(({ criterion, value }) => criterion === rubric.criterion && value !== null),
  );
  if (scored.length === 0) return rollouts;
  if (rubric.part === 'response') return scored;
  const known = new Set(scored);
  return rollouts.filter(
    rollout =>
      known.has(rollout) ||
      rollout.reasoningTurns.length > 0 ||
      facts.emptyAnswers.has(rollout.id) ||
      facts.errors.has(rollout.id),
  );
}

/** The conversations' means; of raters' scores only where every turn that exists has one. */
export function conversationsOf(
  items: readonly ScoredItem[],
  exists: Belongs,
  scores: AnalysisOptions['scores'],
  part: AnalysisReport['part'],
  rollouts: readonly RolloutSummary[],
): Map<RolloutSummary, ConversationMean> | null {
  const means = conversationMeans(items, exists);
  if (scores === 'human')
    for (const rollout of rollouts) {
      const turns = part === 'response' ? rollout.responseTurns : rollout.reasoningTurns;
      const wanted = turns.filter(turn => exists(rollout, turn)).length;
      if (means.get(rollout)?.turns !== wanted) means.delete(rollout);
    }
  return means.size > 0 ? means : null;
}
