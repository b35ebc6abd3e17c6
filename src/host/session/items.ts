import type { Rubric } from '../../core/labels/rubric';
import { labelsOf } from '../../core/labels/labelIndex';
import type { SlotLabels } from '../../core/labels/labelIndex';
import { loadRollout } from '../../core/rollout/runScan';
import type { RolloutSummary } from '../../core/rollout/runScan';
import { itemRange } from '../../core/rollout/runDirectory';
import type { ItemKey } from '../../core/rollout/item';
import type { Rollout } from '../../core/rollout/rollout';
import type { ItemState } from '../../protocol/editorProtocol';
import type { SessionState } from './sessionState';

/** Item number `ordinal` of a criterion: its rollout's summary and its key. Throws for one that is not there. */
export function itemAt(
  state: SessionState,
  rubric: Rubric,
  ordinal: number,
): { summary: RolloutSummary; index: number; key: ItemKey } {
  const list = state.directory.items[rubric.part];
  const index = list.rollout[ordinal];
  const turn = list.turn[ordinal];
  const summary = index === undefined ? undefined : state.directory.rollouts[index];
  if (index === undefined || turn === undefined || !summary)
    throw new Error(`There is no item ${String(ordinal + 1)}.`);
  return {
    summary,
    index,
    key: { rollout: summary.id, turn, part: rubric.part, criterion: rubric.criterion },
  };
}

/** The ordinal of an item, `null` where the file has no such item (any more). */
export function ordinalOf(state: SessionState, rubric: Rubric, rollout: string, turn: number): number | null {
  const index = state.directory.byId.get(rollout);
  if (index === undefined) return null;
  const list = state.directory.items[rubric.part];
  const { from, to } = itemRange(list, index);
  for (let ordinal = from; ordinal < to; ordinal++) if (list.turn[ordinal] === turn) return ordinal;
  return null;
}

/** What this session's rater has said of an item outside any subset. */
export function ownLabels(state: SessionState, key: ItemKey): SlotLabels | null {
  return state.store && state.rater !== null ? labelsOf(state.store.index, state.rater, key) : null;
}

export function itemState(labels: SlotLabels | null): ItemState {
  if (labels?.current) return 'done';
  return labels?.skipped === true ? 'skipped' : 'open';
}

/** The next open item after `ordinal`, going round at the end; skipped ones are passed over. `null` where there is none. */
export function nextOpen(state: SessionState, rubric: Rubric, ordinal: number): number | null {
  const count = state.directory.items[rubric.part].turn.length;
  if ((state.done.get(rubric.criterion) ?? 0) >= count && state.scanning === null) return null;
  for (let step = 1; step <= count; step++) {
    const candidate = (ordinal + step) % count;
    if (itemState(ownLabels(state, itemAt(state, rubric, candidate).key)) === 'open') return candidate;
  }
  return null;
}

const keptRollouts = 4;

/** The rollout on the screen and the few before it stay parsed; any other is read again by its range. */
export async function rolloutOf(
  state: SessionState,
  summary: RolloutSummary,
): Promise<{ rollout: Rollout; text: string }> {
  const there = state.loaded.get(summary.id);
  if (there) return there;
  const { source } = state;
  if (!source) throw new Error('The file is not open.');
  const read = await loadRollout(source, summary);
  // What was read of a file that has been opened anew since is not kept: its ids may stand for other text now.
  if (state.source !== source) return read;
  state.loaded.set(summary.id, read);
  for (const oldest of state.loaded.keys()) {
    if (state.loaded.size <= keptRollouts) break;
    state.loaded.delete(oldest);
  }
  return read;
}
