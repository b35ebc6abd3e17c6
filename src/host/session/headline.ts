import { headlineRun, judgeRunName } from '../../core/agreement/judgeRuns';
import type { Place } from './queue';
import type { SessionState } from './sessionState';

/** The headline judge run. Counted over the whole run, so only again when more of it has been scanned: not for every page of rows. */
export function headlineOf(state: SessionState, criterion: string): string | null {
  const { rollouts } = state.directory;
  const known = state.headline.get(criterion);
  if (known?.rollouts === rollouts.length) return known.run;
  const run = headlineRun(rollouts, criterion);
  state.headline.set(criterion, { rollouts: rollouts.length, run });
  return run;
}

/** The headline run's score of an item; `null` where it gave none. */
export function headlineScore(state: SessionState, { summary, key }: Place): number | null {
  const run = headlineOf(state, key.criterion);
  const score = summary.judge.find(
    each =>
      each.turn === key.turn &&
      each.part === key.part &&
      each.criterion === key.criterion &&
      each.value !== null &&
      judgeRunName(each) === run,
  );
  return score?.value ?? null;
}
