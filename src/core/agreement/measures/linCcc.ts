import { coefficient } from '../coefficient';
import { crossMoments } from '../crossMoments';
import type { Measure } from '../measure';
import type { Sample } from '../sample';
import { snapped, undefinedValue, type Statistic } from '../statistic';

/** Lin's concordance 2 s_ab/(s²_a + s²_b + (ā − b̄)²), moments with 1/n, weighted (Lin 1989). */
export const linCcc: Measure = {
  id: 'linCcc',
  label: 'Lin’s concordance',
  ratings: 'numbers',
  of: sample => coefficient(sample, concordance(sample)),
};

function concordance(sample: Sample): Statistic {
  const { parts, shift, ...moments } = crossMoments(sample);
  return {
    ...moments,
    value(sums) {
      const { weight, a, b, aa, bb, ab } = parts(sums);
      const gap = a - b + shift * weight;
      const [spreadA, spreadB] = [weight * aa - a * a, weight * bb - b * b];
      const spread =
        (spreadA <= 1e-13 * weight * aa ? 0 : spreadA) + (spreadB <= 1e-13 * weight * bb ? 0 : spreadB);
      const whole = spread + gap * gap;
      if (whole === 0) return undefinedValue('every rating is the same');
      if (spread === 0) return undefinedValue("nobody's ratings vary");
      return snapped((2 * (weight * ab - a * b)) / whole);
    },
  };
}
