import { subsetSentences } from '../../src/core/agreement/subsetText';
import type { AgreementReport, Exclusions, PairReport } from '../../src/core/agreement/agreementReport';
import type { ItemsBehind } from '../../src/core/figures/figure';
import type { ReportState } from '../../src/protocol/reportProtocol';
import { clusterWords } from './clusterWords';
import { measureWords } from './measureWords';
import { count, counted, fixed } from './numbers';
import type { Sides } from './sides';

/** One part of "How they were counted". */
export interface Fact {
  readonly name: string;
  readonly lines: readonly FactLine[];
}

/** A sentence, or a count with the words after it, and what it opens. */
export type FactLine =
  string | { readonly count: number; readonly words: string; readonly behind: ItemsBehind | undefined };

/** What the numbers rest on, in words. */
export function countedFacts(
  state: ReportState,
  report: AgreementReport,
  pair: PairReport,
  sides: Sides,
): Fact[] {
  return [
    { name: 'compared', lines: [`${sides.a.name} with ${sides.b.name}, which is the reference at each cut`] },
    { name: 'subset', lines: subsetLines(report) },
    { name: 'turns', lines: [turnsLine(report, pair)] },
    { name: 'left out', lines: exclusionLines(pair) },
    { name: 'labels', lines: labelLines(state) },
    { name: 'scale', lines: [scaleLine(report), categoryLine(pair)] },
    { name: 'intervals', lines: methodLines(pair, sides) },
    { name: 'about', lines: [targetLine(report)] },
    { name: 'seed', lines: [String(report.seed)] },
  ].filter(fact => fact.lines.length > 0);
}

/** What was drawn, seen and done; with several strata a line for each. */
function subsetLines({ subset }: AgreementReport): string[] {
  if (!subset) return [];
  const strata = subset.strata.length > 1 ? subset.strata : [];
  return [
    ...subsetSentences(subset),
    ...strata.map(({ id, population, drawn, usable }) => {
      const by = Object.entries(usable).map(([rater, number]) => `${rater} ${count(number)}`);
      return `${id}: ${count(drawn)} of ${counted(population, 'item')} drawn; usable: ${by.join(', ')}`;
    }),
  ];
}

/** The cautions that stand in no fact: those of the pair, then those of the report. */
export function cautionsOf(report: AgreementReport, pair: PairReport): string[] {
  const told = new Set(report.subset ? subsetSentences(report.subset) : []);
  return [...pair.warnings, ...report.notes.filter(note => !told.has(note))];
}

function targetLine({ target, subset }: AgreementReport): string {
  if (target === 'file') return 'intervals are for the items of this file, of means and shares alone';
  return subset
    ? 'intervals are for new rollouts of the process that made these'
    : 'intervals are for new rollouts like those labelled; the labels are not a probability sample of the run';
}

function turnsLine({ clusterBy }: AgreementReport, { n, clusters, points = [] }: PairReport): FactLine {
  const words = `${n === 1 ? 'turn' : 'turns'} with a score from both`;
  if (n === 0) return `${count(n)} ${words}`;
  const units = points.map(({ unit }) => unit);
  const behind =
    units.length > 0 ? { kind: 'units' as const, title: 'Turns with a score from both', units } : undefined;
  const clustered = `${words}, in ${count(clusters)} ${clusterWords(clusterBy, clusters)} (clusters; ${fixed(n / clusters, 1)} turns in each on average)`;
  return { count: n, words: clustered, behind };
}

const exclusionWords: readonly (readonly [keyof Exclusions, string])[] = [
  ['missing', 'without a score from both'],
  ['offScale', 'with a score off the scale'],
  ['judgeVisible', 'labelled with the judge visible'],
  ['imported', 'with an imported label, of which nobody knows whether the judge was seen'],
  ['cannotAssess', 'that a rater could not assess'],
  ['stale', 'whose text changed after it was labelled'],
];

function exclusionLines({ excluded, leftOut }: PairReport): FactLine[] {
  const lines = exclusionWords.flatMap(([cause, words]): FactLine[] => {
    const number = excluded[cause] ?? 0;
    if (number === 0) return [];
    const units = leftOut?.[cause];
    const behind = units && { kind: 'units' as const, title: `Left out: ${words}`, units };
    return [{ count: number, words, behind }];
  });
  return lines.length > 0 ? lines : ['nothing'];
}

function labelLines({ labels, items }: ReportState): string[] {
  return labels.map(({ rater, count: number }) => `${rater}: ${count(number)} of ${counted(items, 'item')}`);
}

function scaleLine({ scale }: AgreementReport): string {
  if (!scale) return 'none: the ratings are text';
  return `${scale.min} to ${scale.max}${scale.observed ? ', the range observed' : ''}`;
}

function categoryLine({ confusion, measures }: PairReport): string {
  if (!confusion) return `no categories: ${measures['cohenKappa']?.reason ?? 'not a category scale'}`;
  const { categories } = confusion;
  const ends = categories.length > 6 ? [categories[0], '…', categories.at(-1)] : categories;
  return `${counted(categories.length, 'category', 'categories')}: ${ends.join(', ').replace(', …, ', ' … ')}`;
}

/** How intervals were made: the usual way, then each other way with the measures it was used for. */
function methodLines({ measures, thresholds }: PairReport, sides: Sides): string[] {
  const names = new Map<string, Set<string>>();
  for (const held of [measures, ...thresholds.map(threshold => threshold.measures)]) {
    for (const [id, { ci, method }] of Object.entries(held)) {
      if (ci && method) names.set(method, (names.get(method) ?? new Set()).add(measureWords(id, sides).name));
    }
  }
  const [usual, ...others] = [...names].sort((left, right) => right[1].size - left[1].size);
  if (!usual) return ['none could be given'];
  return [
    `${usual[0]}${others.length > 0 ? ', but for those below' : ''}`,
    ...others.map(([method, of]) => `${method}: ${[...of].join('; ')}`),
  ];
}
