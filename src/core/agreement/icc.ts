import { aboveMinusOne } from './aboveMinusOne';
import type { MeasureValue } from './agreementReport';
import { coefficient } from './coefficient';
import { listwise, withItemCount } from './listwise';
import { withoutInterval, withoutValue } from './measure';
import type { Sample } from './sample';
import { snapped, undefinedValue } from './statistic';
import { twoWay, type MeanSquares } from './twoWay';

/** One of the intraclass correlations of a single rating. */
export interface IccForm {
  readonly numerator: (squares: MeanSquares) => number;
  readonly denominator: (squares: MeanSquares) => number;
  /** 95% interval of McGraw & Wong (1996, table 7): items independent; its ends may lie beyond −1 and 1. */
  readonly interval: (squares: MeanSquares, value: number) => readonly [number, number];
  /** Said where it is 1. */
  readonly atOne: string;
}

/**
 * The reliability of one rating, listwise. `ci` has these raters fixed and clusters random; `analyticCi`, under equal
 * weights only, has items independent, and raters random where the form says so.
 */
export function singleIcc(sample: Sample, form: IccForm): MeasureValue {
  const complete = listwise(sample);
  return withItemCount(ofComplete(complete, form), complete, sample);
}

/** The reliability of the mean of k ratings: k r/(1 + (k − 1) r) of the single one's value and ends (Spearman–Brown). */
export function averageIcc(sample: Sample, form: IccForm): MeasureValue {
  const complete = listwise(sample);
  const ratings = complete.columns.length;
  // What follows from a mean of raters' values is not the mean of what follows from each.
  const measured = sample.raters
    ? ofComplete(complete, steppedUp(form, ratings))
    : stepUp(ofComplete(complete, form), ratings);
  return withItemCount(measured, complete, sample);
}

function ofComplete(sample: Sample, form: IccForm): MeasureValue {
  const layout = twoWay(sample);
  const valueOf = (squares: MeanSquares | null) => {
    if (!squares) return undefinedValue("nobody's ratings vary");
    const denominator = form.denominator(squares);
    if (denominator <= 1e-13 * (squares.msr + squares.mse))
      return undefinedValue('no variance is left to divide by');
    return snapped(form.numerator(squares) / denominator);
  };
  const measured = coefficient(
    sample,
    { ...layout, value: sums => valueOf(layout.meanSquares(sums)) },
    form.atOne,
  );
  const { value } = measured;
  if (value === null) return measured;
  const bounded = aboveMinusOne(measured);
  if (!sample.equalWeights || value === 1) return bounded;
  const total = new Float64Array(layout.size);
  for (let item = 0; item < sample.n; item++) layout.add(total, item, 1);
  const squares = layout.meanSquares(total);
  const ends = squares ? form.interval(squares, value) : [NaN, NaN];
  return ends.every(Number.isFinite) ? { ...bounded, analyticCi: [ends[0] ?? NaN, ends[1] ?? NaN] } : bounded;
}

/** k r/(1 + (k − 1) r) as a ratio of mean squares. */
function steppedUp(form: IccForm, ratings: number): IccForm {
  return {
    ...form,
    numerator: squares => ratings * form.numerator(squares),
    denominator: squares => form.denominator(squares) + (ratings - 1) * form.numerator(squares),
  };
}

function stepUp({ value, ci, analyticCi, ...rest }: MeasureValue, raters: number): MeasureValue {
  if (value === null) return { ...rest, value };
  const average = (single: number): number => {
    const below = 1 + (raters - 1) * single;
    return below > 1e-13 ? snapped((raters * single) / below) : NaN;
  };
  const mean = average(value);
  if (Number.isNaN(mean)) return withoutValue('items do not vary beyond what their ratings do');
  const [analyticLow = NaN, analyticHigh = NaN] = analyticCi?.map(average) ?? [];
  const analytic =
    Number.isNaN(analyticLow) || Number.isNaN(analyticHigh)
      ? {}
      : { analyticCi: [analyticLow, analyticHigh] as const };
  if (!ci) return { ...rest, value: mean, ci: null, ...analytic };
  const [low, high] = [average(ci[0]), average(ci[1])];
  if (Number.isNaN(low))
    return {
      ...withoutInterval(mean, 'no interval: one rating may be as unreliable as −1/(k − 1)'),
      ...analytic,
    };
  return { ...rest, value: mean, ci: [low, high], ...analytic };
}
