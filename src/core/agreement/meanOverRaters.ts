import type { Sample } from './sample';
import { isDefined, undefinedValue, type Statistic } from './statistic';

/** Whose rating each item is, where a sample holds the ratings of several raters below each other. */
export interface StackedRaters {
  readonly names: readonly string[];
  /** Place of the rater among them, by item. */
  readonly of: Int32Array;
}

/**
 * The statistic of a sample with the ratings of several raters: the unweighted mean of what each of them gives. The sums of
 * each are kept apart, so that leaving a cluster out leaves it out of all of them. Of any other sample, the statistic itself.
 */
export function meanOverRaters({ raters }: Sample, statistic: Statistic): Statistic {
  if (!raters) return statistic;
  const { names, of } = raters;
  const { size, work = size } = statistic;
  // A jackknife goes on with the same sums item after item: the raters' parts are cut out once.
  let cut: { readonly sums: Float64Array; readonly parts: readonly Float64Array[] } | null = null;
  const partsOf = (sums: Float64Array): readonly Float64Array[] => {
    if (cut?.sums !== sums)
      cut = { sums, parts: names.map((_, rater) => sums.subarray(rater * size, (rater + 1) * size)) };
    return cut.parts;
  };
  return {
    size: names.length * size,
    work: names.length * work,
    add(sums, item, weight) {
      const part = partsOf(sums)[of[item] ?? 0];
      if (part) statistic.add(part, item, weight);
    },
    value(sums) {
      let sum = 0;
      for (const [rater, part] of partsOf(sums).entries()) {
        const value = statistic.value(part);
        if (!isDefined(value)) return undefinedValue(`${names[rater] ?? ''}: ${value.reason}`);
        sum += value;
      }
      return sum / names.length;
    },
  };
}
