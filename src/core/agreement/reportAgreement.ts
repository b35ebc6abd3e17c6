import type { AgreementReport, PairReport } from './agreementReport';
import { overallMeasures } from './measureLists';
import { orderedTable } from './orderedTable';
import { measuresOf, onScale, pairReport, sampleOf, type PairOptions } from './pairReport';
import type { RatingColumn, RatingTable } from './ratingTable';

export interface AgreementOptions {
  /** Cuts T of "score ≥ T". */
  readonly thresholds: readonly number[];
  readonly categories: 'scale' | 'observed';
  readonly seed: number;
  readonly resamples: number;
}

/** Every judge against every human, every pair of humans, and all humans together. Pure: the same table, the same report. */
export function reportAgreement(table: RatingTable, options: AgreementOptions): AgreementReport {
  const ordered = orderedTable(table);
  const judges = ordered.columns.filter(column => column.role === 'judge');
  const humans = ordered.columns.filter(column => column.role === 'human');
  const text =
    !table.scale && ordered.columns.some(({ values }) => values.some(value => typeof value === 'string'));
  const observed = table.scale || text ? null : observedRange(ordered.columns);
  const pairOptions: PairOptions = {
    mode: options.categories,
    scale: table.scale ?? observed,
    averaged: table.averaged ?? false,
    declared: table.scale,
    thresholds: options.thresholds,
    text,
    seed: options.seed,
  };
  const pairs: PairReport[] = [
    ...judges.flatMap(judge => humans.map(human => pairReport(ordered, judge, human, pairOptions))),
    ...humans.flatMap((first, index) =>
      humans.slice(index + 1).map(second => pairReport(ordered, first, second, pairOptions)),
    ),
  ];
  return {
    source: table.source,
    scale: table.scale ?? observed,
    seed: options.seed,
    resamples: options.resamples,
    clusterBy: table.clusterBy,
    pairs,
    ...(humans.length < 2 ? {} : { overall: overallReport(ordered, humans, pairOptions) }),
    notes: [...table.notes, ...notesOf(observed, text, options)],
  };
}

function overallReport(table: RatingTable, humans: readonly RatingColumn[], options: PairOptions) {
  const used = table.units
    .map((_, unit) => unit)
    .filter(
      unit =>
        humans.filter(({ values }) => onScale(values[unit] ?? null, options.declared) !== null).length > 1,
    );
  const sample = sampleOf(table, humans, used, options);
  return {
    raters: humans.map(human => human.name),
    n: sample.n,
    measures: measuresOf(sample, overallMeasures, options.text),
  };
}

function observedRange(columns: readonly RatingColumn[]) {
  let min = Infinity;
  let max = -Infinity;
  for (const { values } of columns) {
    for (const value of values) {
      if (typeof value !== 'number') continue;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }
  return min <= max ? { min, max, observed: true } : null;
}

function notesOf(
  observed: { readonly min: number; readonly max: number } | null,
  text: boolean,
  options: AgreementOptions,
): string[] {
  const notes: string[] = [];
  if (observed)
    notes.push(`No scale was declared: ${observed.min} to ${observed.max} is the observed range.`);
  if (options.categories === 'observed')
    notes.push('Categories are the distinct ratings observed, equally spaced.');
  if (text) notes.push('The ratings are text labels: only measures for unordered categories are given.');
  if (text && options.thresholds.length > 0)
    notes.push('Thresholds are left out: text labels have no order.');
  return notes;
}
