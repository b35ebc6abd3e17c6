import { partsOf } from '../agreement/grouping';
import { fieldGroupsOf, fieldValue } from '../agreement/questions/fieldGroups';
import type { Part } from '../labels/rubric';
import type { RolloutSummary } from '../rollout/runScan';

/** Rollouts with the same values of some fields. */
export interface RolloutGroup {
  readonly values: readonly (string | null)[];
  readonly label: string;
  /** In the order that they were given in. */
  readonly rollouts: readonly RolloutSummary[];
}

/** Groups are told by condition and dataset, those of reasoning by provider or else model: where they tell any apart. */
export function defaultFields(rollouts: readonly RolloutSummary[], part: Part): string[] {
  const telling = (fields: string[]): string[] =>
    fieldGroupsOf(rollouts, fields).flatMap(found => ('values' in found ? [found.field] : []));
  if (part === 'response') return telling(['condition', 'dataset']);
  return telling(['provider', 'model']).slice(0, 1);
}

/** The groups in the order of their values: numbers by size, then texts, then none. */
export function rolloutGroups(rollouts: readonly RolloutSummary[], by: readonly string[]): RolloutGroup[] {
  const values = rollouts.map(rollout => by.map(field => fieldValue(rollout, field)));
  return partsOf(values).map(({ places }) => {
    const own = values[places[0] ?? 0] ?? [];
    return {
      values: own,
      label: by.length === 0 ? 'all rollouts' : own.map(value => value ?? '(none)').join(' · '),
      rollouts: places.flatMap(place => rollouts[place] ?? []),
    };
  });
}
