import { InvalidArgumentError } from 'commander';
import type { Design, Manifest, Reveal } from '../core/subset/manifest';
import type { SubsetOptions } from '../core/subset/plan';
import { usageFailure } from './failure';

/** The command's options as they were parsed. */
export interface SampleOptions {
  criterion?: string;
  n: number;
  design: Design['kind'];
  seed: number;
  by?: string[];
  allocation?: Design['allocation'];
  bins?: number[];
  maxPerRollout?: number;
  cluster?: string;
  threshold?: number;
  judge?: string;
  repeats: number;
  role: Manifest['role'];
  reveal?: Reveal;
  context: string;
  show?: string[];
  name?: string;
  raters?: string[];
  overlap?: number;
  dryRun?: boolean;
  json?: boolean;
}

/** An option that the design does not use would be ignored: better said. */
export function refuseUnused(options: SampleOptions): void {
  const { design, by = [] } = options;
  const refuse = (name: string, given: unknown, used: boolean, where: string): void => {
    if (given !== undefined && !used)
      throw usageFailure(`--${name} goes with ${where}, not with --design ${design}`);
  };
  const binned = design === 'balanced' || (design === 'stratified' && by.includes('judge'));
  refuse('by', options.by, design === 'stratified', '--design stratified');
  refuse(
    'allocation',
    options.allocation,
    design === 'stratified' || design === 'balanced',
    '--design stratified or balanced',
  );
  refuse('bins', options.bins, binned, '--design balanced, or stratified with --by judge');
  refuse('cluster', options.cluster, design === 'two-stage', '--design two-stage');
  refuse(
    'threshold',
    options.threshold,
    design === 'uncertainty' || design === 'negative-audit',
    '--design uncertainty or negative-audit',
  );
  if (options.role === 'practice' && options.reveal !== undefined && options.reveal !== 'after-item')
    throw usageFailure('--role practice shows the judge after each item: leave --reveal out');
}

/** The options for the planner. */
export function subsetOptions(options: SampleOptions, name: string): SubsetOptions {
  const { design, n, by, allocation, bins, maxPerRollout, cluster, threshold, judge } = options;
  const given = Object.entries({ by, allocation, bins, maxPerRollout, cluster, threshold, judge });
  return {
    name,
    role: options.role,
    seed: options.seed,
    design: { kind: design, n, ...Object.fromEntries(given.filter(([, value]) => value !== undefined)) },
    repeats: options.repeats,
    reveal: options.reveal ?? (options.role === 'practice' ? 'after-item' : 'after-subset'),
    context: options.context,
    show: options.show ?? [],
    raters: options.raters ?? [],
    overlap: options.overlap ?? null,
  };
}

/** Names with commas; given twice, both count. */
export const list = (text: string, before: string[] | undefined): string[] => [
  ...(before ?? []),
  ...text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== ''),
];

export function numberOf(text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!Number.isFinite(value)) throw new InvalidArgumentError('It is a number.');
  return value;
}

/** Numbers with commas. */
export const numbersOf = (text: string): number[] => text.split(',').map(numberOf);

export function integerOf(text: string): number {
  const value = numberOf(text);
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError('It is a whole number.');
  return value;
}

/** 0 or more. */
export function wholeOf(text: string): number {
  const value = integerOf(text);
  if (value < 0) throw new InvalidArgumentError('It is a whole number, 0 or more.');
  return value;
}

/** 1 or more. */
export function countOf(text: string): number {
  const value = integerOf(text);
  if (value < 1) throw new InvalidArgumentError('It is a whole number, 1 or more.');
  return value;
}
