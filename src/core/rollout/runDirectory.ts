import type { Part } from '../labels/rubric';
import type { Problem } from './problem';
import type { RolloutSummary, ScanBatch } from './runScan';

/** The rollouts of a file as far as it has been scanned, and its items by ordinal. Grows; ordinals never change. */
export interface RunDirectory {
  readonly rollouts: RolloutSummary[];
  readonly problems: Problem[];
  readonly items: Readonly<Record<Part, ItemList>>;
  readonly byId: Map<string, number>;
}

/** Items of one part in (file, turn) order: entry i is item i. */
export interface ItemList {
  /** Index into `rollouts`. */
  readonly rollout: number[];
  readonly turn: number[];
  /** For each rollout, the ordinal of its first item (or of the next one, where it has none). */
  readonly start: number[];
  /** Indexes of the rollouts that have any. */
  readonly withItems: number[];
}

const newItemList = (): ItemList => ({ rollout: [], turn: [], start: [], withItems: [] });

export function newRunDirectory(): RunDirectory {
  return {
    rollouts: [],
    problems: [],
    items: { response: newItemList(), reasoning: newItemList() },
    byId: new Map(),
  };
}

/** Takes in what a scan found next. */
export function extendDirectory(directory: RunDirectory, batch: ScanBatch): void {
  // One by one: a file of garbage has more problems in a batch than a call may have arguments.
  for (const problem of batch.problems) directory.problems.push(problem);
  for (const summary of batch.rollouts) {
    const at = directory.rollouts.push(summary) - 1;
    directory.byId.set(summary.id, at);
    addItems(directory.items.response, at, summary.responseTurns);
    addItems(directory.items.reasoning, at, summary.reasoningTurns);
  }
}

function addItems(list: ItemList, rollout: number, turns: readonly number[]): void {
  list.start.push(list.turn.length);
  if (turns.length > 0) list.withItems.push(rollout);
  for (const turn of turns) {
    list.rollout.push(rollout);
    list.turn.push(turn);
  }
}

/** Ordinals [from, to) of a rollout's items. */
export function itemRange(list: ItemList, rollout: number): { from: number; to: number } {
  return { from: list.start[rollout] ?? list.turn.length, to: list.start[rollout + 1] ?? list.turn.length };
}
