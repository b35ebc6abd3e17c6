import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import studentQuantile from '@stdlib/stats-base-dists-t-quantile';

/** Upper 2.5% point of the normal distribution. */
export const normal975 = normalQuantile(0.975, 0, 1);

/** Upper 2.5% point of Student's t. */
export function t975(degreesOfFreedom: number): number {
  return studentQuantile(0.975, degreesOfFreedom);
}
