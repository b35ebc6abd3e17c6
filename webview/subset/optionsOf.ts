import type { Design } from '../../src/core/subset/manifest';
import type { SubsetOptions } from '../../src/core/subset/plan';
import { usesScores } from './designChoices';
import { isWhole, namesOf, repeatsPossible } from './subsetForm';
import type { SubsetForm } from './subsetForm';

/** A sentence for each field whose text is no value. */
export type FieldProblems = Readonly<Partial<Record<keyof SubsetForm, string>>>;

/** What the fields ask for, or what is wrong with their numbers. Whatever else can be wrong, the plan says. */
export function optionsOf(form: SubsetForm): { options: SubsetOptions } | { problems: FieldProblems } {
  const problems = problemsOf(form);
  if (Object.keys(problems).length > 0) return { problems };
  const raters = namesOf(form.raters);
  const overlap = Number(form.overlap);
  return {
    options: {
      name: form.name.trim(),
      role: form.role,
      seed: Number(form.seed),
      design: designOf(form),
      repeats: repeatsPossible(form) ? Number(form.repeats) : 0,
      reveal: form.role === 'practice' ? 'after-item' : form.reveal,
      context: form.context === 'previous' ? `previous-${String(Number(form.previous))}` : form.context,
      show: form.show,
      raters,
      overlap: form.overlap !== '' && overlap < raters.length ? overlap : null,
    },
  };
}

function designOf(form: SubsetForm): Design {
  const { kind } = form;
  const capped = kind === 'two-stage' ? form.perCluster : form.perRollout.trim();
  const cutting = kind === 'uncertainty' || kind === 'negative-audit';
  return {
    kind,
    n: Number(form.n),
    ...(kind === 'stratified' ? { by: [...form.by], allocation: form.allocation } : {}),
    ...(kind === 'balanced' ? { allocation: form.balance } : {}),
    ...(kind === 'two-stage' ? { cluster: form.cluster } : {}),
    ...(capped === '' ? {} : { maxPerRollout: Number(capped) }),
    ...(cutting ? { threshold: Number(form.threshold) } : {}),
    ...(form.judge !== '' && usesScores(form) ? { judge: form.judge } : {}),
  };
}

function problemsOf(form: SubsetForm): FieldProblems {
  const { kind } = form;
  const problems: Partial<Record<keyof SubsetForm, string>> = {};
  if (form.name.trim() === '') problems.name = 'The subset needs a name.';
  if (!isWhole(form.n, 1)) problems.n = 'A whole number, 1 or more.';
  if (kind === 'two-stage') {
    if (!isWhole(form.perCluster, 1)) problems.perCluster = 'A whole number, 1 or more.';
  } else if (form.perRollout.trim() !== '' && !isWhole(form.perRollout, 1))
    problems.perRollout = 'A whole number, 1 or more; empty for no limit.';
  if (kind === 'stratified' && form.by.length === 0) problems.by = 'Choose what makes the strata.';
  if ((kind === 'uncertainty' || kind === 'negative-audit') && !/^-?\d+(\.\d+)?$/.test(form.threshold.trim()))
    problems.threshold = 'A number on the judge’s scale.';
  if (repeatsPossible(form) && !isWhole(form.repeats, 0)) problems.repeats = 'A whole number, 0 or more.';
  if (form.context === 'previous' && !(isWhole(form.previous, 1) && Number(form.previous) <= 9999))
    problems.previous = 'A whole number, 1 to 9999.';
  const seed = form.seed.trim();
  if (!/^-?\d+$/.test(seed) || !Number.isSafeInteger(Number(seed))) problems.seed = 'A whole number.';
  return problems;
}
