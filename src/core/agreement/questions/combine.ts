import { isDefined, type Statistic } from '../statistic';

/** A statistic made of others on the same items: leaving a cluster out leaves it out of all of them (paired). */
export function combined(
  parts: readonly Statistic[],
  value: (values: readonly number[]) => number,
): Statistic {
  const starts = parts.map((_, index) => parts.slice(0, index).reduce((sum, { size }) => sum + size, 0));
  // A jackknife goes on with the same sums item after item: their parts are cut out once.
  let cut: { readonly sums: Float64Array; readonly views: readonly Float64Array[] } | null = null;
  const viewsOf = (sums: Float64Array): readonly Float64Array[] => {
    if (cut?.sums !== sums) {
      const views = parts.map(({ size }, index) =>
        sums.subarray(starts[index] ?? 0, (starts[index] ?? 0) + size),
      );
      cut = { sums, views };
    }
    return cut.views;
  };
  return {
    size: parts.reduce((sum, { size }) => sum + size, 0),
    add(sums, item, weight) {
      const views = viewsOf(sums);
      for (let index = 0; index < parts.length; index++) {
        const view = views[index];
        if (view) parts[index]?.add(view, item, weight);
      }
    },
    value(sums) {
      const values: number[] = [];
      const views = viewsOf(sums);
      for (const [index, part] of parts.entries()) {
        const each = part.value(views[index] ?? sums);
        if (!isDefined(each)) return each;
        values.push(each);
      }
      return value(values);
    },
  };
}

/** Unweighted mean of the statistics. */
export function meanOf(parts: readonly Statistic[]): Statistic {
  const [only] = parts;
  return only && parts.length === 1 ? only : combined(parts, mean);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The statistic with item weights of its own, on top of the sample's; items of weight 0 are no part of it. */
export function reweighted(statistic: Statistic, weights: Float64Array): Statistic {
  return {
    ...statistic,
    add(sums, item, weight) {
      const own = weights[item] ?? 0;
      if (own !== 0) statistic.add(sums, item, weight * own);
    },
  };
}
