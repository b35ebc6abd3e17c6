import { askForJudge } from './askForJudge';
import { openEditor } from './openEditor';
import { disagreements, everyDisagreement } from './session/disagreements';
import { revealOf } from './session/reveal';
import type { SharedSession } from './sharedSessions';

/** Brings a file's editor to the disagreements of a list, the farthest apart first; asks to show the judge where it is hidden. */
export async function reviewDisagreements(
  { session, uri }: SharedSession,
  criterion: string,
  subset: string | null,
): Promise<void> {
  const list = session.state.subsets.some(({ manifest }) => manifest.name === subset) ? subset : null;
  // There the judge of what is labelled is shown already.
  const isByItem = revealOf(session.queue(criterion, list)) === 'after-item';
  const why = 'The disagreements of judge and human are told by the judge’s scores.';
  if (!isByItem && !(await askForJudge(session, criterion, list, why))) return;
  const [first] = disagreements(session.state, session.queue(criterion, list));
  session.goTo(criterion, list, first?.ordinal ?? null, everyDisagreement);
  await openEditor(uri);
}
