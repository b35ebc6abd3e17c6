import type { MeasureValue } from '../agreement/agreementReport';
import type { Part, Scale } from '../labels/rubric';

/** Whose scores the numbers are of: the judge's, the raters' first labels, or the judge's corrected by those labels. */
export type ScoreSource = 'judge' | 'human' | 'corrected';

/** How the bands of the cumulative event rate are made. */
export type EventBands = 'wilson' | 'exact';

/**
 * Everything that is counted of one criterion of a run, as plain data: figures, tables and JSON are made of it. A value
 * that can't be given is a `MeasureValue` with `value: null` and the reason; a block that can't be given is `null`, with a
 * sentence in `refusals`.
 */
export interface AnalysisReport {
  readonly version: string;
  readonly source: Readonly<Record<string, unknown>>;
  readonly criterion: string;
  readonly part: Part;
  readonly scale: Scale;
  /** Which way is better on the scale: `lower` where its worst end is the highest. */
  readonly desired: 'lower' | 'higher';
  readonly scores: ScoreSource;
  /** The judge run that was used; `null` where the scores are human. */
  readonly judge: string | null;
  /** The raters whose labels were used; empty where the scores are the judge's. */
  readonly raters: readonly string[];
  /** Name of the subset whose labels were used. */
  readonly subset: string | null;
  /** Cuts T of "score ≥ T", ascending: the order of every `shares`. */
  readonly thresholds: readonly number[];
  /** Fields that groups are told by; empty: one group of all rollouts. */
  readonly by: readonly string[];
  /** What intervals take as one: a field such as prompt_id, or "rollout". */
  readonly clusterBy: string;
  readonly seed: number;
  readonly resamples: number;
  /** All groups, by their values; other lists name them by their place here. */
  readonly groups: readonly AnalysisGroup[];
  /** Of criteria on responses. */
  readonly trajectory: Trajectory | null;
  /** Of criteria on reasoning. */
  readonly legibility: LegibilityReport | null;
  /** Differences between two conditions; empty where none were asked for. */
  readonly effects: readonly Effect[];
  /** What was asked for and can't be given, a sentence each. */
  readonly refusals: readonly string[];
  /** What was left out and what to bear in mind, a sentence each. */
  readonly notes: readonly string[];
}

export interface AnalysisGroup {
  /** One for each field of `by`; `null` where the rollouts have none. */
  readonly values: readonly (string | null)[];
  /** "baseline · math"; "all rollouts" where there are no fields. */
  readonly label: string;
  readonly rollouts: number;
  readonly clusters: number;
  /** Turns with a usable score; of corrected values, those of the judge. */
  readonly scored: number;
  /** Of corrected values: labels in the group. */
  readonly labelled?: number;
  /** Mean over all its scored turns, each counting the same (weighted where a subset's design is). */
  readonly mean: MeasureValue;
  /** Share of its scored turns at or above each cut, in the order of `thresholds`. */
  readonly shares: readonly MeasureValue[];
}

/** Scores along the turns of a conversation. */
export interface Trajectory {
  /** Only rollouts without an event up to and in the turn count for it. */
  readonly survivorsOnly: boolean;
  /** The event whose first turn ends a rollout: later turns don't exist. */
  readonly event: EventFacts;
  readonly series: readonly TurnSeries[];
  /** `null` of corrected scores, and of human ones where no conversation is labelled from end to end. */
  readonly auc: Auc | null;
  /** The same along the turns since the turn that a field names; `null` where none was asked for or it can't be given. */
  readonly aligned: AlignedView | null;
}

export interface EventFacts {
  /** A regular expression, searched for in each turn's visible text. */
  readonly pattern: string;
  readonly bands: EventBands;
  /** Rollouts with an event, in all groups. */
  readonly rollouts: number;
}

export interface TurnSeries {
  /** Place in `groups`. */
  readonly group: number;
  readonly points: readonly TurnPoint[];
}

export interface TurnPoint {
  /** 1…T; in an aligned view the turns since the rewrite, which may be 0 or less. */
  readonly turn: number;
  /** Rollouts with a usable score in this turn, and the clusters that they lie in. */
  readonly n: number;
  readonly clusters: number;
  /** Of corrected values: labels of this turn. */
  readonly labelled?: number;
  readonly mean: MeasureValue;
  /** In the order of `thresholds`. */
  readonly shares: readonly MeasureValue[];
  /** Rollouts that have this turn and had no event before it, scored or not. Absent in aligned views. */
  readonly atRisk?: number;
  /** Ids of the rollouts whose event is in this turn. Absent in aligned views. */
  readonly events?: readonly string[];
  /** Share of the group's rollouts with an event up to and in this turn. Absent in aligned views. */
  readonly cumulative?: MeasureValue;
}

/** Each conversation's mean score over its turns. */
export interface Auc {
  /** Ordered by group, then rollout id. */
  readonly points: readonly AucPoint[];
  /** One for each group: every conversation counts the same. */
  readonly means: readonly { readonly group: number; readonly n: number; readonly mean: MeasureValue }[];
}

export interface AucPoint {
  readonly rollout: string;
  readonly group: number;
  readonly value: number;
  /** Scored turns that it is the mean of. */
  readonly turns: number;
}

export interface AlignedView {
  /** The field that holds a turn number. */
  readonly field: string;
  /** Rollouts without a turn number in it, left out. */
  readonly without: number;
  readonly series: readonly TurnSeries[];
}

/** What is compared: conversations' mean scores, all turns' mean, a share of turns, or the share of rollouts with an event. */
export type EffectMeasure = 'auc' | 'mean' | 'share' | 'event';

/** One condition against another, inside one combination of the other fields' values. */
export interface Effect {
  readonly measure: EffectMeasure;
  /** Of shares. */
  readonly cut?: number;
  /** The field whose values are compared. */
  readonly field: string;
  readonly baseline: string;
  readonly treated: string;
  /** Fields held fixed, with their values; empty where all rollouts are taken together. */
  readonly within: readonly { readonly field: string; readonly value: string | null }[];
  /** Rollouts on each side. */
  readonly rollouts: { readonly baseline: number; readonly treated: number };
  /** Clusters on each side, and those that both share: where there are some, the two are compared within them. */
  readonly clusters: { readonly baseline: number; readonly treated: number; readonly shared: number };
  readonly valueBaseline: MeasureValue;
  readonly valueTreated: MeasureValue;
  /** Treated − baseline. */
  readonly difference: MeasureValue;
  /** Which sign is an improvement. */
  readonly desired: 'lower' | 'higher';
  /** By the interval: `unclear` where it holds 0 or there is none. */
  readonly reading: 'better' | 'worse' | 'unclear';
}

export interface LegibilityReport {
  /** One for each group. */
  readonly rows: readonly LegibilityRow[];
  /** Correctness by bins of a reference run's mean per question; `null` without a usable reference. */
  readonly bins: ReferenceBins | null;
  /** The worst items, worst first. */
  readonly worst: readonly WorstItem[];
}

export interface LegibilityRow {
  /** Place in `groups`. */
  readonly group: number;
  readonly rollouts: number;
  /** Reasonings with a usable score. */
  readonly n: number;
  /** Reasonings without one. */
  readonly unscored: number;
  readonly mean: MeasureValue;
  /** With n − 1. */
  readonly sd: MeasureValue;
  /** In the order of `thresholds`. */
  readonly shares: readonly MeasureValue[];
  /** `null` where nothing was scored. */
  readonly box: FiveNumbers | null;
  readonly correctness: CorrectnessRates;
  /** Share of rollouts whose last answer has no visible text. */
  readonly emptyAnswers: CountedShare;
  /** Share of rollouts whose record holds an error. */
  readonly errors: CountedShare;
}

/** Least, greatest and the type-6 quantiles (Hyndman & Fan 1996) between. */
export interface FiveNumbers {
  readonly min: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly max: number;
}

export interface CountedShare {
  readonly count: number;
  readonly share: MeasureValue;
}

export interface CorrectnessRates {
  /** Rollouts whose `correctness` says one of the three. */
  readonly known: number;
  readonly correct: MeasureValue;
  readonly partial: MeasureValue;
  readonly incorrect: MeasureValue;
}

export interface ReferenceBins {
  /** The reference file's name. */
  readonly reference: string;
  /** The judge run that scored it. */
  readonly judge: string;
  /** The field that questions are told by in both files. */
  readonly question: string;
  /** Questions in both. */
  readonly shared: number;
  /** Of these, those whose mean lies in no bin. */
  readonly outside: number;
  /** Ends of the bins, ascending: [a, b), the last one closed. */
  readonly edges: readonly number[];
  readonly series: readonly { readonly group: number; readonly bins: readonly ReferenceBin[] }[];
}

export interface ReferenceBin {
  readonly from: number;
  readonly to: number;
  /** Questions of the group whose mean in the reference run lies in the bin, and the rollouts with a known correctness. */
  readonly questions: number;
  readonly rollouts: number;
  readonly correct: MeasureValue;
  readonly partial: MeasureValue;
  readonly incorrect: MeasureValue;
}

export interface WorstItem {
  readonly rollout: string;
  readonly turn: number;
  readonly group: number;
  readonly score: number;
  /** Of the record, where it has them. */
  readonly provider: string | null;
  readonly correctness: Correctness | null;
  /** The judge's own words; '' where it gave none. */
  readonly explanation: string;
}

export type Correctness = 'correct' | 'partial' | 'incorrect';
