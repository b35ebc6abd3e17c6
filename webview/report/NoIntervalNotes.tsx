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
  const [usual] = [...names].sort((left, right) => right[1].length - left[1].length);
  if (!usual) return null;
  // With too few clusters nothing has an interval, and each measure would say so with another count.
  if (Object.values(measures).every(measure => !measure.ci)) {
    return (
      <p class="note">
        {names.size > 1 ? `No interval for any of these; for most: ${usual[0]}.` : `${upperFirst(usual[0])}.`}
      </p>
    );
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

function upperFirst(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
