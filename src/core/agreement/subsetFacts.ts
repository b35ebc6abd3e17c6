import { consensusRater } from '../labels/labelEvent';
import { exposedSince, labelsOf } from '../labels/labelIndex';
import type { LabelIndex } from '../labels/labelIndex';
import { slotsOf } from '../subset/manifest';
import type { Manifest, Stratum, Subset } from '../subset/manifest';
import type { Exclusions, StratumFacts, SubsetFacts, SubsetRater } from './agreementReport';
import { askedOnce } from './labelSlots';
import type { RatingColumn, RatingStratum, RatingUnit } from './ratingTable';
import { causeOf } from './usableUnits';

/** Why a subset can't be reported on, in one sentence; `null` where it can. */
export function refuseSubset(manifest: Manifest, criterion: string): string | null {
  if (manifest.criterion !== criterion)
    return `The subset “${manifest.name}” is about ${manifest.criterion}, not ${criterion}.`;
  if (manifest.role === 'practice')
    return `“${manifest.name}” is a practice subset: raters saw the judge after each item, so its labels never enter agreement.`;
  return null;
}

/** The design has no inclusion probabilities: nothing of the whole run can be estimated from it. */
export function isUnfit(subset: Subset): boolean {
  return askedOnce(subset).some(({ weight }) => weight === null);
}

/** The strata in the manifest's order, with what tells neighbouring ranges of judge scores. */
export function ratingStrata({ manifest }: Subset): RatingStratum[] {
  return manifest.strata.map(stratum => ({ id: stratum.id, binsOf: binsOf(stratum) }));
}

function binsOf({ where }: Stratum): string | null {
  const { judge, ...others } = where;
  return judge == null ? null : JSON.stringify(others);
}

/** What was drawn and shown, how far each rater came, and what of each stratum may be used. */
export function subsetFacts(
  subset: Subset,
  labels: LabelIndex,
  raters: readonly string[],
  units: readonly RatingUnit[],
  columns: readonly RatingColumn[],
  scale: { readonly min: number; readonly max: number },
): SubsetFacts {
  const { manifest, sha256 } = subset;
  const { name, seed, design, reveal, context, show, strata } = manifest;
  return {
    name,
    sha256,
    seed,
    design,
    unfit: isUnfit(subset),
    reveal,
    context,
    show,
    population: strata.reduce((sum, { population }) => sum + population, 0),
    drawn: units.length,
    strata: strata.map(({ id, population, drawn }) => ({
      id,
      population,
      drawn,
      ...usableAndLost(
        [...units.keys()].filter(unit => units[unit]?.stratum === id),
        columns,
        scale,
      ),
    })),
    raters: raters.map(rater => progressOf(subset, labels, rater)),
  };
}

/** Of a stratum's units: by rater how many may be used, and by rater or judge why the others may not. */
function usableAndLost(
  units: readonly number[],
  columns: readonly RatingColumn[],
  scale: { readonly min: number; readonly max: number },
): Pick<StratumFacts, 'usable' | 'lost'> {
  const counted = columns.map(column => {
    const counts = { missing: 0, offScale: 0, judgeVisible: 0, imported: 0, cannotAssess: 0, stale: 0 };
    for (const unit of units) {
      const cause = causeOf(column, unit, scale);
      if (cause !== null) counts[cause]++;
    }
    const { imported, ...others } = counts;
    const lost: Exclusions = imported > 0 ? counts : others;
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
    return { name: column.name, human: column.role === 'human', usable: units.length - all, all, lost };
  });
  const losing = counted.filter(({ all }) => all > 0);
  return {
    usable: Object.fromEntries(
      counted.filter(({ human }) => human).map(({ name, usable }) => [name, usable]),
    ),
    ...(losing.length > 0 ? { lost: Object.fromEntries(losing.map(({ name, lost }) => [name, lost])) } : {}),
  };
}

function progressOf(subset: Subset, labels: LabelIndex, rater: string): SubsetRater {
  const { manifest } = subset;
  const slots = slotsOf(manifest, rater).filter(slot => slot.repeatOf === undefined);
  const own = slots.map(({ item, slot }) => {
    const { first, skipped } = labelsOf(labels, rater, item, { name: manifest.name, slot });
    return { first: first?.subset?.sha256 === subset.sha256 ? first : null, skipped };
  });
  // All of it: the judge of single items may have been shown elsewhere, as in practice.
  const since = slots.map(({ item }) => exposedSince(labels, rater, item));
  const shown =
    rater === consensusRater || since.includes(null)
      ? null
      : since.reduce((last, id) => (last === null || (id !== null && id > last) ? id : last), null);
  const before = own.filter(({ first }) => first !== null && shown !== null && first.id < shown);
  /** Skipped is dealt with: what is left of a subset that way may be seen. */
  const open = own.some(({ first, skipped }) =>
    first === null ? !skipped : shown !== null && first.id > shown,
  );
  return {
    rater,
    slots: own.length,
    labelled: own.filter(({ first }) => first?.kind === 'score').length,
    skipped: own.filter(({ first, skipped }) => first === null && skipped).length,
    cannotAssess: own.filter(({ first }) => first?.kind === 'cannot-assess').length,
    ...(shown !== null && open ? { openedAfter: before.length } : {}),
  };
}
