import type { Rubric } from '../core/labels/rubric';
import type { Answer, RequestOf } from './message';

/**
 * Everything that passes between the host and the editor's webview. While the judge is hidden the host fills
 * only what PRODUCT calls the allow-list: role, text, reasoning, tool calls, ordinals and the rater's own state.
 */

/** Which items of the list are shown and gone through. `disagreements` only where the judge is shown. */
export type ListFilter = 'all' | 'open' | 'skipped' | 'flagged' | 'stale' | 'disagreements';

/** Which list the ordinals of a request are from. A request from before the file or the subset changed is refused. */
export interface Scope {
  readonly generation: number;
  readonly criterion: string;
  /** The subset whose slots are the list; `null`: all items of the file. */
  readonly subset: string | null;
  readonly filter: ListFilter;
}

/** How far a rater is in a subset, and how it is shown. */
export interface SubsetState {
  readonly name: string;
  readonly role: 'validation' | 'practice';
  readonly reveal: 'after-subset' | 'after-item' | 'never';
  readonly context: string;
  /** Fields of the record that raters see. */
  readonly show: readonly string[];
  readonly labelled: number;
  readonly skipped: number;
  readonly cannotAssess: number;
  /** Slots whose rollout or turn the file does not hold (any more): they can't be labelled. */
  readonly gone: number;
  /** Every slot is labelled or skipped. */
  readonly complete: boolean;
  /** Labels of this rater given by another version of the rubric. */
  readonly otherRubric: number;
  /** Why the file is no longer what the subset was drawn from: one sentence, `null` where it is (also when appended to). */
  readonly changed: string | null;
  /** Items an hour and minutes left at this pace, from time spent on items; `null` before three labels. */
  readonly pace: { readonly perHour: number; readonly minutesLeft: number } | null;
  /** Labelled or skipped slots by rater, this one first: numbers only. */
  readonly raters: readonly { readonly rater: string; readonly done: number; readonly slots: number }[];
}

/** The session as a whole: small, sent again whenever anything in it changes. */
export interface EditorState {
  readonly generation: number;
  /** Why the file can't be used: one sentence. Then nothing else matters. */
  readonly refused: string | null;
  /** Share of the file scanned, `null` once all of it is. */
  readonly scanning: number | null;
  readonly rubric: Rubric;
  readonly criteria: readonly { readonly criterion: string; readonly items: number }[];
  /** The subset that is open in this tab. */
  readonly subset: SubsetState | null;
  /** All subsets of the file, for the chooser. */
  readonly subsets: readonly {
    readonly name: string;
    readonly criterion: string;
    readonly role: 'validation' | 'practice';
    readonly done: number;
    readonly slots: number;
  }[];
  /** Items of the list: those of the file, or the subset's slots for this rater. */
  readonly items: number;
  /** Rollouts with items of the criterion. */
  readonly rollouts: number;
  readonly done: number;
  readonly rater: string | null;
  readonly proposedRater: string;
  readonly saving: {
    readonly kind: 'saved' | 'held' | 'failed';
    readonly count: number;
    readonly reason: string;
  };
  /** Of this list: a subset has its own. */
  readonly judge: 'hidden' | 'shown';
  /** Why the judge can't be shown in this list now: one sentence; `null` where it can. */
  readonly judgeKept: string | null;
  /** The rater has seen the judge of this file before: labels given now count as seen. */
  readonly exposed: boolean;
  readonly problems: number;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Why nothing can be labelled here: one sentence; `null` where it can. */
  readonly readOnly: string | null;
  /** Single keys that the setting remaps (action → key) or disables (action → ''). */
  readonly keys: Readonly<Record<string, string>>;
  /** An item that was asked for from elsewhere; one with a serial seen before is old news. */
  readonly goTo: {
    readonly serial: number;
    readonly criterion: string;
    readonly subset: string | null;
    /** `null`: to where one goes on. */
    readonly ordinal: number | null;
  } | null;
}

/** `gone`: a slot whose rollout or turn the file does not hold. */
export type ItemState = 'open' | 'done' | 'skipped' | 'gone';

/** A row of the blind list. */
export interface ItemRow {
  readonly ordinal: number;
  readonly turn: number;
  readonly state: ItemState;
  /** The rater's own standing score; 'cannot' for cannot-assess. */
  readonly value: number | 'cannot' | null;
  readonly flagged: boolean;
  /** The judge's score, once it is shown. */
  readonly judge?: number | null;
}

/** A row of the list once the judge is shown: one rollout with items. */
export interface RolloutRow {
  /** Among those rows. */
  readonly index: number;
  readonly id: string;
  readonly detail: string;
  /** Judge scores by turn, `null` where there is none. */
  readonly scores: readonly (number | null)[];
  /** Ordinals [from, to) of its items. */
  readonly from: number;
  readonly to: number;
  readonly done: number;
  readonly flagged: boolean;
}

export type PartView =
  | { readonly kind: 'text'; readonly text: string }
  /** `text` is absent where it is fetched on expanding. */
  | {
      readonly kind: 'reasoning';
      readonly characters: number;
      readonly text?: string;
      readonly open?: string;
      readonly close?: string;
    }
  | { readonly kind: 'reasoning-summary' | 'other'; readonly text: string }
  | { readonly kind: 'reasoning-encrypted'; readonly characters: number }
  | { readonly kind: 'tool-call' | 'tool-result'; readonly name: string; readonly text: string };

export interface MessageView {
  readonly index: number;
  readonly role: string;
  readonly turn?: number;
  readonly parts: readonly PartView[];
}

export interface JudgeView {
  readonly value: number | null;
  readonly explanation: string;
  readonly evidence: string;
  /** UTF-16 span of the evidence in the item's text; `null` where the quote is not in it. */
  readonly span: { readonly start: number; readonly end: number; readonly verbatim: boolean } | null;
  readonly model: string;
  readonly run: string;
}

export interface EvidenceSpan {
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

/** Another rater's standing label of the same item, shown once all are in. */
export interface OtherLabel {
  readonly rater: string;
  readonly value: number | 'cannot';
  readonly note: string;
  /** Given with the judge hidden, without, or nobody knows (imported). */
  readonly judgeVisible: boolean | null;
}

/** The consensus label of an item, and who stored it. */
export interface ConsensusLabel {
  readonly value: number | 'cannot';
  readonly by: string;
}

export interface OwnLabel {
  readonly state: ItemState;
  /** The label as it stands. */
  readonly value: number | 'cannot' | null;
  /** The first label, where it differs from the standing one. */
  readonly first: number | 'cannot' | null;
  readonly note: string;
  readonly flags: readonly string[];
  /** Stretches of the item's text that the rater marked: UTF-16 offsets [start, end). */
  readonly evidence: readonly EvidenceSpan[];
  /** Why judge and human differ, as the rater said after the reveal. */
  readonly cause: string | null;
  /** The label was given by another version of the rubric. */
  readonly otherRubric: boolean;
  /** The item's text, or what stood before it, is not what was read when the label was given. */
  readonly changed: 'text' | 'context' | null;
}

export interface ItemView {
  readonly ordinal: number;
  readonly turn: number;
  readonly messages: readonly MessageView[];
  /** Index into `messages` of the turn in question. */
  readonly target: number;
  /** Later messages exist and are kept back while the rollout has unlabelled items. */
  readonly laterHidden: boolean;
  readonly own: OwnLabel;
  readonly nav: {
    readonly previousRollout: number | null;
    readonly nextRollout: number | null;
    /** The next item without a label, going round at the end; `null` where there is none. */
    readonly nextOpen: number | null;
    /** The neighbours in the list as it is filtered. */
    readonly previous: number | null;
    readonly next: number | null;
  };
  /** Fields that the subset's `show` opts in. */
  readonly opened: readonly { readonly name: string; readonly value: string }[];
  /** Only once the judge is shown. */
  readonly shown?: {
    /** "Item N" where the rollout still has turns to label in a subset. */
    readonly id: string;
    /** The rollout's row in the list. */
    readonly rolloutIndex: number;
    readonly fields: readonly { readonly name: string; readonly value: string }[];
    readonly judges: readonly JudgeView[];
    /** Labels of the other raters; `waiting` of them have not labelled it yet, and until they have none is shown. */
    readonly others: readonly OtherLabel[];
    readonly waiting: number;
    readonly consensus: ConsensusLabel | null;
    /** Whether the raw record may be looked at: not in a subset, it holds the judge's scores of other turns. */
    readonly record: boolean;
  };
}

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
  item: { params: Scope & { readonly ordinal: number }; result: ItemView };
  reasoning: {
    params: Scope & { readonly ordinal: number; readonly message: number; readonly part: number };
    result: string;
  };
  record: { params: Scope & { readonly ordinal: number }; result: string };
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

/** What was undone or redone, in words, and the item it brings one back to. */
export type Undone = {
  readonly criterion: string;
  readonly subset: string | null;
  /** `null` where the file has the item no more. */
  readonly ordinal: number | null;
  readonly what: string;
} | null;

export type RequestName = keyof EditorRequests;

export type ToHost = RequestOf<EditorRequests>;

export type ToWebview = Answer | { readonly kind: 'state'; readonly state: EditorState };
