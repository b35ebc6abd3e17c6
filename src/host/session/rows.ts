import { headlineRun, judgeRunName } from '../../core/agreement/judgeRuns';
import { itemRange } from '../../core/rollout/runDirectory';
import type { Rubric } from '../../core/labels/rubric';
import type { ItemRow, RolloutRow } from '../../protocol/editorProtocol';
import { itemAt, itemState, ownLabels } from './items';
import type { SessionState } from './sessionState';

/** Rows [from, from + count) of the blind list. */
export function itemRows(state: SessionState, rubric: Rubric, from: number, count: number): ItemRow[] {
  const end = Math.min(from + count, state.directory.items[rubric.part].turn.length);
  const rows: ItemRow[] = [];
  for (let ordinal = from; ordinal < end; ordinal++) {
    const { key } = itemAt(state, rubric, ordinal);
    const labels = ownLabels(state, key);
    const current = labels?.current ?? null;
    rows.push({
      ordinal,
      turn: key.turn,
      state: itemState(labels),
      value: current === null ? null : current.kind === 'score' ? current.value : 'cannot',
      flagged: (labels?.flags.length ?? 0) > 0,
    });
  }
  return rows;
}

/** Rows [from, from + count) of the list by rollout, those with items of the criterion. Only for a session whose judge is shown: throws otherwise. */
export function rolloutRows(state: SessionState, rubric: Rubric, from: number, count: number): RolloutRow[] {
  if (!state.judgeShown) throw new Error('The judge is hidden.');
  const run = headlineOf(state, rubric.criterion);
  const list = state.directory.items[rubric.part];
  return list.withItems.slice(from, from + count).flatMap((rollout, at): RolloutRow[] => {
    const summary = state.directory.rollouts[rollout];
    if (!summary) return [];
    const range = itemRange(list, rollout);
    const own = itemRows(state, rubric, range.from, range.to - range.from);
    const scores: (number | null)[] = Array.from({ length: summary.turns }, () => null);
    for (const score of summary.judge) {
      if (score.criterion === rubric.criterion && judgeRunName(score) === run)
        scores[score.turn - 1] ??= score.value;
    }
    return [
      {
        index: from + at,
        id: summary.id,
        detail: ['condition', 'provider', 'correctness']
          .map(name => summary.fields[name])
          .filter(value => value !== undefined)
          .join(' · '),
        scores,
        ...range,
        done: own.filter(row => row.state === 'done').length,
        flagged: own.some(row => row.flagged),
      },
    ];
  });
}

/** Counted over the whole run, so only again when more of it has been scanned: not for every page of rows. */
function headlineOf(state: SessionState, criterion: string): string | null {
  const { rollouts } = state.directory;
  const known = state.headline.get(criterion);
  if (known?.rollouts === rollouts.length) return known.run;
  const run = headlineRun(rollouts, criterion);
  state.headline.set(criterion, { rollouts: rollouts.length, run });
  return run;
}
