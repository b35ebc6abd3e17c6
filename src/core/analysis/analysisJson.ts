import { rounded } from '../agreement/reportJson';
import type { AnalysisReport } from './analysisReport';

/** The report as JSON, numbers to 12 significant digits: equal runs give equal bytes. Ends in a newline. */
export function analysisJson(report: AnalysisReport): string {
  return `${JSON.stringify(report, (_key, value: unknown) => (typeof value === 'number' ? rounded(value) : value))}\n`;
}
