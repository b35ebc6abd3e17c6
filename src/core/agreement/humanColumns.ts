import { consensusRater } from '../labels/labelEvent';
import { rubricHash, shortHash } from '../labels/rubric';
import type { Rubric } from '../labels/rubric';
import { itemKeyText } from '../rollout/item';
import type { Item } from '../rollout/item';
import type { LabelSlot } from './labelSlots';
import type { ExclusionCause, Rating, RatingColumn } from './ratingTable';

/** What tells whether a label may be used. */
export interface LabelRules {
  readonly rubric: Rubric;
  /** Items as the file has them now, by `itemKeyText`. */
  readonly itemsNow: ReadonlyMap<string, Item>;
  /** Items as the subset's manifest has them. */
  readonly itemsDrawn?: ReadonlyMap<string, Item>;
  readonly includeImported: boolean;
}

/** One rater's ratings: a column, or one for each version of the rubric that the used labels were given by. */
export interface HumanColumns {
  readonly columns: readonly RatingColumn[];
  /** Version of the rubric → used labels given by it, in order of first use. */
  readonly versions: ReadonlyMap<string, number>;
  /** Imported labels among those used. */
  readonly imported: number;
}

/** `slots` are those of the rater; `unitOf` gives a unit by `itemKeyText`. */
export function humanColumns(
  rater: string,
  slots: readonly LabelSlot[],
  unitOf: ReadonlyMap<string, number>,
  rules: LabelRules,
): HumanColumns {
  const used: { unit: number; rating: Rating; version: string; id: string }[] = [];
  const leftOut: { unit: number; cause: ExclusionCause; version: string }[] = [];
  let imported = 0;
  for (const slot of slots) {
    const unit = unitOf.get(itemKeyText(slot.key));
    if (unit === undefined) continue;
    const { said } = slot;
    const cause = causeOf(slot, rules);
    if (cause !== null) leftOut.push({ unit, cause, version: said.kind === 'score' ? said.rubric : '' });
    if (cause !== null || said.kind !== 'score') continue;
    // A label on another scale is no number of this one: it falls out as off the scale, never converted.
    const rating = sameScale(said.scale, rules.rubric) ? said.value : Number.POSITIVE_INFINITY;
    used.push({ unit, rating, version: said.rubric, id: said.id });
    if (isImported(slot)) imported++;
  }
  const versions = new Map<string, number>();
  for (const { version } of used.sort((a, b) => (a.id < b.id ? -1 : 1)))
    versions.set(version, (versions.get(version) ?? 0) + 1);
  // Each label is counted once: one that can’t be assessed, or is by a version of no used label, stands with the first.
  const [firstVersion] = versions.keys();
  const columnOf = (version: string): string | undefined => (versions.has(version) ? version : firstVersion);
  const column = (name: string, version: string | null): RatingColumn => {
    const excluded = new Map(
      leftOut
        .filter(label => version === null || columnOf(label.version) === version)
        .map(({ unit, cause }) => [unit, cause]),
    );
    const values = Array.from({ length: unitOf.size }, (): Rating => null);
    for (const label of used)
      if ((version ?? label.version) === label.version) values[label.unit] = label.rating;
    return {
      name,
      role: 'human',
      values,
      excluded,
      ...(version === null ? {} : { rater }),
      ...(rater === consensusRater ? { judgeOnly: true } : {}),
    };
  };
  const names = versionNames([...versions.keys()]);
  const columns =
    versions.size < 2
      ? [column(rater, null)]
      : [...versions.keys()].map((version, index) =>
          column(`${rater} (rubric ${names[index] ?? version})`, version),
        );
  return { columns, versions, imported };
}

function causeOf(slot: LabelSlot, rules: LabelRules): ExclusionCause | null {
  const { said, labels, key } = slot;
  // A consensus is made with the judge in view, and asked for as such.
  if (slot.rater !== consensusRater) {
    if (isImported(slot)) {
      if (!rules.includeImported) return 'imported';
    } else if (labels.judgeVisible !== false) return 'judgeVisible';
  }
  if (said.kind === 'cannot-assess') return 'cannotAssess';
  const text = itemKeyText(key);
  const now = rules.itemsNow.get(text);
  const read: readonly (Item | undefined)[] = [
    said.item,
    ...(rules.itemsDrawn ? [rules.itemsDrawn.get(text)] : []),
  ];
  const same = read.every(
    item => item !== undefined && item.sha256 === now?.sha256 && item.contextSha256 === now.contextSha256,
  );
  return same ? null : 'stale';
}

/** Given elsewhere: what the rater has been shown here says nothing of it. */
const isImported = ({ said, labels }: LabelSlot): boolean =>
  said.judgeVisible === null || labels.judgeVisible === null;

const sameScale = (scale: { min: number; max: number; worst: string }, rubric: Rubric): boolean =>
  scale.min === rubric.scale.min && scale.max === rubric.scale.max && scale.worst === rubric.scale.worst;

/** Short, unless that makes two the same. */
function versionNames(versions: readonly string[]): readonly string[] {
  const short = versions.map(shortHash);
  return new Set(short).size === short.length ? short : versions;
}

/** A note on the versions of the rubric that labels were given by; none where all were given by the rubric of now. */
export function versionNotes(
  raters: readonly { readonly rater: string; readonly versions: ReadonlyMap<string, number> }[],
  rubric: Rubric,
): string[] {
  const now = rubricHash(rubric);
  if (raters.every(({ versions }) => [...versions.keys()].every(version => version === now))) return [];
  const each = raters.flatMap(({ rater, versions }) => {
    if (versions.size === 0) return [];
    const names = versionNames([...versions.keys()]);
    const counts = [...versions.values()].map(
      (count, index) => `${names[index] ?? ''} (${String(count)} ${count === 1 ? 'label' : 'labels'})`,
    );
    return [`${rater} by ${counts.join(' and ')}${counts.length > 1 ? ', reported apart' : ''}`];
  });
  return [
    `Labels were given by these versions of the rubric: ${each.join('; ')}. The rubric now is ${shortHash(now)}.`,
  ];
}
