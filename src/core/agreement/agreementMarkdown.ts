import type { AgreementReport, Measures, PairReport, SubsetFacts, ThresholdReport } from './agreementReport';
import { exclusionText } from './exclusionText';
import { measureLabel } from './measureLists';
import { designText, stratumRows } from './subsetText';
import { formatCount, formatInterval, formatNumber, sixDigits } from './numberText';

/** What was rated, for the heading. */
export interface MarkdownSubject {
  readonly criterion: string;
  readonly file: string;
}

/** The report as Markdown: a table per pair, and a methods sentence to paste into a paper. Ends in a newline. */
export function agreementMarkdown(report: AgreementReport, subject?: MarkdownSubject): string {
  const parts = [
    ...(subject ? [`# Agreement on ${escaped(subject.criterion)}: ${escaped(subject.file)}`] : []),
    ...report.pairs.map(pair => pairSection(pair, report.clusterBy)),
    ...(report.overall ? [overallSection(report.overall)] : []),
    ...(report.subset ? strataSection(report.subset) : []),
    methodsSentence(report),
    ...(report.notes.length > 0 ? [report.notes.map(note => `- ${escaped(note)}`).join('\n')] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

function pairSection(pair: PairReport, clusterBy: string): string {
  return [
    `## ${escaped(pair.a)} × ${escaped(pair.b)}`,
    `n = ${pair.n} in ${pair.clusters} clusters (${escaped(clusterBy)}); left out: ${exclusionText(pair.excluded)}. ` +
      `a = ${escaped(pair.a)}, b = ${escaped(pair.b)}.`,
    ...pair.warnings.map(escaped),
    measureTable(pair.measures),
    ...pair.thresholds.flatMap(threshold => thresholdSection(threshold)),
  ].join('\n\n');
}

function overallSection(overall: NonNullable<AgreementReport['overall']>): string {
  const head = `${overall.raters.map(escaped).join(', ')}: n = ${overall.n} items with two ratings or more.`;
  return ['## All humans together', head, measureTable(overall.measures)].join('\n\n');
}

function strataSection(subset: SubsetFacts): string[] {
  const table = stratumRows(subset);
  if (!table) return [];
  const rows = [table.head, ...table.rows].map(cells => `| ${cells.map(escaped).join(' | ')} |`);
  const rule = `|---${'|---:'.repeat(table.head.length - 1)}|`;
  return [['## Strata', [rows[0], rule, ...rows.slice(1)].join('\n')].join('\n\n')];
}

function thresholdSection({ cut, table, measures }: ThresholdReport): string[] {
  const rows = [
    `| | b ≥ ${cut} | b < ${cut} |`,
    '|---|---:|---:|',
    `| a ≥ ${cut} | ${formatCount(table.bothAtOrAbove)} | ${formatCount(table.onlyA)} |`,
    `| a < ${cut} | ${formatCount(table.onlyB)} | ${formatCount(table.neither)} |`,
  ];
  return [`### Score ≥ ${cut}`, rows.join('\n'), measureTable(measures)];
}

function measureTable(measures: Measures): string {
  const rows = Object.entries(measures).map(([id, { value, ci, method, reason }]) => {
    const interval = ci ? formatInterval(ci).join(' to ') : '';
    const shown = value === null ? 'none' : formatNumber(value);
    return `| ${measureLabel(id)} | ${shown} | ${interval} | ${escaped(reason ?? method ?? '')} |`;
  });
  return ['| measure | value | 95% interval | by |', '|---|---:|---:|---|', ...rows].join('\n');
}

function methodsSentence({ clusterBy, scale, subset }: AgreementReport): string {
  const on = scale
    ? ` on the ${scale.observed ? 'observed range' : 'scale'} ${sixDigits(scale.min)} to ${sixDigits(scale.max)}`
    : '';
  return (
    `Methods: agreement was computed${on} on items rated by both sides${subset ? subsetClause(subset) : ''}; 95% intervals are delete-one-cluster jackknife ` +
    `intervals (cluster: ${escaped(clusterBy)}; Student t with clusters − 1 degrees of freedom; Fisher z scale for ` +
    'chance-corrected and correlation coefficients), and Wilson intervals with the design-effective sample size for proportions.'
  );
}

function subsetClause({ name, sha256, design, drawn, population, unfit }: SubsetFacts): string {
  return (
    ` in the subset “${escaped(name)}” (${escaped(designText(design))}; ${drawn} of ${population} items; manifest SHA-256 ${escaped(sha256.slice(0, 12))})` +
    (unfit ? ', unweighted' : ', weighted by 1/inclusion probability and by what each stratum lost')
  );
}

/** Names come from files: no markup of theirs gets into the page. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#]/g, '\\$&').replace(/\s+/g, ' ');
}
