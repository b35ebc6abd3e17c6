import { formatNumber } from '../numberText';
import type { MeasureValue } from '../agreementReport';
import { coefficient } from '../coefficient';
import { jackknife, jackknifeVariance } from '../jackknife';
import { withoutInterval } from '../measure';
import { t975 } from '../quantiles';
import type { Sample } from '../sample';
import { isDefined, undefinedValue, type Statistic, type Value } from '../statistic';
import { estimateText } from './estimateText';
import { refuse, type Question } from './question';

/** The judge's share at or above the cut in other data, with the variance of that share (0 where it is a census). */
export interface OtherShare {
  readonly share: number;
  readonly variance: number;
  /** That the variance is of, where it is no census: the degrees of freedom are those of the side with fewer. */
  readonly clusters?: number;
}

export interface RoganGladen {
  /** (q + Sp − 1)/(Se + Sp − 1), kept in [0, 1]. */
  readonly share: MeasureValue;
  /** The value left [0, 1] and was put back. */
  readonly clipped: boolean;
  /** Se + Sp − 1, weighted. */
  readonly youden: MeasureValue;
}

/** Se + Sp − 1 has to lie above this with its whole interval. */
const leastYouden = 0.1;

/**
 * Carries weighted sensitivity and specificity to other data (Rogan & Gladen 1978), on the assumption that the judge errs
 * there as it does here. Column 0 of the sample is 1 where the judge is at or above the cut, column 1 the human's share.
 * The variance is the jackknife's over the labels' clusters plus that of the other share over (Se + Sp − 1)². `what` begins the
 * sentence.
 */
export function roganGladen(
  sample: Sample,
  { share, variance, clusters = Infinity }: OtherShare,
  what = 'The other data’s share',
): Question<RoganGladen> {
  const youden = coefficient(sample, ratesOf(sample, youdenOf), 'no error of the judge observed');
  const low = youden.ci?.[0] ?? null;
  if (youden.value === null || low === null || low <= leastYouden)
    return refuse(
      `The judge’s sensitivity and specificity can’t be carried to other data: the lower limit of their sum less 1 has to lie above ${String(leastYouden)}, and it is ${estimateText(youden)}.`,
    );
  const deleted = jackknife(
    sample,
    ratesOf(sample, (sensitivity, specificity) => {
      const sum = sensitivity + specificity - 1;
      return sum > 0 ? (share + specificity - 1) / sum : undefinedValue('no better than chance');
    }),
  );
  const { estimate, replicates, method } = deleted;
  if (!isDefined(estimate)) return refuse(`There is no corrected share: ${estimate.reason}.`);
  const clip = (value: number): number => Math.min(1, Math.max(0, value));
  const values = replicates.filter(isDefined);
  // Without one cluster the judge is no better than chance: that is the replicate which the variance would come from.
  if (values.length < replicates.length)
    return refuse('Without one of the clusters the judge is no better than chance: there is no interval.');
  const error = Math.sqrt(jackknifeVariance(values) + variance / (youden.value * youden.value));
  const half = t975(Math.min(values.length, clusters) - 1) * error;
  const ci = [clip(estimate - half), clip(estimate + half)] as const;
  const within: MeasureValue =
    ci[0] < ci[1]
      ? { value: clip(estimate), ci, method }
      : withoutInterval(clip(estimate), 'no interval: all of it lies outside 0 to 1');
  const clipped = clip(estimate) !== estimate;
  return {
    answer: { share: within, clipped, youden },
    sentence: `${what} is ${estimateText(within)}${clipped ? ', put back into 0 to 1,' : ''} if the judge errs there as it does here (sensitivity + specificity − 1 = ${estimateText(youden)}); by the judge alone it is ${formatNumber(share)}.`,
  };
}

/** A function of weighted sensitivity and specificity; the human's side may be a share of raters. */
function ratesOf(sample: Sample, value: (sensitivity: number, specificity: number) => Value): Statistic {
  const [judge, human] = sample.columns;
  return {
    size: 4,
    add(sums, item, weight) {
      const f = judge?.[item] ?? 0;
      const y = human?.[item] ?? 0;
      sums[0] = (sums[0] ?? 0) + weight * y;
      sums[1] = (sums[1] ?? 0) + weight * y * f;
      sums[2] = (sums[2] ?? 0) + weight * (1 - y);
      sums[3] = (sums[3] ?? 0) + weight * (1 - y) * (1 - f);
    },
    value([positive = 0, hits = 0, negative = 0, rejections = 0]) {
      if (!(positive > 0)) return undefinedValue('no item that the human puts at or above the cut');
      if (!(negative > 0)) return undefinedValue('no item that the human puts under the cut');
      return value(hits / positive, rejections / negative);
    },
  };
}

const youdenOf = (sensitivity: number, specificity: number): number => sensitivity + specificity - 1;
