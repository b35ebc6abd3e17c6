import type { Rubric } from '../labels/rubric';
import { itemKeyText } from '../rollout/item';
import type { Item } from '../rollout/item';
import type { Manifest, ManifestSlot } from './manifest';
import type { SubsetPlan } from './plan';

export interface ManifestFacts {
  readonly rubric: Rubric;
  readonly source: Manifest['source'];
  /** The planned items as the file has them, by `itemKeyText`. */
  readonly itemsNow: ReadonlyMap<string, Item>;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** The manifest of a plan. Throws where an item is missing: the file has changed since the plan was made. */
export function manifestOf(
  { options, slots, strata }: SubsetPlan,
  { rubric, source, itemsNow, createdAt }: ManifestFacts,
): Manifest {
  const { name, role, seed, design, reveal, context, show } = options;
  return {
    v: 1,
    name,
    criterion: rubric.criterion,
    role,
    createdAt,
    seed,
    algorithm: `rollout-annotator/1 ${design.kind}`,
    source,
    design,
    reveal,
    context,
    show: [...show],
    strata: [...strata],
    items: slots.map(({ key, stratum, pi, weight, slot, repeatOf, raters }): ManifestSlot => {
      const item = itemsNow.get(itemKeyText(key));
      if (!item)
        throw new Error(
          `turn ${String(key.turn)} of rollout “${key.rollout}” is no longer in the file: it has changed`,
        );
      return {
        item: { ...key, sha256: item.sha256, contextSha256: item.contextSha256 },
        stratum,
        pi,
        weight,
        slot,
        ...(repeatOf === undefined ? {} : { repeatOf }),
        ...(raters === undefined ? {} : { raters: [...raters] }),
      };
    }),
  };
}
