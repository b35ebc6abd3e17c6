import { binaryCells } from '../binaryTable';
import { coefficient } from '../coefficient';
import { correlationOf } from '../correlation';
import type { Measure } from '../measure';

/** Matthews correlation (Matthews 1975): the product-moment correlation φ of the 2×2 table. */
export const mcc: Measure = {
  id: 'mcc',
  label: 'MCC (φ)',
  ratings: 'numbers',
  of: sample =>
    coefficient(sample, {
      ...binaryCells(sample),
      value([both = 0, onlyA = 0, onlyB = 0, neither = 0]) {
        const a = both + onlyA;
        const b = both + onlyB;
        return correlationOf({ weight: a + onlyB + neither, a, b, aa: a, bb: b, ab: both });
      },
    }),
};
