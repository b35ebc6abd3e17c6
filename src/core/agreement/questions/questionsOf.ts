import type { LabelIndex } from '../../labels/labelIndex';
import type { Rubric } from '../../labels/rubric';
import type { RolloutSummary } from '../../rollout/runScan';
import type { Subset } from '../../subset/manifest';
import type { RatingTable } from '../ratingTable';
import { biasQuestion, type BiasAnswer } from './biasQuestion';
import { carriedShares, type OtherRun } from './carriedShares';
import { comparisonQuestion, type ComparisonAnswer } from './comparisonQuestion';
import { correctedQuestion, type CorrectedAnswer } from './correctedQuestion';
import { driftQuestion, type DriftAnswer } from './driftQuestion';
import { enoughQuestion, type EnoughAnswer, type PlannerOptions } from './enoughQuestion';
import { headlineQuestion, type HeadlineAnswer } from './headlineQuestion';
import { labelledItemsOf } from './labelledItems';
import { refuse, type Question } from './question';
import { ratingsOf, type Ratings } from './ratings';
import { runLabelsOf, type RunLabels } from './runLabels';
import { subjectsOf } from './subjects';
import { thresholdQuestion, type ThresholdAnswer } from './thresholdQuestion';

export interface QuestionInput {
  readonly table: RatingTable;
  /** Names of judge columns; the first is the run that the questions are about. */
  readonly judges: readonly string[];
  /** Cuts T of "score ≥ T". */
  readonly thresholds: readonly number[];
  readonly seed: number;
  /** Of the κs; those of the scale unless told. */
  readonly categories?: 'scale' | 'observed';
  /** The run; a table of ratings alone has none, and the questions about a run are refused. */
  readonly rollouts?: readonly RolloutSummary[];
  readonly rubric?: Rubric;
  readonly labels?: LabelIndex;
  readonly subset?: Subset;
  /** Fields that conditions are told by; condition, model, provider and dataset unless told. */
  readonly fields?: readonly string[];
  /** Field → the value that the others are held against. */
  readonly baselines?: Readonly<Record<string, string>>;
  /** Characters of each labelled item's text, by unit id. */
  readonly lengths?: ReadonlyMap<string, number>;
  /** What to plan labels for; simulating takes seconds, so that nothing is planned unless asked. */
  readonly planner?: PlannerOptions;
  /** Another file that the first judge run scored, to carry its errors to. */
  readonly carryTo?: OtherRun;
}

/** The seven questions that a report answers (docs/statistics.md). */
export interface Questions {
  readonly headline: Question<HeadlineAnswer>;
  readonly comparison: Question<ComparisonAnswer>;
  readonly thresholds: Question<ThresholdAnswer>;
  readonly corrected: Question<CorrectedAnswer>;
  readonly bias: Question<BiasAnswer>;
  readonly enough: Question<EnoughAnswer>;
  readonly drift: Question<DriftAnswer>;
}

/**
 * Answers all seven. Pure: the same input, in any order of rows and rollouts, the same answers to the byte. `onAnswer` is
 * called after each.
 */
export function questionsOf(
  input: QuestionInput,
  onAnswer?: (done: number, total: number) => void,
): Questions {
  let done = 0;
  const answered = <Answer>(answer: Answer): Answer => {
    onAnswer?.(++done, 7);
    return answer;
  };
  const ratings = ratingsOf(input);
  const { rollouts, rubric, labels, subset, fields, thresholds, seed, planner, carryTo } = input;
  const run = runOf(ratings, input);
  const subjects = subjectsOf(ratings, true);
  const carry =
    carryTo && rubric
      ? { file: carryTo.file, shares: (of: RunLabels) => carriedShares(of, ratings, rubric, carryTo) }
      : undefined;
  const headline = answered(headlineQuestion(ratings, subjects));
  const corrected = answered(correctedQuestion(run, rollouts ?? [], thresholds, seed, fields, carry));
  return {
    headline,
    comparison: answered(
      comparisonQuestion(ratings, {
        subjects,
        ...(rollouts ? { rollouts } : {}),
        ...(rubric ? { rubric } : {}),
        ...(labels ? { labels } : {}),
        ...(subset ? { subset } : {}),
      }),
    ),
    thresholds: answered(thresholdQuestion(ratings, subjects)),
    corrected,
    bias: answered(
      rollouts
        ? biasQuestion(labelledItemsOf(ratings, rollouts), run, rollouts, input)
        : refuse('Without rollouts there are no conditions, turns or providers to compare.'),
    ),
    enough: answered(
      enoughQuestion(ratings, {
        ...(rollouts ? { rollouts } : {}),
        ...(rubric ? { rubric } : {}),
        ...(subset ? { subset } : {}),
        ...(planner ? { planner } : {}),
        run,
        headline: headline.answer,
        corrected: corrected.answer,
      }),
    ),
    drift: answered(driftQuestion(ratings, rollouts, labels, subset)),
  };
}

function runOf(
  ratings: Ratings,
  { rollouts, rubric, subset }: QuestionInput,
): RunLabels | { refused: string } {
  if (!rollouts || !rubric) return { refused: 'Without rollouts there is no run to speak of.' };
  return runLabelsOf(ratings, rollouts, rubric, subset);
}
