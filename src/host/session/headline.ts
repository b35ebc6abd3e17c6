import { headlineRun } from '../../core/agreement/judgeRuns';
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
