import { analysisWeights } from './analysisWeights';
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
  const raters = humans.filter(human => !human.judgeOnly);
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
    ...raters.flatMap((first, index) =>
      raters
        .slice(index + 1)
        .filter(second => raterOf(second) !== raterOf(first))
        .map(second => pairReport(ordered, first, second, pairOptions)),
    ),
  ];
  const overall = new Set(raters.map(raterOf)).size < 2 ? null : overallReport(ordered, raters, pairOptions);
  return {
    source: table.source,
    scale: table.scale ?? observed,
    seed: options.seed,
    resamples: options.resamples,
    clusterBy: table.clusterBy,
    pairs,
    ...(overall ? { overall: overall.report } : {}),
    ...(table.subset ? { subset: table.subset } : {}),
    notes: [
      ...table.notes,
      ...(overall?.warnings ?? []).map(warning => `All raters together: ${warning}`),
      ...notesOf(observed, text, options),
    ],
  };
}

const raterOf = ({ name, rater }: RatingColumn): string => rater ?? name;

function overallReport(table: RatingTable, humans: readonly RatingColumn[], options: PairOptions) {
  const used = table.units
    .map((_, unit) => unit)
    .filter(
      unit =>
        humans.filter(({ values }) => onScale(values[unit] ?? null, options.declared) !== null).length > 1,
    );
  const sample = sampleOf(table, humans, used, options);
  return {
    report: {
      raters: humans.map(human => human.name),
      n: sample.n,
      measures: measuresOf(sample, overallMeasures, options.text),
    },
    warnings: analysisWeights(table, humans, used).warnings,
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
