import type { MeasureValue } from '../agreementReport';
import { labelSlots } from '../labelSlots';
import { unitId } from '../ratingTableOfRun';
import { clustersOf, type Sample } from '../sample';
import { undefinedValue, type Value } from '../statistic';
import { jackknife } from '../jackknife';
import { withoutValue } from '../measure';
import type { LabelIndex } from '../../labels/labelIndex';
import type { RolloutSummary } from '../../rollout/runScan';
import type { Subset } from '../../subset/manifest';
import { counted, estimateText } from './estimateText';
import { numberInterval } from './intervals';
import { labelledItemsOf } from './labelledItems';
import { leastSquares } from './leastSquares';
import { inSentences, type Question, refuse } from './question';
import type { Ratings } from './ratings';

export interface DriftAnswer {
  readonly raters: readonly RaterDrift[];
}

export interface RaterDrift {
  readonly rater: string;
  readonly n: number;
  readonly clusters: number;
  /** Change of judge − human from the rater's first label to the last, strata and turn held; above 0 the human's scores fall. */
  readonly change: MeasureValue;
}

/** How our manifests name the permutation that orders their slots. */
const seededOrder = /^rollout-annotator\/1 /;
const fewestLabels = 20;

/** Whether raters changed while they went through the subset. Unweighted: it is about the raters, not the run. */
export function driftQuestion(
  ratings: Ratings,
  rollouts?: readonly RolloutSummary[],
  labels?: LabelIndex,
  subset?: Subset,
): Question<DriftAnswer> {
  if (!labels || !rollouts || !subset)
    return refuse('Drift is told from the order of a subset: without one, time and item are not told apart.');
  if (!seededOrder.test(subset.manifest.algorithm))
    return refuse(
      `The order of the subset is not known to be a seeded permutation (${subset.manifest.algorithm}): time and item are not told apart.`,
    );
  if (!ratings.judge) return refuse('There is no judge to hold the raters against.');
  const said = labelSlots(labels, subset.manifest.criterion, subset);
  const names = [...new Set(ratings.raters.map(({ rater }) => rater))];
  const raters = names.flatMap((rater): RaterDrift[] => {
    // The id of an event rises with time, whatever the clock says.
    const times = new Map(
      said.filter(slot => slot.rater === rater).map(({ key, said: { id } }) => [unitId(key), id]),
    );
    const own = { ...ratings, humans: ratings.raters.filter(each => each.rater === rater) };
    const items = labelledItemsOf(own, rollouts).items.filter(({ id }) => times.has(id));
    if (items.length < fewestLabels) return [];
    const ids = items.map(({ id }) => times.get(id) ?? '');
    const places = new Map([...ids].sort().map((id, place) => [id, place]));
    const points = items.map(({ cluster, stratum, turn, judge, humans }, index) => ({
      cluster,
      stratum,
      turn,
      time: (places.get(ids[index] ?? '') ?? 0) / (items.length - 1),
      error: judge - (humans[0] ?? 0),
    }));
    const clusters = new Set(points.map(({ cluster }) => cluster)).size;
    return [{ rater, n: points.length, clusters, change: changeOf(points, ratings.seed) }];
  });
  if (raters.length === 0)
    return refuse(`No rater has ${String(fewestLabels)} usable labels in the subset: no drift can be told.`);
  return { answer: { raters }, ...inSentences(toldOf(raters)) };
}

interface Point {
  readonly cluster: string;
  readonly stratum: string;
  readonly turn: number;
  /** 0 the first label, 1 the last. */
  readonly time: number;
  readonly error: number;
}

/** The coefficient of time in the regression on time, turn and strata, with the cluster jackknife. */
function changeOf(points: readonly Point[], seed: number): MeasureValue {
  const strata = [...new Set(points.map(({ stratum }) => stratum))].sort();
  const turn = points.reduce((sum, each) => sum + each.turn, 0) / points.length;
  // Time stands last: what strata and turn explain of it is taken out before.
  const terms = points.map(point => [
    ...strata.map(stratum => (point.stratum === stratum ? 1 : 0)),
    point.turn - turn,
    point.time,
  ]);
  const count = strata.length + 2;
  const sample: Sample = {
    columns: [],
    n: points.length,
    weights: new Float64Array(points.length).fill(1),
    equalWeights: true,
    clusters: clustersOf(points.map(({ cluster }) => cluster)),
    categories: { kind: 'none', reason: 'a measurement' },
    seed,
  };
  const deleted = jackknife(sample, {
    size: count * (count + 1),
    add(sums, item, weight) {
      const x = terms[item] ?? [];
      x.forEach((left, row) => {
        x.forEach((right, column) => {
          const at = row * count + column;
          sums[at] = (sums[at] ?? 0) + weight * left * right;
        });
        const at = count * count + row;
        sums[at] = (sums[at] ?? 0) + weight * left * (points[item]?.error ?? 0);
      });
    },
    value(sums): Value {
      const change = leastSquares(sums.subarray(0, count * count), sums.subarray(count * count), count).at(
        -1,
      );
      return change ?? undefinedValue('strata and turn leave nothing of time');
    },
  });
  return points.length > count
    ? numberInterval(deleted, deleted.replicates.length)
    : withoutValue('fewer labels than strata');
}

function toldOf(raters: readonly RaterDrift[]): string[] {
  return [
    ...raters.map(
      ({ rater, n, change }) =>
        `Over the ${counted(n, 'label')} of ${rater}, judge − human changed by ${estimateText(change)} from the first to the last.`,
    ),
    'Adjusted for stratum and turn, unweighted; above 0 the human’s scores fell.',
    'A straight line over the order of labelling is assumed.',
  ];
}
