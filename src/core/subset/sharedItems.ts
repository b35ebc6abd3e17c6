import { itemKeyText } from '../rollout/item';
import type { Manifest } from './manifest';
import type { SubsetPlan } from './plan';

/**
 * Warnings of items that a plan shares with subsets that are there: an item of a practice subset shows its judge, and is
 * blind for nobody who practised on it.
 */
export function sharedItems({ options, slots }: SubsetPlan, others: readonly Manifest[]): string[] {
  const planned = new Set(slots.map(({ key }) => itemKeyText(key)));
  return others.flatMap(other => {
    if (other.role === options.role) return [];
    const shared = new Set(other.items.map(({ item }) => itemKeyText(item)).filter(key => planned.has(key)));
    if (shared.size === 0) return [];
    const them = shared.size === 1 ? 'One item is' : `${String(shared.size)} items are`;
    return [
      `${them} in the ${other.role} subset “${other.name}” too: practice shows the judge, so that who has practised on an item no longer labels it blind.`,
    ];
  });
}
