import type { AgreementReport } from '../core/agreement/agreementReport';
import type { ItemsBehind } from '../core/figures/figure';
import type { Rubric } from '../core/labels/rubric';
import type { Answer, RequestOf } from './message';

/** What the report panel draws. Its numbers are those of the CLI: both come from one AgreementReport. */
export interface ReportState {
  /** File name, for the heading. */
  readonly file: string;
  readonly rubric: Rubric;
  /** `null` where there is nothing to report; then `empty` says what to do. */
  readonly report: AgreementReport | null;
  readonly empty: string | null;
  /** Labels in all, by rater, and how many of the run's items that is. */
  readonly labels: readonly { readonly rater: string; readonly count: number }[];
  readonly items: number;
}

/** The same on its way to the page: `report` is JSON, since a string of a megabyte is passed on much faster than its objects. */
export type CountedReport = Omit<ReportState, 'report'> & { readonly report: string | null };

/** How far a computation has come, stage by stage in this order. */
export interface ReportProgress {
  readonly stage: 'scanning' | 'rollouts' | 'texts' | 'items' | 'comparisons' | 'questions';
  readonly done: number;
  readonly total: number;
}

export interface ReportRequests {
  /** `null` where the computation was cancelled. */
  ready: { params: Record<string, never>; result: CountedReport | null };
  /** Brings the editor to the items behind a mark or a count: to the one, or to a list of them. */
  openItems: { params: { readonly behind: ItemsBehind }; result: null };
  /** Computes again from the labels as they are now, and ends a computation that is under way; `null` as above. */
  refresh: { params: Record<string, never>; result: CountedReport | null };
  /** Ends the computation that is under way, if any. */
  cancel: { params: Record<string, never>; result: null };
  copyMarkdown: { params: Record<string, never>; result: null };
  /** The methods paragraph alone. */
  copyMethods: { params: Record<string, never>; result: null };
  /** Asks where to, and writes the report as Markdown with its figures at a cut, or as JSON. The file's name; `null`: not saved. */
  saveMarkdown: { params: { readonly cut: number | null }; result: string | null };
  saveJson: { params: Record<string, never>; result: string | null };
}

export type ReportToHost = RequestOf<ReportRequests>;

export type HostToReport = Answer | { readonly kind: 'progress'; readonly progress: ReportProgress };
