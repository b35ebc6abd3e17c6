import type { AgreementReport, OverallReport } from './agreementReport';

const noHumansTogether: OverallReport = { raters: [], n: 0, measures: {} };

/**
 * The report as JSON: numbers to 12 significant digits, so that equal studies give equal bytes. `overall` is always there,
 * empty with fewer than two humans. Ends in a newline.
 */
export function reportJson(report: AgreementReport): string {
  const whole = { ...report, overall: report.overall ?? noHumansTogether };
  return `${JSON.stringify(whole, (_key, value: unknown) => (typeof value === 'number' ? rounded(value) : value))}\n`;
}

export function rounded(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(12)) : null;
}
