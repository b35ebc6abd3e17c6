import { allSlots } from '../labels/labelIndex';
import type { LabelIndex, SlotLabels } from '../labels/labelIndex';
import type { Rubric } from '../labels/rubric';
import { itemKeyText } from '../rollout/item';
import type { Item, ItemKey } from '../rollout/item';
import type { RolloutSummary } from '../rollout/runScan';
import { headlineRun, judgeRunName, judgeRuns } from './judgeRuns';
import type { ExclusionCause, Rating, RatingColumn, RatingTable } from './ratingTable';

export interface RunRatings {
  readonly rollouts: readonly RolloutSummary[];
  readonly labels: LabelIndex;
  readonly rubric: Rubric;
  /** The labelled items as the file has them now, by `itemKeyText`: what tells a stale label. */
  readonly itemsNow: ReadonlyMap<string, Item>;
  /** Only these raters; all of them where absent. */
  readonly raters?: readonly string[];
  /** Only these judge runs; the headline run where absent. */
  readonly judges?: readonly string[];
  /** A field of the records that says which rollouts belong together; found out where absent. */
  readonly cluster?: string;
  readonly source: Readonly<Record<string, unknown>>;
}

/** The raters with labels of a criterion outside any subset, by name, with their number of items. */
export function ratersOf(labels: LabelIndex, criterion: string): Map<string, number> {
  const raters = new Map<string, number>();
  for (const slot of ownSlots(labels, criterion)) raters.set(slot.rater, (raters.get(slot.rater) ?? 0) + 1);
  return new Map([...raters].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Keys of all items that anyone has labelled by the criterion, outside any subset. */
export function labelledItems(labels: LabelIndex, criterion: string): ItemKey[] {
  return [...new Map(ownSlots(labels, criterion).map(slot => [itemKeyText(slot.key), slot.key])).values()];
}

function ownSlots(
  labels: LabelIndex,
  criterion: string,
): { rater: string; key: ItemKey; labels: SlotLabels }[] {
  return allSlots(labels).filter(
    slot =>
      slot.subset === null &&
      slot.key.criterion === criterion &&
      slot.rater !== 'consensus' &&
      slot.labels.first !== null,
  );
}

/**
 * The ratings of a run: one unit for each labelled item, a column for each judge run and each rater.
 * Agreement takes first labels given with the judge hidden; the others are left out and counted by cause.
 */
export function ratingTableOfRun(run: RunRatings): RatingTable {
  const { rollouts, rubric, itemsNow } = run;
  const slots = ownSlots(run.labels, rubric.criterion).filter(
    slot => run.raters?.includes(slot.rater) ?? true,
  );
  const byId = new Map(rollouts.map(summary => [summary.id, summary]));
  const keys = [...new Map(slots.map(slot => [itemKeyText(slot.key), slot.key])).values()].filter(key =>
    byId.has(key.rollout),
  );
  const unitOf = new Map(keys.map((key, unit) => [itemKeyText(key), unit]));
  const cluster = clusterField(rollouts, run.cluster);
  const headline = headlineRun(rollouts, rubric.criterion);
  const judges = run.judges ?? (headline === null ? [] : [headline]);
  const gone = slots.filter(slot => !byId.has(slot.key.rollout)).length;
  return {
    units: keys.map(key => ({
      id: unitId(key),
      cluster: cluster === null ? key.rollout : String(byId.get(key.rollout)?.fields[cluster] ?? key.rollout),
      weight: 1,
    })),
    clusterBy: cluster ?? 'rollout',
    columns: [
      ...judges.map(name => judgeColumn(name, keys, byId, rubric)),
      ...[...new Set(slots.map(slot => slot.rater))].sort().map(rater =>
        humanColumn(
          rater,
          keys.length,
          slots.filter(slot => slot.rater === rater),
          unitOf,
          itemsNow,
          rubric,
        ),
      ),
    ],
    scale: { min: rubric.scale.min, max: rubric.scale.max },
    source: run.source,
    notes: [
      'These labels are not a probability sample of the run: the numbers describe the labelled items alone.',
      ...otherRuns(rollouts, rubric.criterion, judges),
      ...(gone > 0
        ? [
            `${gone === 1 ? 'One label is of a rollout' : `${String(gone)} labels are of rollouts`} that the file does not hold (any more), and left out.`,
          ]
        : []),
    ],
  };
}

/** A unit's id: the editor finds the item again by it. */
export const unitId = (key: ItemKey): string => JSON.stringify([key.rollout, key.turn]);

function otherRuns(
  rollouts: readonly RolloutSummary[],
  criterion: string,
  used: readonly string[],
): string[] {
  const others = [...judgeRuns(rollouts, criterion)].filter(([name]) => !used.includes(name));
  if (others.length === 0) return [];
  return [
    `Other judge runs in the file, not used here: ${others.map(([name, count]) => `${name} (${String(count)} scores)`).join(', ')}.`,
  ];
}

/** `prompt_id` or a question's id where some id has two rollouts or more; else each rollout stands alone. */
function clusterField(rollouts: readonly RolloutSummary[], wanted: string | undefined): string | null {
  if (wanted !== undefined) return wanted === 'rollout' ? null : wanted;
  for (const name of ['prompt_id', 'question_id', 'questionId']) {
    const values = rollouts.map(summary => summary.fields[name]).filter(value => value !== undefined);
    if (new Set(values).size < values.length) return name;
  }
  return null;
}

function judgeColumn(
  name: string,
  keys: readonly ItemKey[],
  byId: ReadonlyMap<string, RolloutSummary>,
  rubric: Rubric,
): RatingColumn {
  const values = keys.map((key): Rating => {
    const score = byId.get(key.rollout)?.judge.find(
      candidate =>
        candidate.turn === key.turn &&
        candidate.part === rubric.part &&
        candidate.criterion === rubric.criterion &&
        judgeRunName(candidate) === name &&
        // A run that tried a turn again may have left an empty try before its score.
        candidate.value !== null,
    );
    return score?.value ?? null;
  });
  return { name, role: 'judge', values };
}

function humanColumn(
  name: string,
  units: number,
  slots: readonly { key: ItemKey; labels: SlotLabels }[],
  unitOf: ReadonlyMap<string, number>,
  itemsNow: ReadonlyMap<string, Item>,
  rubric: Rubric,
): RatingColumn {
  const values: Rating[] = Array.from({ length: units }, () => null);
  const excluded = new Map<number, ExclusionCause>();
  for (const { key, labels } of slots) {
    const unit = unitOf.get(itemKeyText(key));
    const { first } = labels;
    if (unit === undefined || first === null) continue;
    const now = itemsNow.get(itemKeyText(key));
    if (labels.judgeVisible !== false) excluded.set(unit, 'judgeVisible');
    else if (first.kind === 'cannot-assess') excluded.set(unit, 'cannotAssess');
    else if (now?.sha256 !== first.item.sha256 || now.contextSha256 !== first.item.contextSha256)
      excluded.set(unit, 'stale');
    // A label on another scale is no number of this one: it falls out as off the scale, never converted.
    else values[unit] = sameScale(first.scale, rubric) ? first.value : Number.POSITIVE_INFINITY;
  }
  return { name, role: 'human', values, excluded };
}

const sameScale = (scale: { min: number; max: number; worst: string }, rubric: Rubric): boolean =>
  scale.min === rubric.scale.min && scale.max === rubric.scale.max && scale.worst === rubric.scale.worst;
