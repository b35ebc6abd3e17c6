import { consensusRater } from '../../core/labels/labelEvent';
import { allSlots, labelsOf } from '../../core/labels/labelIndex';
import type { LabelIndex } from '../../core/labels/labelIndex';
import type { ItemKey } from '../../core/rollout/item';
import { slotsOf } from '../../core/subset/manifest';
import type { Manifest, Reveal, Subset } from '../../core/subset/manifest';

/** What is known of a rollout file's annotations, from its open session or from the folder alone. */
export interface Annotations {
  readonly subsets: readonly Subset[];
  readonly labels: LabelIndex;
  /** Who labels here; `null` before anyone has said so. */
  readonly rater: string | null;
  /** Whether the file holds an item; absent where it has not been scanned. */
  readonly holds?: (item: ItemKey) => boolean;
  /** By subset: why the file is no longer what it was drawn from. */
  readonly changes?: ReadonlyMap<string, string>;
}

/** Labelled or skipped slots of one rater, of those that are the rater's. */
export interface Progress {
  readonly rater: string;
  readonly done: number;
  readonly skipped: number;
  readonly slots: number;
}

export interface SubsetFacts {
  readonly name: string;
  readonly criterion: string;
  readonly role: Manifest['role'];
  readonly reveal: Reveal;
  /** All slots, whoever they are for. */
  readonly slots: number;
  /** This machine's rater; `null` where there is none yet. */
  readonly own: Progress | null;
  /** No slot that the file holds is left for this machine's rater. */
  readonly complete: boolean;
  /** Everyone with slots or labels, this machine's rater first. */
  readonly raters: readonly Progress[];
  readonly changed: string | null;
}

/** Numbers for the view: what raters scored, strata and judge data are not in it. */
export interface AnnotationFacts {
  readonly rater: string | null;
  readonly subsets: readonly SubsetFacts[];
  /** Standing labels by rater, consensus labels apart. */
  readonly raters: readonly { readonly rater: string; readonly labels: number }[];
  /** Items that this machine's rater has flagged. */
  readonly flagged: number;
  /** Labels of this machine's rater whose item the file does not hold; `null` where that is not known. */
  readonly gone: number | null;
  /** Criteria with labels outside any subset. */
  readonly outside: readonly string[];
}

export function annotationFacts(annotations: Annotations): AnnotationFacts {
  const { subsets, labels, rater, holds } = annotations;
  const slots = allSlots(labels).filter(slot => slot.rater !== consensusRater);
  const standing = slots.filter(slot => slot.labels.current !== null);
  const own = standing.filter(slot => slot.rater === rater);
  const counts = new Map<string, number>();
  for (const slot of standing) counts.set(slot.rater, (counts.get(slot.rater) ?? 0) + 1);
  const flagged = slots.filter(slot => slot.rater === rater && slot.labels.flags.length > 0);
  return {
    rater,
    subsets: subsets.map(subset => subsetFacts(subset, annotations)),
    raters: [...counts]
      .map(([name, count]) => ({ rater: name, labels: count }))
      .sort((a, b) => byOwnThenName(rater)(a.rater, b.rater)),
    flagged: flagged.length,
    gone: holds ? own.filter(({ key }) => !holds(key)).length : null,
    outside: [
      ...new Set(standing.flatMap(({ subset, key }) => (subset === null ? [key.criterion] : []))),
    ].sort(),
  };
}

function subsetFacts(subset: Subset, { labels, rater, holds, changes }: Annotations): SubsetFacts {
  const { manifest } = subset;
  const { name, criterion, role } = manifest;
  const named = new Set(manifest.items.flatMap(({ raters }) => raters ?? []));
  for (const slot of labels.slots.values())
    if (slot.subset?.name === name && slot.key.criterion === criterion) named.add(slot.rater);
  named.delete(consensusRater);
  if (rater !== null) named.add(rater);
  const raters = [...named]
    .sort(byOwnThenName(rater))
    .map(each => progress(manifest, labels, each))
    .filter(({ slots }) => slots > 0);
  const isOpen = ({ item, slot }: Manifest['items'][number]): boolean =>
    (holds?.(item) ?? true) && rater !== null && stateOf(labels, rater, item, name, slot) === 'open';
  const mine = rater === null ? [] : slotsOf(manifest, rater);
  return {
    name,
    criterion,
    role,
    reveal: role === 'practice' ? 'after-item' : manifest.reveal,
    slots: manifest.items.length,
    own: rater === null ? null : progress(manifest, labels, rater),
    complete: mine.length > 0 && !mine.some(isOpen),
    raters,
    changed: changes?.get(name) ?? null,
  };
}

function progress(manifest: Manifest, labels: LabelIndex, rater: string): Progress {
  const slots = slotsOf(manifest, rater);
  const states = slots.map(({ item, slot }) => stateOf(labels, rater, item, manifest.name, slot));
  const skipped = states.filter(state => state === 'skipped').length;
  const labelled = states.filter(state => state === 'done').length;
  return { rater, done: labelled + skipped, skipped, slots: slots.length };
}

function stateOf(
  labels: LabelIndex,
  rater: string,
  item: ItemKey,
  name: string,
  slot: number,
): 'open' | 'done' | 'skipped' {
  const { current, skipped } = labelsOf(labels, rater, item, { name, slot });
  if (current !== null) return 'done';
  return skipped ? 'skipped' : 'open';
}

const byOwnThenName =
  (own: string | null) =>
  (a: string, b: string): number =>
    Number(b === own) - Number(a === own) || (a < b ? -1 : 1);
