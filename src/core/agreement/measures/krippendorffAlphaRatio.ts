import type { MeasureValue } from '../agreementReport';
import { alphaOf } from '../alpha';
import { coefficient } from '../coefficient';
import { coincidenceCells } from '../coincidenceCells';
import { distinctOfAll } from '../distinct';
import { withoutValue, type Measure } from '../measure';
import type { Sample } from '../sample';
import type { Statistic } from '../statistic';

/** Krippendorff's α with δ² = ((c − k)/(c + k))² (Krippendorff 2011); missing ratings allowed, negative ones not. */
export const krippendorffAlphaRatio: Measure = {
  id: 'krippendorffAlphaRatio',
  label: 'Krippendorff α, ratio',
  ratings: 'numbers',
  of: ratio,
};

/** Σ n_c n_k δ² goes over all pairs of values: beyond this many it takes minutes. */
const mostValues = 20_000;
/** Of an average over raters: each rater's sums are far from those of all, and go over the pairs again in every replicate. */
const mostAveraged = 100;

function ratio(sample: Sample): MeasureValue {
  const values = distinctOfAll(sample.columns)[0]?.values ?? new Float64Array();
  if (values.some(value => value < 0)) return withoutValue('negative ratings have no ratio');
  const most = sample.raters ? mostAveraged : mostValues;
  if (values.length > most) return withoutValue(`over ${most} different ratings`);
  return coefficient(sample, ratioSums(sample, values));
}

/**
 * E(n) = Σ n_c n_k δ² is a quadratic form: with M n₀ made once, E(n₀ + d) = E(n₀) + 2 d·M n₀ + d·M d, and d is 0 but for
 * what a replicate changes.
 */
function ratioSums(sample: Sample, values: Float64Array): Statistic {
  const cells = coincidenceCells(sample);
  const squared = (left: number, right: number): number => {
    const share = left === right ? 0 : (left - right) / (left + right);
    return share * share;
  };
  const whole = new Float64Array(cells.size);
  for (const items of sample.clusters)
    for (const item of items) cells.add(whole, item, sample.weights[item] ?? 0);
  const start = cells.parts(whole).amounts;
  const pull = new Float64Array(values.length);
  let startForm = 0;
  for (let left = 0; left < values.length; left++) {
    for (let right = left + 1; right < values.length; right++) {
      const apart = squared(values[left] ?? 0, values[right] ?? 0);
      pull[left] = (pull[left] ?? 0) + (start[right] ?? 0) * apart;
      pull[right] = (pull[right] ?? 0) + (start[left] ?? 0) * apart;
    }
    // Complete: what stands to its left was added before.
    startForm += (start[left] ?? 0) * (pull[left] ?? 0);
  }
  return {
    ...cells,
    value(sums) {
      const { items, weight, amounts, observed } = cells.parts(sums);
      const changed: number[] = [];
      let ratings = 0;
      let expected = startForm;
      for (let place = 0; place < amounts.length; place++) {
        ratings += amounts[place] ?? 0;
        const change = (amounts[place] ?? 0) - (start[place] ?? 0);
        if (change === 0) continue;
        changed.push(place);
        expected += 2 * change * (pull[place] ?? 0);
      }
      for (const left of changed) {
        for (const right of changed) {
          const both =
            ((amounts[left] ?? 0) - (start[left] ?? 0)) * ((amounts[right] ?? 0) - (start[right] ?? 0));
          expected += both * squared(values[left] ?? 0, values[right] ?? 0);
        }
      }
      let disagreement = 0;
      for (let cell = 0; cell < observed.length; cell++) {
        const apart = squared(values[cells.upper[cell] ?? 0] ?? 0, values[cells.lower[cell] ?? 0] ?? 0);
        disagreement += 2 * (observed[cell] ?? 0) * apart;
      }
      return alphaOf({ items, weight, ratings, observed: disagreement, expected }, 1e-13 * startForm);
    },
  };
}
