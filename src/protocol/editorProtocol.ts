import type { Rubric } from '../core/labels/rubric';

/**
 * Everything that passes between the host and the editor's webview. While the judge is hidden the host fills
 * only what PRODUCT calls the allow-list: role, text, reasoning, tool calls, ordinals and the rater's own state.
 */

/** Which list the ordinals of a request are from. A request from before the file changed is refused. */
export interface Scope {
  readonly generation: number;
  readonly criterion: string;
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
  readonly judge: 'hidden' | 'shown';
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
  readonly goTo: { readonly serial: number; readonly criterion: string; readonly ordinal: number } | null;
}

export type ItemState = 'open' | 'done' | 'skipped';

/** A row of the blind list. */
export interface ItemRow {
  readonly ordinal: number;
  readonly turn: number;
  readonly state: ItemState;
  /** The rater's own standing score; 'cannot' for cannot-assess. */
  readonly value: number | 'cannot' | null;
  readonly flagged: boolean;
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

export interface OwnLabel {
  readonly state: ItemState;
  /** The label as it stands. */
  readonly value: number | 'cannot' | null;
  /** The first label, where it differs from the standing one. */
  readonly first: number | 'cannot' | null;
  readonly note: string;
  readonly flags: readonly string[];
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
  };
  /** Only once the judge is shown. */
  readonly shown?: {
    readonly id: string;
    /** The rollout's row in the list. */
    readonly rolloutIndex: number;
    readonly fields: readonly { readonly name: string; readonly value: string }[];
    readonly judges: readonly JudgeView[];
  };
}

/** Acknowledged after the label is on the disk, never before. */
export interface LabelResult {
  readonly phase: 'first' | 'revision';
  readonly nextOpen: number | null;
}

export interface EditorRequests {
  ready: { params: { readonly criterion?: string }; result: EditorState };
  rows: { params: Scope & { readonly from: number; readonly count: number }; result: readonly ItemRow[] };
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
  skip: { params: Scope & { readonly ordinal: number }; result: { readonly nextOpen: number | null } };
  note: { params: Scope & { readonly ordinal: number; readonly text: string }; result: null };
  flag: { params: Scope & { readonly ordinal: number }; result: { readonly set: boolean } };
  undo: { params: Scope; result: Undone };
  redo: { params: Scope; result: Undone };
  criterion: { params: { readonly criterion: string }; result: null };
  rater: { params: { readonly name: string }; result: { readonly refused: string | null } };
  judge: { params: { readonly show: boolean }; result: null };
  openReport: { params: { readonly confirmed: boolean }; result: { readonly confirm: string | null } };
  retrySaving: { params: Record<string, never>; result: null };
  copyUnsaved: { params: Record<string, never>; result: null };
  showProblems: { params: Record<string, never>; result: null };
}

/** What was undone or redone, in words, and the item it brings one back to. */
export type Undone = {
  readonly criterion: string;
  /** `null` where the file has the item no more. */
  readonly ordinal: number | null;
  readonly what: string;
} | null;

export type RequestName = keyof EditorRequests;

export type ToHost = {
  readonly [K in RequestName]: {
    readonly id: number;
    readonly name: K;
    readonly params: EditorRequests[K]['params'];
  };
}[RequestName];

export type ToWebview =
  | { readonly kind: 'result'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly message: string }
  | { readonly kind: 'state'; readonly state: EditorState };
