import type { Design, Reveal } from '../subset/manifest';
import type { IntervalKind } from './bootstrap';
import type { Questions } from './questions/questionsOf';

/** The report that the CLI prints, the panel draws and Markdown tells: plain data, made once by `reportAgreement`. */

/** One measure's value; `null` with a reason where it is undefined, never 0 or 1 in its place. */
export interface MeasureValue {
  readonly value: number | null;
  /** 95% interval, `null` with `reason` where none can be given. */
  readonly ci?: readonly [number, number] | null;
  /** How `ci` was made, e.g. "cluster jackknife". */
  readonly method?: string;
  /** The interval that the measure's own source defines, where it does. */
  readonly analyticCi?: readonly [number, number];
  readonly reason?: string;
}

export type Measures = Readonly<Record<string, MeasureValue>>;

/** Both sides at "score ≥ cut": b is the reference (the human), a the judge. Weighted counts where weights are unequal. */
export interface CutTable {
  readonly bothAtOrAbove: number;
  readonly onlyA: number;
  readonly onlyB: number;
  readonly neither: number;
}

export interface ThresholdReport {
  readonly cut: number;
  readonly table: CutTable;
  readonly measures: Measures;
}

/** Items left out of a pair, by cause; each item is counted once, under the first cause that applies. */
export interface Exclusions {
  readonly missing: number;
  readonly offScale: number;
  readonly judgeVisible: number;
  /** Labels from elsewhere, of which nobody knows whether the judge was seen. Absent where there are none. */
  readonly imported?: number;
  readonly cannotAssess?: number;
  readonly stale?: number;
}

/** One item of a pair. `unit` finds it again in the editor. */
export interface PairPoint {
  readonly unit: string;
  readonly a: number;
  readonly b: number;
}

/** Values with the items that a rater could not assess at one end of the scale; `null` where undefined. */
export interface BoundValues {
  readonly measures: Readonly<Record<string, number | null>>;
  readonly thresholds: readonly { readonly cut: number; readonly prevalenceHuman: number | null }[];
}

/** How far the items that a rater could not assess might move the numbers. */
export interface CannotAssessBounds {
  readonly items: number;
  /** Items that the rater said anything of. */
  readonly answered: number;
  readonly scale: { readonly min: number; readonly max: number };
  readonly atMin: BoundValues;
  readonly atMax: BoundValues;
}

export interface PairReport {
  /** The judge, or the first human of a human pair. */
  readonly a: string;
  /** The human; the reference of the cut tables. */
  readonly b: string;
  readonly n: number;
  /** G: the number of clusters the n items lie in. */
  readonly clusters: number;
  /** The items' weights differ. */
  readonly weighted?: true;
  readonly excluded: Exclusions;
  readonly measures: Measures;
  /** The main ones of the same items unweighted; absent where the weights are equal. */
  readonly unweighted?: Measures;
  readonly thresholds: readonly ThresholdReport[];
  /** Where a human could not assess over 5% of the items; told in `warnings` too. */
  readonly cannotAssess?: CannotAssessBounds;
  /** counts[i][j]: items that a put into categories[i] and b into categories[j]; absent where there is no category scale. */
  readonly confusion?: {
    readonly categories: readonly (number | string)[];
    readonly counts: readonly (readonly number[])[];
    /** The sums of the same items' weights, scaled to a mean of 1; absent where the weights are equal. */
    readonly weighted?: readonly (readonly number[])[];
  };
  /** For the scatter; absent in `--json` of tables over 10,000 rows and for text ratings. */
  readonly points?: readonly PairPoint[];
  /** Units that were left out, by cause as in `excluded`; absent where none were, and in tables over 10,000 rows. */
  readonly leftOut?: Readonly<Record<string, readonly string[]>>;
  /** Cautions for this pair, plain sentences: few clusters, no variation, … */
  readonly warnings: readonly string[];
}

/** What a report says of the subset it is about. */
export interface SubsetFacts {
  readonly name: string;
  /** Of the manifest's file: what a paper cites. */
  readonly sha256: string;
  readonly seed: number;
  readonly design: Design;
  /** No numbers of the whole run: the design has no inclusion probabilities. */
  readonly unfit: boolean;
  readonly reveal: Reveal;
  readonly context: string;
  readonly show: readonly string[];
  /** Items that could be drawn, and those drawn (repeats not counted). */
  readonly population: number;
  readonly drawn: number;
  readonly strata: readonly StratumFacts[];
  readonly raters: readonly SubsetRater[];
}

export interface StratumFacts {
  readonly id: string;
  readonly population: number;
  readonly drawn: number;
  /** Column of a rater → items with a rating that may be used. */
  readonly usable: Readonly<Record<string, number>>;
  /** Column of a judge or rater that lost some → the others by cause. */
  readonly lost?: Readonly<Record<string, Exclusions>>;
}

/** How far a rater came. Slots that ask an item again are not counted. */
export interface SubsetRater {
  readonly rater: string;
  readonly slots: number;
  readonly labelled: number;
  readonly skipped: number;
  readonly cannotAssess: number;
  /** First labels that were in when the judge, or the report, was opened; absent where that was after all of them. */
  readonly openedAfter?: number;
}

/** The judge against the average over raters: each number is the unweighted mean of the raters' own. */
export interface AverageReport {
  readonly judge: string;
  /** Those with 30 usable items or more. */
  readonly raters: readonly string[];
  /** Items that the judge and any of them rated. */
  readonly n: number;
  readonly clusters: number;
  readonly measures: Measures;
  readonly thresholds: readonly { readonly cut: number; readonly measures: Measures }[];
}

/** Rows that were averaged into units before anything was compared, and what was left out of them. */
export interface AveragedRows {
  /** The column that names the units. */
  readonly unit: string;
  readonly units: number;
  readonly rows: number;
  /** Ratings that no mean holds. */
  readonly columns: readonly { readonly name: string; readonly offScale: number; readonly missing: number }[];
  /** Rows left out since one of two columns had no usable rating. */
  readonly incomplete: number;
  /** Units in which the columns average different numbers of rows. */
  readonly uneven: number;
  /** Pearson's r of the first two columns over the units' means and over the single rows. */
  readonly correlation?: { readonly means: number; readonly rows: number };
}

/** All humans together. */
export interface OverallReport {
  readonly raters: readonly string[];
  readonly n: number;
  readonly measures: Measures;
}

/** The same comparisons on the units of one group alone. */
export interface GroupReport {
  /** The fields, joined by ", ". */
  readonly by: string;
  /** The group's values of them, likewise; `null`: its units have none. */
  readonly value: string | null;
  readonly averaged?: AveragedRows;
  readonly pairs: readonly PairReport[];
  readonly average?: readonly AverageReport[];
  readonly overall?: OverallReport;
}

/** Items of the run by the judge's score, ascending. */
export interface RunScores {
  readonly judge: string;
  readonly scores: readonly { readonly score: number; readonly items: number }[];
}

export interface AgreementReport {
  readonly source: Readonly<Record<string, unknown>>;
  readonly scale: { readonly min: number; readonly max: number; readonly observed?: boolean } | null;
  readonly seed: number;
  /** Of bootstrap intervals. */
  readonly resamples: number;
  /** How the intervals are made; the cluster jackknife where absent. */
  readonly ci?: IntervalKind;
  /** Intervals are for the items of the file, of means and shares alone; for new rollouts where absent. */
  readonly target?: 'file';
  /** Of the program that made it. */
  readonly version?: string;
  /** What the clusters are, e.g. "prompt_id", "rollout", "row". */
  readonly clusterBy: string;
  /** The ratings are means over rows. */
  readonly averaged?: AveragedRows;
  readonly pairs: readonly PairReport[];
  /** One for each judge; absent where fewer than two raters have 30 usable items. */
  readonly average?: readonly AverageReport[];
  /** All humans together; absent with fewer than two. */
  readonly overall?: OverallReport;
  /** One report a group, where groups were asked for. */
  readonly groups?: readonly GroupReport[];
  /** How often the judge that the questions are about gave each score in the whole run; absent where there is no run. */
  readonly runScores?: RunScores;
  /** The seven questions, answered or refused; absent where they were not asked. */
  readonly questions?: Questions;
  /** The subset that was drawn for it, if any. */
  readonly subset?: SubsetFacts;
  /** Cautions for the whole report, plain sentences: "not a probability sample", "scale 0–8 is the observed range", … */
  readonly notes: readonly string[];
}
