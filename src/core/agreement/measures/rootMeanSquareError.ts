import type { Measure } from '../measure';
import { onOwnScale } from '../onOwnScale';
import { isDefined, ratio } from '../statistic';

/** √ mean (a − b)². */
export const rootMeanSquareError: Measure = {
  id: 'rootMeanSquareError',
  label: 'Root mean square error',
  ratings: 'numbers',
  of(sample) {
    const [a, b] = sample.columns;
    const gap = (item: number) => (a?.[item] ?? 0) - (b?.[item] ?? 0);
    const squares = ratio(
      item => gap(item) * gap(item),
      () => 1,
      'no items',
    );
    let magnitude = 0;
    for (let item = 0; item < sample.n; item++) magnitude = Math.max(magnitude, Math.abs(gap(item)));
    return onOwnScale(
      sample,
      {
        ...squares,
        value(sums) {
          const mean = squares.value(sums);
          return isDefined(mean) ? Math.sqrt(mean) : mean;
        },
      },
      {
        magnitude,
        least: 0,
        allEqual: value =>
          value === 0 ? 'no disagreement observed' : 'no interval: every item has the same absolute error',
      },
    );
  },
};
