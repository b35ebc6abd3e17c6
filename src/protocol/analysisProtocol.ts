import type { AnalysisReport, ScoreSource } from '../core/analysis/analysisReport';
import type { ItemsBehind } from '../core/figures/figure';
import type { Rubric } from '../core/labels/rubric';
import type { Answer, RequestOf } from './message';
import type { ReportProgress } from './reportProtocol';

/** What the reader chose: the numbers are counted anew where it changes. */
export interface AnalysisChoice {
  readonly scores: ScoreSource;
  /** Whose labels are used where scores are human or corrected; `null`: those outside any subset. */
  readonly subset: string | null;
  /** `null`: the usual ones. */
  readonly by: readonly string[] | null;
  /** `null`: those of the rubric. */
  readonly thresholds: readonly number[] | null;
  readonly survivorsOnly: boolean;
  /** A regular expression; `null`: the self-deletion command. */
  readonly event: string | null;
  /** A field that holds a turn. */
  readonly align: string | null;
  /** What the others are compared with; `usual`: a value that says baseline or control, if there is one. */
  readonly compare: { readonly field: string; readonly baseline: string } | 'usual' | 'none';
}

/** What can be chosen of a run. */
export interface AnalysisOffers {
  /** Fields with 2 to 12 values, and those. */
  readonly fields: readonly { readonly field: string; readonly values: readonly string[] }[];
  /** Fields that hold a turn number wherever they hold something. */
  readonly turnFields: readonly string[];
  /** Validation subsets of the criterion. */
  readonly subsets: readonly string[];
}

/** What the analysis page draws. Its numbers are those of the CLI: both come from one AnalysisReport. */
export interface AnalysisState {
  /** File name, for the heading. */
  readonly file: string;
  readonly rubric: Rubric;
  /** What it was counted by. */
  readonly choice: AnalysisChoice;
  readonly offers: AnalysisOffers;
  /** The comparison that `compare: usual` came to. */
  readonly compared: { readonly field: string; readonly baseline: string } | null;
  /** Name of the reference run's file. */
  readonly reference: string | null;
  /** `null` where there is nothing to report; then `empty` says why. */
  readonly report: AnalysisReport | null;
  readonly empty: string | null;
}

/** The same on its way to the page: `report` is JSON, which is passed on much faster than its objects. */
export type CountedAnalysis = Omit<AnalysisState, 'report'> & { readonly report: string | null };

export interface AnalysisRequests {
  /** Counts by this choice (`null`: the usual one), or gives what is counted by it already; `null` where it was cancelled. */
  ready: { params: { readonly choice: AnalysisChoice | null }; result: CountedAnalysis | null };
  /** The same, always counted anew. */
  refresh: { params: { readonly choice: AnalysisChoice | null }; result: CountedAnalysis | null };
  /** Ends the computation that is under way, if any. */
  cancel: { params: Record<string, never>; result: null };
  /** Brings the editor to the items behind a mark. */
  openItems: { params: { readonly behind: ItemsBehind }; result: null };
  /** The tables. */
  copyMarkdown: { params: Record<string, never>; result: null };
  /** Asks for a folder and writes each figure as SVG; their number, `null`: not saved. */
  saveFigures: { params: Record<string, never>; result: number | null };
  /** Asks for the reference run's file; whether there is another now. It is counted at the next `ready`. */
  chooseReference: { params: Record<string, never>; result: boolean };
  dropReference: { params: Record<string, never>; result: null };
}

export type AnalysisToHost = RequestOf<AnalysisRequests>;

export type HostToAnalysis = Answer | { readonly kind: 'progress'; readonly progress: ReportProgress };
