import type { EditorState } from './editorState';
import type { EvidenceSpan, ItemView } from './itemView';
import type { Scope } from './listFilter';
import type { ItemRow, ReviewCounts, RolloutRow } from './listRows';
import type { Answer } from './message';
import type { RawFieldView, RawForm, RawPart, RawPath, RecordPlace } from './rawRecord';
import type { SearchNews } from './searchProtocol';
import type { TextHeuristics } from '../core/legibility/textHeuristics';
import type { SearchQuery } from '../core/search/searchQuery';

/*
 * Everything that passes between the host and the editor's webview. While the judge is hidden the host fills
 * only what PRODUCT calls the allow-list: role, text, reasoning, tool calls, ordinals and the rater's own state.
 */

/** Acknowledged after the label is on the disk, never before. */
export interface LabelResult {
  readonly phase: 'first' | 'revision';
  readonly nextOpen: number | null;
  /** The item to go on to, so that it need not be asked for; `null` where one stays. */
  readonly next: ItemView | null;
  /** The judge of this item is shown now: the next key goes on. */
  readonly revealed: boolean;
}

export interface EditorRequests {
  ready: {
    params: { readonly criterion?: string; readonly subset?: string | null };
    result: EditorState;
  };
  /** Rows [from, from + count) of the list as it is filtered, and how many there are. */
  rows: {
    params: Scope & { readonly from: number; readonly count: number };
    result: { readonly total: number; readonly rows: readonly ItemRow[] };
  };
  rolloutRows: {
    params: Scope & { readonly from: number; readonly count: number };
    result: readonly RolloutRow[];
  };
  /** How many items a query takes, or in one sentence why it can't be asked. Only with a query as the filter. */
  query: {
    params: Scope;
    result: { readonly items: number; readonly refused: string | null };
  };
  /** What a query may ask for now: nothing of the record while the judge is hidden. */
  queryWords: { params: Scope; result: QueryWords };
  /** How far the review is. Only with the filter for disagreements. */
  review: { params: Scope; result: ReviewCounts };
  item: { params: Scope & { readonly ordinal: number }; result: ItemView };
  reasoning: {
    params: Scope & { readonly ordinal: number; readonly message: number; readonly part: number };
    result: string;
  };
  /** Of the item's chain of thought. Only where its judge is shown. */
  heuristics: { params: Scope & { readonly ordinal: number }; result: TextHeuristics };
  /** Of the item's record; this and the next three only where the judge is shown, outside subsets. */
  record: { params: Scope & { readonly ordinal: number }; result: RecordPlace };
  recordFields: {
    params: Scope & { readonly ordinal: number; readonly path: RawPath; readonly from: number };
    result: { readonly total: number; readonly fields: readonly RawFieldView[] };
  };
  recordPart: {
    params: Scope & RawText & { readonly from: number; readonly count: number };
    result: RawPart;
  };
  copyRecord: { params: Scope & RawText; result: Copied };
  /** Puts the item's text on the clipboard, to the letter. */
  copyText: { params: Scope & { readonly ordinal: number }; result: Copied };
  label: {
    params: Scope & {
      readonly ordinal: number;
      readonly value: number | 'cannot';
      readonly elapsedMs: number;
    };
    result: LabelResult;
  };
  skip: {
    params: Scope & { readonly ordinal: number };
    result: { readonly nextOpen: number | null; readonly next: ItemView | null };
  };
  /** Seen in a spot-check, nothing to label; one that is dismissed is not any more. */
  dismiss: {
    params: Scope & { readonly ordinal: number };
    result: { readonly dismissed: boolean; readonly nextOpen: number | null; readonly next: ItemView | null };
  };
  note: { params: Scope & { readonly ordinal: number; readonly text: string }; result: null };
  /** Replaces the item's evidence. Each quote must be the text at its offsets. */
  evidence: {
    params: Scope & { readonly ordinal: number; readonly spans: readonly EvidenceSpan[] };
    result: null;
  };
  /** Says why judge and human differ; `null` takes it back. Only where the judge is shown. */
  cause: { params: Scope & { readonly ordinal: number; readonly code: string | null }; result: null };
  /** Stores the label that the raters settled on, as the rater `consensus`. Only where the judge is shown. */
  consensus: {
    params: Scope & { readonly ordinal: number; readonly value: number | 'cannot' };
    result: null;
  };
  flag: { params: Scope & { readonly ordinal: number }; result: { readonly set: boolean } };
  undo: { params: Scope; result: Undone };
  redo: { params: Scope; result: Undone };
  /** Searches what the list shows its rater now, in place of the tab's search before; results come as `SearchNews`. */
  search: { params: Scope & { readonly query: SearchQuery }; result: { readonly serial: number } };
  /** Puts a link to the item on the clipboard. */
  copyLink: { params: Scope & { readonly ordinal: number }; result: null };
  searchStop: { params: Record<string, never>; result: null };
  /** Changes the tab's list. */
  list: { params: { readonly criterion: string; readonly subset: string | null }; result: null };
  rater: { params: { readonly name: string }; result: { readonly refused: string | null } };
  /** Shows or hides the judge in this list; gives what has to be confirmed first. */
  judge: {
    params: Scope & { readonly show: boolean; readonly confirmed: boolean };
    result: { readonly confirm: string | null };
  };
  newSubset: { params: Record<string, never>; result: null };
  openReport: { params: { readonly confirmed: boolean }; result: { readonly confirm: string | null } };
  retrySaving: { params: Record<string, never>; result: null };
  copyUnsaved: { params: Record<string, never>; result: null };
  showProblems: { params: Record<string, never>; result: null };
}

interface RawText {
  readonly ordinal: number;
  readonly path: RawPath;
  readonly form: RawForm;
}

/** How much is on the clipboard now. */
export interface Copied {
  readonly characters: number;
}

/** What was undone or redone, in words, and the item it brings one back to. */
export type Undone = {
  readonly criterion: string;
  readonly subset: string | null;
  /** `null` where the file has the item no more. */
  readonly ordinal: number | null;
  readonly what: string;
} | null;

export interface QueryWords {
  readonly keys: readonly string[];
  /** Fields of the records with some of their values. */
  readonly fields: readonly { readonly name: string; readonly values: readonly string[] }[];
}

export type RequestName = keyof EditorRequests;

export type ToWebview =
  Answer | { readonly kind: 'state'; readonly state: EditorState } | SearchNews | PageAction;

/** What a command asks the page to do with the item on its screen. */
export interface PageAction {
  readonly kind: 'act';
  readonly action: 'copyLink';
}
