import type { Measures } from '../../src/core/agreement/agreementReport';
import { noIntervalReason } from './measureText';
import { measureWords } from './measureWords';
import type { Sides } from './sides';

/** Under a compact table: why some of its measures have no interval, each reason once. */
export function NoIntervalNotes({ measures, sides }: { readonly measures: Measures; readonly sides: Sides }) {
  const names = new Map<string, string[]>();
  for (const [id, measure] of Object.entries(measures)) {
    if (measure.value === null || measure.ci) continue;
    const reason = noIntervalReason(measure, sides);
    names.set(reason, [...(names.get(reason) ?? []), measureWords(id, sides).name]);
  }
  return (
    <>
      {[...names].map(([reason, measureNames]) => (
        <p key={reason} class="note">
          {measureNames.join(', ')}: {reason}.
        </p>
      ))}
    </>
  );
}
