import { visibleTexts } from '../core/agreement/visibleText';
import type { AnalysisReport } from '../core/analysis/analysisReport';
import { analysisTables, type AnalysisTable } from '../core/analysis/analysisTables';
import { intervalsText, subjectText } from '../core/analysis/analysisWords';

/** The report for a terminal: aligned tables. Ends in a newline. */
export function analysisText(made: AnalysisReport): string {
  const report = visibleTexts(made);
  const parts = [
    subjectText(report),
    ...analysisTables(report).map(tableText),
    intervalsText(report),
    ...(report.notes.length > 0 ? [['Notes', ...report.notes.map(note => `  ${note}`)].join('\n')] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** A cell of the last column may be as long as it likes, others are aligned. */
function tableText({ title, head, rows }: AnalysisTable): string {
  const lines = [head, ...rows];
  const widths = head.map((_, place) => Math.max(...lines.map(cells => cells[place]?.length ?? 0)));
  const text = lines.map(cells =>
    cells
      .map((cell, place) => (place === cells.length - 1 ? cell : cell.padEnd(widths[place] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  return [title, ...text.map(line => `  ${line}`)].join('\n');
}
