import { refuseRater, slugPattern } from '../labels/labelEvent';
import { contextSchema } from './manifest';
import type { Design } from './manifest';
import type { SubsetOptions } from './plan';

/** Why no file at all can give a subset of these options, in one sentence; `null` where some may. */
export function refuseOptions(options: SubsetOptions): string | null {
  return (
    refuseDesign(options.design) ?? refuseShown(options) ?? refuseRaters(options) ?? refuseRepeats(options)
  );
}

const whole = (value: number, least: number): boolean => Number.isSafeInteger(value) && value >= least;

function refuseDesign(design: Design): string | null {
  const { kind, n, maxPerRollout, bins, by = [], allocation, threshold } = design;
  if (!whole(n, 1)) return 'A subset needs at least one item.';
  if (maxPerRollout !== undefined && !whole(maxPerRollout, 1))
    return 'The most items of a rollout is a whole number, 1 or more.';
  if (bins?.some((low, index) => !Number.isFinite(low) || low <= (bins[index - 1] ?? -Infinity)))
    return 'Judge-score bins are given by their lower ends, each above the one before.';
  if (threshold !== undefined && !Number.isFinite(threshold)) return 'The threshold is not a number.';
  if (kind === 'stratified' && by.length === 0)
    return 'A stratified design needs the fields that make its strata.';
  if (new Set(by).size < by.length) return 'A field can make the strata only once.';
  if (kind === 'balanced' && allocation === 'proportional')
    return 'A balanced design is allocated half or equal; stratify by “judge” for a proportional one.';
  return null;
}

function refuseShown({ name, seed, context, show }: SubsetOptions): string | null {
  if (!slugPattern.test(name))
    return 'A subset’s name is 1 to 40 of a–z, 0–9 and -, beginning with a letter or digit.';
  if (!Number.isSafeInteger(seed)) return 'The seed is not a whole number.';
  if (!contextSchema.safeParse(context).success)
    return 'The context is “full”, “response-only” or “previous-k” with a number for k.';
  if (new Set(show).size < show.length) return 'A field is shown twice.';
  return null;
}

function refuseRaters({ raters, overlap }: SubsetOptions): string | null {
  for (const rater of raters) {
    const why = refuseRater(rater);
    if (why !== null) return `“${rater}” can’t be a rater: ${why}`;
  }
  if (new Set(raters).size < raters.length) return 'A rater is named twice.';
  if (overlap === null) return null;
  if (!whole(overlap, 1)) return 'The raters of an item are a whole number, 1 or more.';
  if (raters.length === 0) return 'The number of raters an item needs the raters’ names.';
  if (overlap > raters.length)
    return `Each item can’t have ${String(overlap)} raters: ${String(raters.length)} are named.`;
  return null;
}

function refuseRepeats({ repeats, role, reveal, design }: SubsetOptions): string | null {
  if (!whole(repeats, 0)) return 'The number of repeats is a whole number, 0 or more.';
  if (repeats === 0) return null;
  if (role === 'practice')
    return 'A practice subset has no repeats: it shows the judge after each item, before a repeat would come.';
  if (reveal === 'after-item')
    return 'Repeats don’t go with showing the judge after each item: both of a pair have to be given blind.';
  if (repeats > design.n) return `${String(repeats)} repeats don’t fit: an item is repeated at most once.`;
  return null;
}
