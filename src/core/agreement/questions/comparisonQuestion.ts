import type { LabelIndex } from '../../labels/labelIndex';
import type { Rubric } from '../../labels/rubric';
import type { RolloutSummary } from '../../rollout/runScan';
import type { Subset } from '../../subset/manifest';
import { altTestOf, type AltTest } from './altTest';
import { ceilingOf, type Ceiling } from './ceiling';
import { judgeRunAgreementOf, type JudgeRunAgreement } from './judgeRunAgreement';
import { majorityBaselinesOf, type MajorityBaseline } from './majorityBaseline';
import { inSentences, type Question, refuse, sentencesOf } from './question';
import type { Ratings } from './ratings';
import { repeatAgreementOf, type RepeatAgreement } from './repeatAgreement';
import type { Subject } from './subjects';

/** What the agreement of judge and human is held against; each part may be refused by itself. */
export interface ComparisonAnswer {
  readonly ceiling: Question<Ceiling>;
  readonly repeats: Question<readonly RepeatAgreement[]>;
  readonly judgeRuns: Question<readonly JudgeRunAgreement[]>;
  readonly baseline: Question<readonly MajorityBaseline[]>;
  readonly altTest: Question<AltTest>;
}

export interface ComparisonSources {
  readonly rollouts?: readonly RolloutSummary[];
  readonly rubric?: Rubric;
  readonly labels?: LabelIndex;
  readonly subset?: Subset;
  /** The weighted subjects, where they are there already. */
  readonly subjects?: readonly Subject[];
}

/** Compared with what: humans among themselves, a rater's own second go, the judge's own runs, the most frequent score. */
export function comparisonQuestion(
  ratings: Ratings,
  { rollouts, rubric, labels, subset, subjects }: ComparisonSources,
): Question<ComparisonAnswer> {
  const answer: ComparisonAnswer = {
    ceiling: ceilingOf(ratings),
    repeats: repeatAgreementOf(ratings, labels, subset),
    judgeRuns: judgeRunAgreementOf(ratings, rollouts, rubric),
    baseline: majorityBaselinesOf(ratings, subjects),
    altTest: altTestOf(ratings),
  };
  const parts = [answer.ceiling, answer.repeats, answer.judgeRuns, answer.baseline, answer.altTest];
  const told = inSentences(parts.flatMap(sentencesOf));
  return parts.every(part => part.refused !== undefined)
    ? { ...refuse(told.sentence), sentences: told.sentences }
    : { answer, ...told };
}
