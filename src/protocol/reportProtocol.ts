import type { AgreementReport } from '../core/agreement/agreementReport';
import type { Rubric } from '../core/labels/rubric';
import type { Answer, RequestOf } from './message';

/** What the report panel draws. Its numbers are those of the CLI: both come from one AgreementReport. */
export interface ReportState {
  /** File name, for the heading. */
  readonly file: string;
  readonly rubric: Rubric;
  /** `null` while it is being computed, or where there is nothing to report (then `empty` says what to do). */
  readonly report: AgreementReport | null;
  readonly empty: string | null;
  /** Labels in all, by rater, and how many of the run's items that is. */
  readonly labels: readonly { readonly rater: string; readonly count: number }[];
  readonly items: number;
}

export interface ReportRequests {
  ready: { params: Record<string, never>; result: ReportState };
  /** Brings the editor to the item of a point (its `unit`). */
  openItem: { params: { readonly unit: string }; result: null };
  /** Computes again from the labels as they are now. */
  refresh: { params: Record<string, never>; result: ReportState };
  copyMarkdown: { params: Record<string, never>; result: null };
}

export type ReportToHost = RequestOf<ReportRequests>;

export type HostToReport = Answer;
