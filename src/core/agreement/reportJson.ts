import type { AgreementReport } from './agreementReport';

/** The report as JSON: numbers to 12 significant digits, so that equal studies give equal bytes. Ends in a newline. */
export function reportJson(report: AgreementReport): string {
  return `${JSON.stringify(report, (_key, value: unknown) => (typeof value === 'number' ? rounded(value) : value))}\n`;
}

function rounded(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(12)) : null;
}
