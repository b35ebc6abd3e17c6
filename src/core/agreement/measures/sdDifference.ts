import { ofDifferences } from '../differences';
import type { Measure } from '../measure';

/** Standard deviation of a − b, with n − 1 (Bland & Altman 1986). */
export const sdDifference: Measure = {
  id: 'sdDifference',
  label: 'SD of the difference',
  ratings: 'numbers',
  of: sample => ofDifferences(sample, ({ sd }) => sd, { least: 0 }),
};
