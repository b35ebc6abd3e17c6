import { visibleTexts } from '../agreement/visibleText';
import type { AnalysisReport } from './analysisReport';
import { analysisTables, type AnalysisTable } from './analysisTables';
import { intervalsText, subjectText } from './analysisWords';

/** The report as Markdown: its tables, then how the intervals were made and the notes. Ends in a newline. */
export function analysisMarkdown(made: AnalysisReport, file: string): string {
  const report = visibleTexts({ ...made, file });
  const parts = [
    `# Analysis of ${escaped(report.criterion)}: ${escaped(report.file)}`,
    escaped(subjectText(report)),
    ...analysisTables(report).map(tableSection),
    escaped(intervalsText(report)),
    ...(report.notes.length > 0 ? [report.notes.map(note => `- ${escaped(note)}`).join('\n')] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

function tableSection({ title, head, rows }: AnalysisTable): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
  return [`## ${escaped(title)}`, '', line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Nothing that a file holds makes markup or another cell. */
function escaped(text: string): string {
  return text === '---' ? text : text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&');
}
