import type { Design, Manifest, Reveal } from '../../src/core/subset/manifest';
import type { SubsetFormState } from '../../src/protocol/subsetProtocol';
import { strataFields } from './designChoices';
import { proposeName } from './proposeName';

export type DesignKind = Design['kind'];
export type Allocation = NonNullable<Design['allocation']>;

/** What the fields hold: numbers as typed. */
export interface SubsetForm {
  readonly name: string;
  readonly role: Manifest['role'];
  readonly n: string;
  readonly kind: DesignKind;
  /** Strata of a stratified design. */
  readonly by: readonly string[];
  readonly allocation: Allocation;
  /** Allocation of a balanced design. */
  readonly balance: 'half' | 'equal';
  /** At most so many items of a rollout; empty: no limit. */
  readonly perRollout: string;
  readonly cluster: string;
  readonly perCluster: string;
  readonly threshold: string;
  /** A judge run; empty: the one with most scores. */
  readonly judge: string;
  readonly repeats: string;
  /** Names with commas. */
  readonly raters: string;
  /** Raters an item; empty: all of them. */
  readonly overlap: string;
  readonly reveal: Reveal;
  readonly context: 'full' | 'previous' | 'response-only';
  /** Messages before the turn that raters see. */
  readonly previous: string;
  readonly show: readonly string[];
  readonly seed: string;
}

/** The fields that were touched: all others follow the file. */
export type Touched = Partial<SubsetForm>;

const usualItems = 100;

/** All fields: those touched, and for the others what fits the file. */
export function formOf(touched: Touched, state: SubsetFormState, seed: string): SubsetForm {
  const { items, judgeRuns, rubric, scanning, taken } = state;
  const fields = strataFields(state);
  const role = touched.role ?? 'validation';
  // While the file is read there may be more items to come.
  const n = touched.n ?? String(scanning ? usualItems : Math.max(1, Math.min(usualItems, items)));
  const usual: SubsetForm = {
    name: proposeName(role, isWhole(n, 1) ? Number(n) : usualItems, taken),
    role,
    n,
    kind: judgeRuns.length > 0 ? 'balanced' : 'random',
    by: fields.includes('condition') ? ['condition'] : fields.slice(0, 1),
    allocation: 'proportional',
    balance: 'half',
    perRollout: '',
    cluster: 'rollout',
    perCluster: '2',
    threshold: String(rubric.thresholds[0] ?? ''),
    judge: '',
    repeats: '0',
    raters: '',
    overlap: '',
    reveal: 'after-subset',
    context: 'full',
    previous: '3',
    show: [],
    seed,
  };
  return { ...usual, ...touched };
}

/** A repeat has to be given as blind as its first. */
export function repeatsPossible({ role, reveal }: Pick<SubsetForm, 'role' | 'reveal'>): boolean {
  return role !== 'practice' && reveal !== 'after-item';
}

/** The raters named in a field, in order. */
export function namesOf(raters: string): string[] {
  return raters
    .split(/[,;]/)
    .map(name => name.trim())
    .filter(name => name !== '');
}

/** Whether a text is a whole number of at least `least`, in digits. */
export function isWhole(text: string, least: number): boolean {
  const digits = text.trim();
  return /^\d+$/.test(digits) && Number.isSafeInteger(Number(digits)) && Number(digits) >= least;
}
