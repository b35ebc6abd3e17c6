import type { LabelPart } from '../core/labels/labelParts';
import type { Rubric } from '../core/labels/rubric';
import type { RolloutSummary } from '../core/rollout/runScan';
import type { ManifestSlot, Subset } from '../core/subset/manifest';
import type { AnalysisChoice, CountedAnalysis } from './analysisProtocol';
import type { CountedReport, ReportProgress } from './reportProtocol';

/** What one report is about. */
export interface ReportJob {
  /** Of the rollout file, which the worker opens itself. */
  readonly path: string;
  /** Its name in the report. */
  readonly file: string;
  readonly rubric: Rubric;
  /** Without its items, which follow in parts; `null`: the labels outside any subset. */
  readonly subset: Subset | null;
  /** Items of the criterion in the file. */
  readonly items: number;
  /** Of the program, for the methods paragraph. */
  readonly version: string;
  /** An analysis is wanted in place of the agreement report. */
  readonly analysis?: AnalysisAsked;
}

/** What an analysis needs besides. */
export interface AnalysisAsked {
  readonly choice: AnalysisChoice;
  /** Validation subsets of the criterion, by name. */
  readonly subsets: readonly string[];
  /** Path of the reference run's file. */
  readonly reference: string | null;
}

/** What the worker is told, in this order and each when it asks: a run in parts that are soon cloned, then the word to count. */
export type ToReportWorker =
  | { readonly kind: 'job'; readonly job: ReportJob }
  | { readonly kind: 'rollouts'; readonly rollouts: readonly RolloutSummary[] }
  | { readonly kind: 'slots'; readonly slots: readonly ManifestSlot[] }
  /** All labels follow; those that came before are void. */
  | { readonly kind: 'labels' }
  | { readonly kind: 'part'; readonly part: LabelPart }
  | { readonly kind: 'count' };

/** What a computation gives. */
export interface MadeReport {
  readonly counted: CountedReport;
  /** The report as Markdown; `null` where there is none. */
  readonly markdown: string | null;
}

export interface MadeAnalysis {
  readonly counted: CountedAnalysis;
  /** Its tables as Markdown; `null` where there are none. */
  readonly markdown: string | null;
}

export type FromReportWorker =
  /** It has taken in what it was told, and waits for the next part. */
  | { readonly kind: 'next' }
  | { readonly kind: 'progress'; readonly progress: ReportProgress }
  | ({ readonly kind: 'made' } & MadeReport)
  | ({ readonly kind: 'analysed' } & MadeAnalysis)
  /** It can't be made: why, in a sentence. */
  | { readonly kind: 'failed'; readonly message: string };
