import type { BoundValues, CannotAssessBounds, PairReport } from './agreementReport';
import type { Measure } from './measure';
import { judgeBoundMeasures } from './measureLists';
import { prevalenceHuman } from './cuts/prevalenceHuman';
import { formatNumber } from './numberText';
import { cutSample, sampleOf, type PairOptions } from './pairReport';
import type { RatingColumn, RatingTable } from './ratingTable';
import type { Sample } from './sample';
import { causeOf, usableUnits } from './usableUnits';

/** From this share of the items that a rater answered on, those that could not be assessed are followed up. */
const mostUnassessed = 0.05;

/**
 * What the judge's comparison with a human would be with every item that the human could not assess at the lowest, and at the
 * highest score; `null` where they are 5% of the items answered, or fewer. Nothing else is imputed.
 */
function cannotAssessBounds(
  table: RatingTable,
  judge: RatingColumn,
  human: RatingColumn,
  options: PairOptions,
): CannotAssessBounds | null {
  const { declared } = options;
  const causes = table.units.map((_, unit) => causeOf(human, unit, declared));
  const open = new Set(causes.flatMap((cause, unit) => (cause === 'cannotAssess' ? [unit] : [])));
  const answered = causes.filter(cause => cause !== 'missing').length;
  if (!declared || judge.role !== 'judge' || open.size <= mostUnassessed * answered) return null;
  const withAll = (score: number): BoundValues => {
    const values = human.values.map((value, unit) => (open.has(unit) ? score : value));
    const columns = [judge, { ...human, values }];
    const { used } = usableUnits(table, columns, declared);
    const sample = sampleOf(table, columns, used, { ...options, ci: 'jackknife' });
    return {
      measures: Object.fromEntries(judgeBoundMeasures.map(measure => [measure.id, valueOf(measure, sample)])),
      thresholds: options.thresholds.map(cut => ({
        cut,
        prevalenceHuman: valueOf(prevalenceHuman, cutSample(sample, cut)),
      })),
    };
  };
  return {
    items: open.size,
    answered,
    scale: declared,
    atMin: withAll(declared.min),
    atMax: withAll(declared.max),
  };
}

/** The value alone: in one cluster nothing is spent on an interval. */
function valueOf(measure: Measure, sample: Sample): number | null {
  if (sample.n === 0) return null;
  return measure.of({ ...sample, clusters: [Int32Array.from({ length: sample.n }, (_, item) => item)] })
    .value;
}

/** The pair with its bounds, where it has some, in numbers and in a sentence among its warnings. */
export function withBounds(pair: PairReport, ...asked: Parameters<typeof cannotAssessBounds>): PairReport {
  const cannotAssess = cannotAssessBounds(...asked);
  if (!cannotAssess) return pair;
  return { ...pair, cannotAssess, warnings: [...pair.warnings, boundsSentence(cannotAssess, pair.b)] };
}

function boundsSentence({ items, answered, scale, atMin, atMax }: CannotAssessBounds, human: string): string {
  const number = (value: number | null | undefined): string =>
    value == null ? 'undefined' : formatNumber(value);
  const both = (name: string, low?: number | null, high?: number | null): string =>
    `${name} ${number(low)} and ${number(high)}`;
  const of = (id: string, name: string): string => both(name, atMin.measures[id], atMax.measures[id]);
  const shares = atMin.thresholds.map(({ cut, prevalenceHuman: low }, index) =>
    both(`the human share at or above ${cut}`, low, atMax.thresholds[index]?.prevalenceHuman),
  );
  const values = [
    of('meanHuman', 'the mean human score'),
    of('meanDifference', 'the mean difference'),
    of('cohenKappaQuadratic', 'κ with quadratic weights'),
    ...shares,
  ];
  return `${human} could not assess ${items} of ${answered} items. With all of them at ${scale.min}, and all at ${scale.max}: ${values.join('; ')}.`;
}
