import type { MeasureValue } from '../agreementReport';
import type { Sample } from '../sample';
import { undefinedValue, type Statistic } from '../statistic';
import { combined } from './combine';
import { counted, estimateText, listText } from './estimateText';
import { estimated } from './intervals';
import { equalShare, meanAbsoluteGap } from './pairStatistics';
import { refuse, type Question } from './question';
import type { Ratings } from './ratings';
import { subjectsOf, type Subject } from './subjects';

/** What always giving a rater's most frequent score would reach, beside the judge. */
export interface MajorityBaseline {
  readonly rater: string;
  readonly n: number;
  /** The score most frequent by weight, the lowest of equal ones; a text label as such. */
  readonly score: number | string;
  readonly exactAgreement: Compared;
  /** Absent for text labels. */
  readonly meanAbsoluteError?: Compared;
}

export interface Compared {
  readonly baseline: MeasureValue;
  readonly judge: MeasureValue;
  /** Judge − baseline, paired. */
  readonly difference: MeasureValue;
}

/** The baseline for each rater. Its κ is 0 by definition: it says nothing of any item. */
export function majorityBaselinesOf(
  ratings: Ratings,
  weighted: readonly Subject[] = subjectsOf(ratings, true),
): Question<readonly MajorityBaseline[]> {
  const subjects = weighted.filter(({ parts }) => parts.length === 1);
  if (subjects.length === 0) return refuse('No item has a score from both the judge and a human.');
  const answer = subjects.map(({ rater, n, sample }): MajorityBaseline => {
    const values = [...new Set(sample.columns[1] ?? [])].sort((a, b) => a - b);
    const exact = mostFrequent(sample, values, place => (score: number) => (score === place ? 1 : 0));
    const error = mostFrequent(sample, values, place => (score: number) => Math.abs(score - place));
    const code = values[exact.place] ?? 0;
    const names = labelsOf(ratings);
    return {
      rater,
      n,
      score: ratings.text ? (names[code] ?? String(code)) : code,
      exactAgreement: {
        baseline: estimated(sample, 'share', exact.statistic),
        judge: estimated(sample, 'share', equalShare(sample, 0, 1)),
        difference: difference(sample, equalShare(sample, 0, 1), exact.statistic),
      },
      ...(ratings.text
        ? {}
        : {
            meanAbsoluteError: {
              baseline: estimated(sample, 'size', error.statistic),
              judge: estimated(sample, 'size', meanAbsoluteGap(sample, 0, 1)),
              difference: difference(sample, meanAbsoluteGap(sample, 0, 1), error.statistic),
            },
          }),
    };
  });
  const each = answer.map(
    ({ rater, n, score, exactAgreement }) =>
      `against ${rater} (${counted(n, 'item')}) always giving ${String(score)} agrees exactly on ${estimateText(exactAgreement.baseline)}, the judge on ${estimateText(exactAgreement.judge)}; the difference is ${estimateText(exactAgreement.difference)}`,
  );
  return { answer, sentence: `Majority-score baseline: ${listText(each)}.` };
}

const difference = (sample: Sample, judge: Statistic, baseline: Statistic): MeasureValue =>
  estimated(
    sample,
    'number',
    combined([judge, baseline], ([a = 0, b = 0]) => a - b),
  );

/** The mean of a term of the human score, by the score that is most frequent in what is left of the sample. */
function mostFrequent(
  { columns, n, weights }: Sample,
  values: readonly number[],
  term: (most: number) => (score: number) => number,
): { statistic: Statistic; place: number } {
  const placeOf = new Map(values.map((value, place) => [value, place]));
  const most = (sums: Float64Array): number => {
    let best = 0;
    // A tie is what equal shares are after rounding.
    sums.forEach((sum, place) => (best = sum > (sums[best] ?? 0) * (1 + 1e-12) ? place : best));
    return best;
  };
  const total = new Float64Array(values.length);
  const add: Statistic['add'] = (sums, item, weight) => {
    const place = placeOf.get(columns[1]?.[item] ?? NaN) ?? 0;
    sums[place] = (sums[place] ?? 0) + weight;
  };
  for (let item = 0; item < n; item++) add(total, item, weights[item] ?? 0);
  return {
    place: most(total),
    statistic: {
      size: values.length,
      add,
      value(sums) {
        const weight = sums.reduce((sum, each) => sum + each, 0);
        if (!(weight > 0)) return undefinedValue('no items');
        const of = term(values[most(sums)] ?? 0);
        return sums.reduce((sum, each, place) => sum + each * of(values[place] ?? 0), 0) / weight;
      },
    },
  };
}

/** The text labels in the order of their codes. */
function labelsOf({ table, text }: Ratings): string[] {
  if (!text) return [];
  const labels = table.columns.flatMap(({ values }) => values.filter(value => value !== null).map(String));
  return [...new Set(labels)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
