import type {
  AgreementReport,
  AveragedRows,
  AverageReport,
  GroupReport,
  Measures,
  OverallReport,
  PairReport,
  SubsetFacts,
  ThresholdReport,
} from './agreementReport';
import type { MarkdownFigure } from './agreementMarkdownFigures';
import { averagedSentences, leftOutText } from './averagedText';
import { measureLabel } from './measureLists';
import { methodsText } from './methodsText';
import { formatCount, formatInterval, formatNumber, withMinus } from './numberText';
import { questionTexts } from './questionTexts';
import { counted } from './questions/estimateText';
import type { Questions } from './questions/questionsOf';
import { stratumRows } from './subsetText';
import { averageHead, unweightedHead } from './tableHeads';
import { visibleText, visibleTexts } from './visibleText';

/** What was rated, for the heading. */
export interface MarkdownSubject {
  readonly criterion: string;
  readonly file: string;
}

/**
 * The report as Markdown: a table per pair, and a methods paragraph to paste into a paper. Ends in a newline. `figures` are
 * linked where they belong.
 */
export function agreementMarkdown(
  made: AgreementReport,
  subject?: MarkdownSubject,
  figures: readonly MarkdownFigure[] = [],
): string {
  const linked = (belongs: (figure: MarkdownFigure) => boolean): string[] =>
    figures.filter(belongs).map(({ alt, path }) => `![${escaped(alt)}](<${path}>)`);
  const report = visibleTexts({ ...made, pairs: made.pairs.map(({ points: _, ...pair }) => pair) });
  const parts = [
    ...(subject ? [`# Agreement on ${escaped(subject.criterion)}: ${escaped(subject.file)}`] : []),
    ...report.pairs.flatMap((pair, index) => [
      pairSection(pair, report.clusterBy, report.averaged),
      ...linked(({ under }) => under === index),
    ]),
    ...(report.average ?? []).map(average => averageSection(average, report.clusterBy)),
    ...(report.overall ? [overallSection(report.overall)] : []),
    ...(report.groups ?? []).flatMap(group => groupSections(group, report.clusterBy)),
    ...(report.questions
      ? questionSections(report.questions, id => linked(({ under }) => under === id))
      : []),
    ...(report.subset ? strataSection(report.subset) : []),
    escaped(methodsText(report)),
    ...(report.notes.length > 0 ? [report.notes.map(note => `- ${escaped(note)}`).join('\n')] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

function pairSection(pair: PairReport, clusterBy: string, averaged: AveragedRows | undefined): string {
  return [
    `## ${escaped(pair.a)} × ${escaped(pair.b)}`,
    `n = ${pair.n} in ${counted(pair.clusters, 'cluster')} (${escaped(clusterBy)}); left out: ${leftOutText(pair, averaged)}. ` +
      `a = ${escaped(pair.a)}, b = ${escaped(pair.b)}.`,
    ...pair.warnings.map(escaped),
    measureTable(pair.measures),
    ...(pair.unweighted ? [unweightedHead, measureTable(pair.unweighted)] : []),
    ...pair.thresholds.flatMap(threshold => thresholdSection(threshold)),
  ].join('\n\n');
}

function groupSections(group: GroupReport, clusterBy: string): string[] {
  return [
    `# ${escaped(group.by)}: ${escaped(group.value ?? '(none)')}`,
    ...(group.averaged ? [escaped(averagedSentences(group.averaged).join(' '))] : []),
    ...group.pairs.map(pair => pairSection(pair, clusterBy, group.averaged)),
    ...(group.average ?? []).map(average => averageSection(average, clusterBy)),
    ...(group.overall ? [overallSection(group.overall)] : []),
  ];
}

function averageSection(average: AverageReport, clusterBy: string): string {
  const { judge, raters, n, clusters, measures, thresholds } = average;
  return [
    `## ${escaped(judge)} × average of the raters`,
    `${raters.map(escaped).join(', ')}: n = ${n} in ${counted(clusters, 'cluster')} (${escaped(clusterBy)}). ${averageHead}`,
    measureTable(measures),
    ...thresholds.flatMap(({ cut, measures: own }) => [`### Score ≥ ${withMinus(cut)}`, measureTable(own)]),
  ].join('\n\n');
}

function overallSection(overall: OverallReport): string {
  const head = `${overall.raters.map(escaped).join(', ')}: n = ${counted(overall.n, 'item')} with two ratings or more.`;
  return ['## All humans together', head, measureTable(overall.measures)].join('\n\n');
}

function questionSections(questions: Questions, linked: (id: keyof Questions) => string[]): string[] {
  return questionTexts(questions).flatMap(({ id, title, text }) => [
    `## ${title}`,
    escaped(text),
    ...linked(id),
  ]);
}

function strataSection(subset: SubsetFacts): string[] {
  const table = stratumRows(subset);
  if (!table) return [];
  const rows = [table.head, ...table.rows].map(cells => `| ${cells.map(escaped).join(' | ')} |`);
  const rule = `|---${'|---:'.repeat(table.head.length - 2)}|---|`;
  return [['## Strata', [rows[0], rule, ...rows.slice(1)].join('\n')].join('\n\n')];
}

function thresholdSection({ cut, table, measures }: ThresholdReport): string[] {
  const rows = [
    `| | b ≥ ${withMinus(cut)} | b < ${withMinus(cut)} |`,
    '|---|---:|---:|',
    `| a ≥ ${withMinus(cut)} | ${formatCount(table.bothAtOrAbove)} | ${formatCount(table.onlyA)} |`,
    `| a < ${withMinus(cut)} | ${formatCount(table.onlyB)} | ${formatCount(table.neither)} |`,
  ];
  return [`### Score ≥ ${withMinus(cut)}`, rows.join('\n'), measureTable(measures)];
}

function measureTable(measures: Measures): string {
  const rows = Object.entries(measures).map(([id, { value, ci, method, reason }]) => {
    const interval = ci ? formatInterval(ci).join(' to ') : '';
    const shown = value === null ? 'none' : formatNumber(value);
    return `| ${measureLabel(id)} | ${shown} | ${interval} | ${escaped(reason ?? method ?? '')} |`;
  });
  return ['| measure | value | 95% interval | by |', '|---|---:|---:|---|', ...rows].join('\n');
}

/** Names come from files: no markup of theirs gets into the page. */
function escaped(text: string): string {
  return visibleText(text)
    .replace(/[\\`*_{}[\]<>|#]/g, '\\$&')
    .replace(/\s+/g, ' ');
}
