import type { Rubric } from '../core/labels/rubric';
import type { ListFilter } from './listFilter';

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
  /** The items picked last in a report, where they are of this list and their judge is shown. */
  readonly picked: { readonly serial: number; readonly title: string; readonly items: number } | null;
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
    /** The filter to go through the list with; `null`: as it is. */
    readonly filter: ListFilter | null;
  } | null;
}
