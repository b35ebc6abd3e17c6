import { analysisWeights } from '../agreement/analysisWeights';
import { labelSlots } from '../agreement/labelSlots';
import { raterOf } from '../agreement/ratingTable';
import type { ExclusionCause, RatingTable } from '../agreement/ratingTable';
import { ratingTableOfRun, unitId } from '../agreement/ratingTableOfRun';
import { refuseSubset } from '../agreement/subsetFacts';
import { causeOf, usableUnits } from '../agreement/usableUnits';
import { consensusRater } from '../labels/labelEvent';
import { itemKeyText } from '../rollout/item';
import type { Item, ItemKey } from '../rollout/item';
import type { ExportedRun, LabelList } from './exportedRun';

/** Why agreement leaves a label out: its own causes, then those that keep a label from being asked about at all. */
export type UnusedReason =
  | ExclusionCause
  | 'missing'
  | 'offScale'
  | 'noLabel'
  | 'consensus'
  | 'repeat'
  | 'practice'
  | 'otherVersion'
  | 'noSubset'
  | 'noRubric'
  | 'gone';

/** Whether agreement uses a label. */
export interface LabelUse {
  readonly reason: UnusedReason | null;
  /** The weight it has in the numbers of its rater beside the judge; `null` where it is not in them. */
  readonly analysisWeight: number | null;
}

/** Uses of the labels of a list, by `useKey`; what is absent is not among the labels that its report is about. */
export function labelUses(
  run: ExportedRun,
  list: LabelList,
  itemsNow: ReadonlyMap<string, Item>,
): Map<string, LabelUse> {
  const { rollouts, labels } = run;
  const { rubric, subset } = list;
  const uses = new Map<string, LabelUse>();
  if (subset && refuseSubset(subset.manifest, rubric.criterion) !== null) return uses;
  const table = ratingTableOfRun({ rollouts, labels, itemsNow, source: {}, ...list });
  const unitOf = new Map(table.units.map(({ id }, unit) => [id, unit]));
  const weights = weightsOf(table);
  for (const { rater, key } of labelSlots(labels, rubric.criterion, subset)) {
    const unit = unitOf.get(unitId(key));
    const columns = table.columns.filter(column => column.role === 'human' && raterOf(column) === rater);
    const causes = unit === undefined ? [] : columns.map(column => causeOf(column, unit, table.scale));
    const isUsed = causes.includes(null);
    const reason = isUsed
      ? null
      : unit === undefined
        ? 'gone'
        : columns.length === 0 && rater === consensusRater
          ? 'consensus'
          : (causes.find(cause => cause !== null && cause !== 'missing') ?? 'missing');
    const analysisWeight = isUsed && unit !== undefined ? (weights.get(rater)?.get(unit) ?? null) : null;
    uses.set(useKey(rater, key), { reason, analysisWeight });
  }
  return uses;
}

/** Of a rater's label of an item, within one list. */
export const useKey = (rater: string, key: ItemKey): string => `${rater}\n${itemKeyText(key)}`;

/** Slots that ask an item again, of a subset. */
export function repeatSlots({ subset }: LabelList): Set<number> {
  const items = subset?.manifest.items ?? [];
  return new Set(items.flatMap(({ slot, repeatOf }) => (repeatOf === undefined ? [] : [slot])));
}

/** By rater and unit, as the report weighs the pair of the first judge and the rater, or the rater alone where nothing was judged. */
function weightsOf(table: RatingTable): Map<string, Map<number, number>> {
  const judge = table.columns.filter(({ role }) => role === 'judge').slice(0, 1);
  const weights = new Map<string, Map<number, number>>();
  for (const human of table.columns.filter(({ role }) => role === 'human')) {
    const pair = [...judge, human];
    const { used } = usableUnits(table, pair, table.scale);
    const own = weights.get(raterOf(human)) ?? new Map<number, number>();
    weights.set(raterOf(human), own);
    analysisWeights(table, pair, used).weights.forEach((weight, index) => {
      const unit = used[index];
      if (unit !== undefined) own.set(unit, weight);
    });
  }
  return weights;
}
