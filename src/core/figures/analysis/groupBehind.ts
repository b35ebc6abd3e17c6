import type { AnalysisReport } from '../../analysis/analysisReport';
import type { ItemsBehind } from '../figure';

type Where = Extract<ItemsBehind, { kind: 'where' }>;

/** The items of a group, narrowed by turn, judge score or event. `what` follows the group's name in the list's title. */
export function groupBehind(
  { groups, by }: Pick<AnalysisReport, 'groups' | 'by'>,
  group: number,
  what: string,
  narrowed: Pick<Where, 'turn' | 'judge'>,
): ItemsBehind {
  const { values = [], label = '' } = groups[group] ?? {};
  const fields = Object.fromEntries(by.map((field, at) => [field, values[at] ?? null]));
  return {
    kind: 'where',
    title: what === '' ? label : `${label}, ${what}`,
    ...narrowed,
    ...(by.length === 0 ? {} : { fields }),
  };
}
