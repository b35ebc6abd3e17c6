import { consensusRater } from '../labels/labelEvent';
import type { CannotAssessEvent, ScoreEvent } from '../labels/labelEvent';
import { allSlots } from '../labels/labelIndex';
import type { LabelIndex, SlotLabels } from '../labels/labelIndex';
import { itemKeyText } from '../rollout/item';
import type { ItemKey } from '../rollout/item';
import type { ManifestSlot, Subset } from '../subset/manifest';

/** One rater's label of one item, as agreement takes it. */
export interface LabelSlot {
  readonly rater: string;
  readonly key: ItemKey;
  readonly labels: SlotLabels;
  /** The first label; of the consensus, which is no blind label, the one that stands. */
  readonly said: ScoreEvent | CannotAssessEvent;
}

/** The subset's items, each once: without the slots that ask one again. */
export function askedOnce({ manifest }: Subset): ManifestSlot[] {
  return manifest.items.filter(slot => slot.repeatOf === undefined);
}

/** All labels of a criterion: those given in the subset's slots under this manifest, or else those outside any subset. */
export function labelSlots(labels: LabelIndex, criterion: string, subset?: Subset): LabelSlot[] {
  if (!subset) return said(labels, criterion).filter(slot => slot.subset === null);
  const items = new Map(askedOnce(subset).map(({ slot, item }) => [slot, itemKeyText(item)]));
  return said(labels, criterion).filter(
    slot =>
      slot.subset?.name === subset.manifest.name &&
      slot.said.subset?.sha256 === subset.sha256 &&
      items.get(slot.subset.slot) === itemKeyText(slot.key),
  );
}

/** Labels in slots of the subset's name that were given under another manifest. */
export function otherVersionLabels(labels: LabelIndex, criterion: string, subset: Subset): LabelSlot[] {
  return said(labels, criterion).filter(
    slot => slot.subset?.name === subset.manifest.name && slot.said.subset?.sha256 !== subset.sha256,
  );
}

function said(labels: LabelIndex, criterion: string) {
  return allSlots(labels).flatMap(slot => {
    const event = slot.rater === consensusRater ? slot.labels.current : slot.labels.first;
    return event === null || slot.key.criterion !== criterion ? [] : [{ ...slot, said: event }];
  });
}
