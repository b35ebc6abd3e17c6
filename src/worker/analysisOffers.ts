import { fieldValue } from '../core/agreement/questions/fieldGroups';
import { fieldOf } from '../core/rollout/fieldOf';
import type { RolloutSummary } from '../core/rollout/runScan';
import type { AnalysisChoice, AnalysisOffers } from '../protocol/analysisProtocol';

/** More groups than this are no figure that can be read. */
const mostValues = 12;

/** What rollouts can be grouped and aligned by. */
export function analysisOffers(
  rollouts: readonly RolloutSummary[],
  subsets: readonly string[],
): AnalysisOffers {
  const names = [...new Set(rollouts.flatMap(({ fields }) => Object.keys(fields)))];
  const fields = names.flatMap(field => {
    const values = new Set<string>();
    for (const rollout of rollouts) {
      const value = fieldValue(rollout, field);
      if (value !== null) values.add(value);
      if (values.size > mostValues) return [];
    }
    const kept = [...values].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    return kept.length >= 2 ? [{ field, values: kept }] : [];
  });
  return { fields, turnFields: names.filter(field => holdsTurns(rollouts, field)), subsets };
}

/** Whether it holds the number of one of the rollout's turns wherever it holds something. */
function holdsTurns(rollouts: readonly RolloutSummary[], field: string): boolean {
  return rollouts.every(rollout => {
    const value = fieldOf(rollout, field);
    if (value === undefined) return true;
    const turn = Number(value);
    return Number.isInteger(turn) && turn >= 1 && turn <= Math.max(2, rollout.turns);
  });
}

/** What the others are compared with: as chosen, or the value that says baseline or control. */
export function comparisonOf(
  compare: AnalysisChoice['compare'],
  by: readonly string[],
  { fields }: AnalysisOffers,
): { readonly field: string; readonly baseline: string } | null {
  if (typeof compare === 'object') return compare;
  if (compare === 'none') return null;
  for (const { field, values } of fields.filter(offer => by.includes(offer.field))) {
    const baseline = values.find(value => /^(baseline|base|control|original|none)\b/i.test(value));
    if (baseline !== undefined) return { field, baseline };
  }
  return null;
}
