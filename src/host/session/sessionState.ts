import type { ByteSource } from '../../core/bytes/byteSource';
import type { Rubric } from '../../core/labels/rubric';
import type { RunDirectory } from '../../core/rollout/runDirectory';
import type { Rollout } from '../../core/rollout/rollout';
import type { LabelStore } from '../../disk/labelStore';

/** What a session takes from outside; tests give their own clock and ids. */
export interface SessionEnvironment {
  openSource(): Promise<ByteSource & { close(): Promise<void> }>;
  /** The file's name, for source.json. */
  readonly fileName: string;
  /** `null` where the place can't hold labels; then `readOnly` says why. */
  openStore(): Promise<LabelStore | null>;
  readonly readOnly: string | null;
  writeSourceFile(content: string): Promise<void>;
  readonly rubrics: readonly Rubric[];
  now(): Date;
  newId(): string;
  rater(): { readonly name: string | null; readonly proposed: string };
  /** Keeps the person's choice; rejects where it can't be kept. */
  saveRater(name: string): Promise<void>;
  readonly maxLineBytes: number;
  /** Keys that the setting remaps or disables, as it is now. */
  keys(): Readonly<Record<string, string>>;
}

/** What can be undone: events to retract, and where that brings the person back to. */
export interface UndoEntry {
  readonly targets: readonly string[];
  readonly rollout: string;
  readonly turn: number;
  readonly criterion: string;
  readonly what: string;
}

/** A session's state: one for each rollout file, shared by its tabs. */
export interface SessionState {
  generation: number;
  refused: string | null;
  scanning: number | null;
  directory: RunDirectory;
  source: (ByteSource & { close(): Promise<void> }) | null;
  store: LabelStore | null;
  rater: string | null;
  judgeShown: boolean;
  /** An item that a report or link asked for; each ask has a higher serial. */
  goTo: { readonly serial: number; readonly criterion: string; readonly ordinal: number } | null;
  undo: UndoEntry[];
  redo: UndoEntry[];
  /** Labelled or skipped items by criterion, of this rater. */
  done: Map<string, number>;
  /** The headline judge run by criterion, of as many rollouts as were there when it was counted. */
  readonly headline: Map<string, { readonly rollouts: number; readonly run: string | null }>;
  /** The rollouts looked at last, newest last. */
  readonly loaded: Map<string, { readonly rollout: Rollout; readonly text: string }>;
}
