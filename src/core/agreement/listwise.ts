import type { MeasureValue } from './agreementReport';
import { distinctRows } from './distinctRows';
import { scaledWeights, type Sample } from './sample';

/** The items that every rater rated, as a sample of their own; the sample itself where that is all of them. */
export function listwise(sample: Sample): Sample {
  const kept: number[] = [];
  for (let item = 0; item < sample.n; item++)
    if (sample.columns.every(column => !Number.isNaN(column[item] ?? NaN))) kept.push(item);
  if (kept.length === sample.n) return sample;
  const place = new Map(kept.map((item, index) => [item, index]));
  const { weights, equal } = scaledWeights(kept.map(item => sample.weights[item] ?? 0));
  const { categories, resampling, alike, ...rest } = sample;
  const keptOf = (items: Int32Array): Int32Array =>
    items.filter(item => place.has(item)).map(item => place.get(item) ?? 0);
  const made: Sample = {
    ...rest,
    columns: sample.columns.map(column => Float64Array.from(kept, item => column[item] ?? NaN)),
    n: kept.length,
    weights,
    equalWeights: equal,
    clusters: sample.clusters.map(keptOf).filter(items => items.length > 0),
    categories:
      categories.kind === 'none'
        ? categories
        : {
            ...categories,
            codes: categories.codes.map(codes => Int32Array.from(kept, item => codes[item] ?? -1)),
          },
    // The same clusters are drawn, with what is left of them.
    ...(resampling
      ? { resampling: { ...resampling, groups: { items: resampling.groups.items.map(keptOf), weights } } }
      : {}),
  };
  return alike ? { ...made, alike: distinctRows(made) } : made;
}

/** Says from how many items a listwise measure is made, where that is not all of them. */
export function withItemCount(measured: MeasureValue, used: Sample, all: Sample): MeasureValue {
  if (used.n === all.n) return measured;
  const count = `${used.n} of ${all.n} items have all ratings`;
  return {
    ...measured,
    ...(measured.method === undefined ? {} : { method: `${measured.method}; ${count}` }),
    ...(measured.reason === undefined ? {} : { reason: `${measured.reason}; ${count}` }),
  };
}
