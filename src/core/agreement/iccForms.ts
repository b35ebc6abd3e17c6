import { fQuantile } from './fQuantile';
import type { IccForm } from './icc';

/** ICC(1): items random, each rated by raters of its own; Shrout & Fleiss' ICC(1,1). */
export const oneWayForm: IccForm = {
  numerator: ({ msr, msw }) => msr - msw,
  denominator: ({ msr, msw, raters }) => msr + (raters - 1) * msw,
  interval: ({ msr, msw, items, raters }) =>
    ratioInterval(msr / msw, items - 1, items * (raters - 1), raters),
  atOne: 'no disagreement observed',
};

/** ICC(C,1): differences between raters left out; Shrout & Fleiss' ICC(3,1). */
export const consistencyForm: IccForm = {
  numerator: ({ msr, mse }) => msr - mse,
  denominator: ({ msr, mse, raters }) => msr + (raters - 1) * mse,
  interval: ({ msr, mse, items, raters }) =>
    ratioInterval(msr / mse, items - 1, (items - 1) * (raters - 1), raters),
  atOne: 'no disagreement observed but for the raters’ levels',
};

/** ICC(A,1): differences between raters count as error; Shrout & Fleiss' ICC(2,1). */
export const agreementForm: IccForm = {
  numerator: ({ msr, mse }) => msr - mse,
  denominator: ({ msr, mse, msc, items, raters }) =>
    msr + (raters - 1) * mse + (raters / items) * (msc - mse),
  interval({ msr, msc, mse, items, raters }, value) {
    const a = (raters * value) / (items * (1 - value));
    const b = 1 + (raters * value * (items - 1)) / (items * (1 - value));
    const error = a * msc + b * mse;
    const df =
      (error * error) /
      ((a * msc * (a * msc)) / (raters - 1) + (b * mse * (b * mse)) / ((items - 1) * (raters - 1)));
    const below = fQuantile(0.975, items - 1, df);
    const above = fQuantile(0.975, df, items - 1);
    const noise = raters * msc + (raters * items - raters - items) * mse;
    return [
      (items * (msr - below * mse)) / (below * noise + items * msr),
      (items * (above * msr - mse)) / (noise + items * above * msr),
    ];
  },
  atOne: 'no disagreement observed',
};

/** Ends of (F − 1)/(F + k − 1), F the ratio of mean squares over and times its quantiles. */
function ratioInterval(ratio: number, d1: number, d2: number, raters: number): readonly [number, number] {
  const end = (f: number) => (f - 1) / (f + raters - 1);
  return [end(ratio / fQuantile(0.975, d1, d2)), end(ratio * fQuantile(0.975, d2, d1))];
}
