import type { Measures } from '../agreementReport';
import { unitId } from '../ratingTableOfRun';
import { consensusRater } from '../../labels/labelEvent';
import type { LabelIndex, SlotLabels } from '../../labels/labelIndex';
import { labelsOf } from '../../labels/labelIndex';
import { slotsOf } from '../../subset/manifest';
import type { Subset } from '../../subset/manifest';
import { counted, estimateText, listText } from './estimateText';
import { plainSample } from './plainSample';
import { refuse, type Question } from './question';
import type { Ratings } from './ratings';
import { selfAgreement } from './selfAgreement';

/** A rater's first score of an item beside the one given when it was asked again, unmarked. */
export interface RepeatAgreement {
  readonly rater: string;
  /** Items scored twice with the judge hidden both times. */
  readonly n: number;
  readonly clusters: number;
  /** Unweighted; the mean difference is first − second. */
  readonly measures: Measures;
}

/** Each rater with themselves, on the repeats of the subset; these labels enter no other number. */
export function repeatAgreementOf(
  ratings: Ratings,
  labels?: LabelIndex,
  subset?: Subset,
): Question<readonly RepeatAgreement[]> {
  if (!labels || !subset)
    return refuse('Only a subset asks items again: no rater is compared with themselves.');
  const { manifest } = subset;
  if (!manifest.items.some(({ repeatOf }) => repeatOf !== undefined))
    return refuse('The subset asks no item again: no rater is compared with themselves.');
  const clusters = new Map(ratings.table.units.map(({ id, cluster }) => [id, cluster]));
  const raters = [...new Set(ratings.raters.map(({ rater }) => rater))].filter(
    rater => rater !== consensusRater,
  );
  const answer = raters.flatMap((rater): RepeatAgreement[] => {
    const pairs = slotsOf(manifest, rater).flatMap(({ slot, repeatOf, item }) => {
      if (repeatOf === undefined) return [];
      const at = (place: number): SlotLabels =>
        labelsOf(labels, rater, item, { name: manifest.name, slot: place });
      const first = blindScore(at(repeatOf), subset, ratings.scale);
      const second = blindScore(at(slot), subset, ratings.scale);
      if (first === null || second === null || first.sha256 !== second.sha256) return [];
      const id = unitId(item);
      return [{ id, first: first.value, second: second.value, cluster: clusters.get(id) ?? item.rollout }];
    });
    if (pairs.length === 0) return [];
    pairs.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
    const sample = plainSample(
      [pairs.map(({ first }) => first), pairs.map(({ second }) => second)],
      pairs.map(({ cluster }) => cluster),
      ratings.scale,
      ratings.seed,
    );
    return [{ rater, n: sample.n, clusters: sample.clusters.length, measures: selfAgreement(sample) }];
  });
  if (answer.length === 0) return refuse('No rater has scored a repeated item twice with the judge hidden.');
  const each = answer.map(
    ({ rater, n, measures }) =>
      `${rater} gave the same score twice on ${estimateText(measures['exactAgreement'] ?? { value: null })} of ${counted(n, 'repeated item')} (κ with quadratic weights ${estimateText(measures['cohenKappaQuadratic'] ?? { value: null })})`,
  );
  return {
    answer,
    sentence: `${listText(each)}, unweighted; the repeats were not marked and enter no other number.`,
  };
}

/** A score that may be used: blind, of this manifest, on the scale. */
function blindScore(
  { first, judgeVisible }: SlotLabels,
  { sha256 }: Subset,
  scale: Ratings['scale'],
): { value: number; sha256: string } | null {
  if (first?.kind !== 'score' || judgeVisible !== false || first.subset?.sha256 !== sha256) return null;
  if (scale && (first.value < scale.min || first.value > scale.max)) return null;
  return { value: first.value, sha256: first.item.sha256 };
}
