import { InvalidArgumentError } from 'commander';
import type { EffectWanted } from '../core/analysis/analysisInput';
import type { EventBands, ScoreSource } from '../core/analysis/analysisReport';
import type { Part } from '../core/labels/rubric';
import { usageFailure } from './failure';

/** The command's options as they were parsed. */
export interface AnalyzeOptions {
  criterion?: string;
  by?: string[];
  threshold?: number[];
  scores: ScoreSource;
  judge?: string;
  rater?: string[];
  subset?: string;
  includeImported?: boolean;
  survivors?: boolean;
  event?: string;
  eventBands?: EventBands;
  align?: string;
  effect?: EffectWanted[];
  baseline?: string;
  reference?: string;
  bins?: number[];
  question?: string;
  cluster?: string;
  resamples: number;
  seed: number;
  format: 'text' | 'markdown' | 'json';
  json?: boolean;
}

/** An option that would be ignored is better said. */
export function refuseUnusedOptions(options: AnalyzeOptions, part: Part): void {
  const refuse = (names: readonly (keyof AnalyzeOptions)[], where: string): void => {
    const given = names.find(name => options[name] !== undefined);
    if (given !== undefined)
      throw usageFailure(
        `--${given.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)} goes with ${where}`,
      );
  };
  if (options.scores === 'judge')
    refuse(
      ['rater', 'subset', 'includeImported'],
      '--scores human or corrected: the judge’s scores need no labels',
    );
  if (options.scores === 'human') refuse(['judge'], '--scores judge or corrected');
  if (options.scores === 'corrected' && options.subset === undefined)
    throw usageFailure(
      '--scores corrected needs --subset: labels outside one are no probability sample of the run',
    );
  if (part === 'reasoning')
    refuse(['survivors', 'event', 'eventBands', 'align'], 'criteria on responses, whose turns it is about');
  else refuse(['reference', 'bins', 'question'], 'criteria on reasoning, such as legibility');
  if (options.reference === undefined)
    refuse(['bins', 'question'], '--reference: the run that questions are binned by');
}

/** "condition,dataset", once or several times. */
export function fieldsOf(text: string, before: string[] | undefined): string[] {
  const fields = text.split(',').map(field => field.trim());
  if (fields.includes('')) throw new InvalidArgumentError('It is a field, or several with commas.');
  return [...new Set([...(before ?? []), ...fields])];
}

/** "condition=baseline:treated", once or several times. */
export function effectOf(text: string, before: EffectWanted[] | undefined): EffectWanted[] {
  const [, field, baseline, treated] = /^([^=]+)=([^:]+):([^:]+)$/.exec(text) ?? [];
  if (field === undefined || baseline === undefined || treated === undefined)
    throw new InvalidArgumentError('It is FIELD=A:B, A the baseline: condition=baseline:treated.');
  return [...(before ?? []), { field: field.trim(), baseline: baseline.trim(), treated: treated.trim() }];
}

/** "1,3,5,9": ends of bins, ascending. */
export function binsOf(text: string): number[] {
  const edges = text.split(',').map(part => (part.trim() === '' ? NaN : Number(part)));
  const ascending = edges.every((edge, place) => place === 0 || edge > (edges[place - 1] ?? NaN));
  if (edges.length < 2 || !edges.every(Number.isFinite) || !ascending)
    throw new InvalidArgumentError('It is two numbers or more, ascending: 1,3,5,9.');
  return edges;
}
