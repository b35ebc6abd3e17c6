import type { RatedRun } from '../agreement/ratedRun';
import type { Rubric } from '../labels/rubric';
import type { RolloutSummary } from '../rollout/runScan';
import type { EventBands, ScoreSource } from './analysisReport';

/** What a pass over the texts found, by rollout id. */
export interface TextFacts {
  /** The pattern that was searched for. */
  readonly pattern: string;
  /** The first turn with the event; absent where there is none. */
  readonly eventTurns: ReadonlyMap<string, number>;
  /** Rollouts whose last answer has no visible text, and those whose record holds an error. */
  readonly emptyAnswers: ReadonlySet<string>;
  readonly errors: ReadonlySet<string>;
  /** The judge's words on the worst items, by `turnKey`. */
  readonly explanations: ReadonlyMap<string, string>;
}

/** A run whose questions are scored by the same judge. */
export interface ReferenceRun {
  readonly file: string;
  readonly rollouts: readonly RolloutSummary[];
}

export interface AnalysisInput {
  readonly rollouts: readonly RolloutSummary[];
  readonly rubric: Rubric;
  readonly source: Readonly<Record<string, unknown>>;
  readonly version: string;
  readonly facts: TextFacts;
  /** The labels, for scores that are human or corrected. */
  readonly rated?: RatedRun;
  readonly reference?: ReferenceRun;
}

/** Two values of a field: what is compared is B − A, A the baseline. */
export interface EffectWanted {
  readonly field: string;
  readonly baseline: string;
  /** All other values where absent. */
  readonly treated?: string;
}

export interface AnalysisOptions {
  readonly scores: ScoreSource;
  /** The headline run where absent. */
  readonly judge?: string;
  /** Fields that groups are told by; `defaultFields` where absent. */
  readonly by?: readonly string[];
  /** Those of the rubric where absent. */
  readonly thresholds?: readonly number[];
  readonly survivorsOnly?: boolean;
  readonly eventBands?: EventBands;
  /** A field that holds a turn number, to count turns from. */
  readonly align?: string;
  readonly effects?: readonly EffectWanted[];
  /** Ends of the bins, ascending. */
  readonly bins?: readonly number[];
  /** The field that questions are told by; found out where absent. */
  readonly question?: string;
  /** A field; found out where absent. */
  readonly cluster?: string;
  readonly resamples: number;
  readonly seed: number;
}

/** One turn of one rollout as a key of maps. */
export const turnKey = (rollout: string, turn: number): string => JSON.stringify([rollout, turn]);
