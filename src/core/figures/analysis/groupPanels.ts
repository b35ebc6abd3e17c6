import type { AnalysisReport } from '../../analysis/analysisReport';
import { lookOf, type Look } from './looks';

/** One group of the report as a series of a figure. */
export interface GroupSeries extends Look {
  /** Place in the report's groups. */
  readonly group: number;
  /** Its name inside the panel: without the value that the panel's title says. */
  readonly label: string;
}

export interface GroupPanel {
  /** The value that all its groups share; absent where there is one panel. */
  readonly title?: string;
  readonly series: readonly GroupSeries[];
}

/** More series than this in one panel can't be told apart: they become small multiples. */
export const mostSeries = 4;

/**
 * The groups in one panel, or in small multiples by a field: the dataset where groups are told by it, else the last of the
 * fields. A name has the same look in every panel.
 */
export function groupPanels(report: Pick<AnalysisReport, 'groups' | 'by'>, most = mostSeries): GroupPanel[] {
  const { groups, by } = report;
  if (groups.length <= most || by.length === 0)
    return [{ series: groups.map(({ label }, group) => ({ group, label, ...lookOf(group) })) }];
  const field = by.includes('dataset') ? by.indexOf('dataset') : by.length - 1;
  const rest = groups.map(({ values }) =>
    values.length === 1
      ? nameOf(values[0])
      : values
          .filter((_, at) => at !== field)
          .map(nameOf)
          .join(' · '),
  );
  const names = by.length === 1 ? [] : [...new Set(rest)];
  const titles = [...new Set(groups.map(({ values }) => nameOf(values[field])))];
  return titles.map(title => ({
    title,
    series: groups.flatMap(({ values }, group) => {
      const label = rest[group] ?? '';
      return nameOf(values[field]) === title
        ? [{ group, label, ...lookOf(Math.max(0, names.indexOf(label))) }]
        : [];
    }),
  }));
}

/** Each series of some panels once, for the legend. */
export function legendOf(panels: readonly GroupPanel[]): GroupSeries[] {
  const seen = new Map<string, GroupSeries>();
  for (const { series } of panels)
    for (const one of series) if (!seen.has(one.label)) seen.set(one.label, one);
  // Small multiples of one series each are told by their titles.
  return panels.length > 1 && panels.every(({ series }) => series.length === 1) ? [] : [...seen.values()];
}

export function nameOf(value: string | null | undefined): string {
  return value ?? '(none)';
}
