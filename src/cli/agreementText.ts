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
} from '../core/agreement/agreementReport';
import { averagedSentences, leftOutText } from '../core/agreement/averagedText';
import { measureLabel } from '../core/agreement/measureLists';
import { methodsText } from '../core/agreement/methodsText';
import { questionTexts } from '../core/agreement/questionTexts';
import { stratumRows } from '../core/agreement/subsetText';
import {
  formatCount,
  formatInterval,
  formatNumber,
  sixDigits,
  withMinus,
} from '../core/agreement/numberText';
import { counted } from '../core/agreement/questions/estimateText';
import { averageHead, unweightedHead } from '../core/agreement/tableHeads';
import { visibleTexts } from '../core/agreement/visibleText';

/** The report for a terminal: aligned tables, one per pair. Ends in a newline. */
export function agreementText(made: AgreementReport): string {
  const report = visibleTexts({ ...made, pairs: made.pairs.map(({ points: _, ...pair }) => pair) });
  const parts = [
    scaleLine(report),
    ...report.pairs.map(pair => pairText(pair, report.clusterBy, report.averaged)),
    ...(report.average ?? []).map(average => averageText(average, report.clusterBy)),
    ...(report.overall ? [overallText(report.overall)] : []),
    ...(report.groups ?? []).flatMap(group => groupText(group, report.clusterBy)),
    ...(report.questions ? questionTexts(report.questions) : []).map(
      ({ title, text }) => `${title}\n${wrapped(text)}`,
    ),
    ...(report.subset ? strataText(report.subset) : []),
    wrapped(methodsText(report)),
    ...(report.notes.length > 0 ? [['Notes', ...report.notes.map(note => `  ${note}`)].join('\n')] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

function scaleLine({ scale }: AgreementReport): string {
  if (!scale) return 'Agreement on text labels';
  return `Agreement on the scale ${sixDigits(scale.min)} to ${sixDigits(scale.max)}${scale.observed ? ' (observed range)' : ''}`;
}

function pairText(pair: PairReport, clusterBy: string, averaged: AveragedRows | undefined): string {
  const lines = [
    `${pair.a} (a) × ${pair.b} (b)   n = ${pair.n}, ${counted(pair.clusters, 'cluster')} (${clusterBy})`,
    `  left out: ${leftOutText(pair, averaged)}`,
    ...pair.warnings.map(warning => `  ${warning}`),
    '',
    ...measureLines(pair.measures),
    ...(pair.unweighted ? ['', `  ${unweightedHead}`, ...measureLines(pair.unweighted)] : []),
    ...pair.thresholds.flatMap(threshold => ['', ...thresholdLines(threshold, pair)]),
  ];
  return lines.join('\n');
}

function groupText(group: GroupReport, clusterBy: string): string[] {
  const head = `${group.by}: ${group.value ?? '(none)'}`;
  return [
    `${head}\n${'='.repeat(head.length)}`,
    ...(group.averaged ? [wrapped(averagedSentences(group.averaged).join(' '))] : []),
    ...group.pairs.map(pair => pairText(pair, clusterBy, group.averaged)),
    ...(group.average ?? []).map(average => averageText(average, clusterBy)),
    ...(group.overall ? [overallText(group.overall)] : []),
  ];
}

function averageText(average: AverageReport, clusterBy: string): string {
  const { judge, raters, n, clusters, measures, thresholds } = average;
  return [
    `${judge} (a) × the average of ${raters.join(', ')} (b)   n = ${n}, ${counted(clusters, 'cluster')} (${clusterBy})`,
    `  ${averageHead}`,
    '',
    ...measureLines(measures),
    ...thresholds.flatMap(({ cut, measures: own }) => [
      '',
      `  Score ≥ ${withMinus(cut)}`,
      ...measureLines(own),
    ]),
  ].join('\n');
}

function overallText(overall: OverallReport): string {
  const head = `All humans together: ${overall.raters.join(', ')}   n = ${counted(overall.n, 'item')} with two ratings or more`;
  return [head, '', ...measureLines(overall.measures)].join('\n');
}

function strataText(subset: SubsetFacts): string[] {
  const table = stratumRows(subset);
  if (!table) return [];
  const lines = [table.head, ...table.rows];
  const widths = table.head.map((_, place) => Math.max(...lines.map(cells => cells[place]?.length ?? 0)));
  const text = lines.map(cells =>
    cells
      .map((cell, place) => {
        if (place === cells.length - 1) return cell;
        return place === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[place] ?? 0);
      })
      .join('  ')
      .trimEnd(),
  );
  return [['Strata', ...text.map(line => `  ${line}`)].join('\n')];
}

function thresholdLines({ cut: at, table, measures }: ThresholdReport, pair: PairReport): string[] {
  const cut = withMinus(at);
  const cell = (count: number) => formatCount(count).padStart(10);
  return [
    `  Score ≥ ${cut}`,
    `    ${''.padEnd(8)}${`b ≥ ${cut}`.padStart(10)}${`b < ${cut}`.padStart(10)}    a = ${pair.a}, b = ${pair.b}`,
    `    ${`a ≥ ${cut}`.padEnd(8)}${cell(table.bothAtOrAbove)}${cell(table.onlyA)}`,
    `    ${`a < ${cut}`.padEnd(8)}${cell(table.onlyB)}${cell(table.neither)}`,
    ...measureLines(measures),
  ];
}

function measureLines(measures: Measures): string[] {
  return Object.entries(measures).map(([id, { value, ci, method, reason }]) => {
    const interval = ci ? `[${formatInterval(ci).join(', ')}]` : '';
    const shown = value === null ? 'none' : formatNumber(value);
    return `  ${measureLabel(id).padEnd(27)}${shown.padStart(9)}  ${interval.padEnd(20)}${reason ?? method ?? ''}`.trimEnd();
  });
}

/** Broken at spaces before 100 characters a line. */
function wrapped(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > 100) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.join('\n');
}
