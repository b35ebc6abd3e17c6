/** Definitions written out plainly, straight from the papers, to hold the accumulators against. Two raters, weighted. */
export interface NaiveItem {
  readonly a: number;
  readonly b: number;
  readonly w: number;
  readonly cluster: string;
}

type Naive = (items: readonly NaiveItem[], categories: readonly number[]) => number;

function scaled(items: readonly NaiveItem[]): NaiveItem[] {
  const sum = items.reduce((total, item) => total + item.w, 0);
  return items.map(item => ({ ...item, w: (item.w * items.length) / sum }));
}

/** 1 − Do/De with every pair of items formed for De (Cohen 1968). */
function kappa(power: number): Naive {
  return (items, categories) => {
    const place = (score: number) => categories.indexOf(score);
    const apart = (x: number, y: number) =>
      power === 0 ? (x === y ? 0 : 1) : Math.abs(place(x) - place(y)) ** power;
    let observed = 0;
    let expected = 0;
    let weight = 0;
    for (const left of items) {
      weight += left.w;
      observed += left.w * apart(left.a, left.b);
      for (const right of items) expected += left.w * right.w * apart(left.a, right.b);
    }
    return 1 - (weight * observed) / expected;
  };
}

/** Coincidence matrix as a map, δ² by the definitions in Krippendorff (2011). */
function alpha(level: 'nominal' | 'ordinal' | 'interval'): Naive {
  return given => {
    const items = scaled(given);
    const values = [...new Set(items.flatMap(({ a, b }) => [a, b]))].sort((x, y) => x - y);
    const coincidences = values.map(() => values.map(() => 0));
    for (const { a, b, w } of items) {
      const [i, j] = [values.indexOf(a), values.indexOf(b)];
      coincidences[i]![j]! += w;
      coincidences[j]![i]! += w;
    }
    const n = coincidences.map(row => row.reduce((sum, cell) => sum + cell, 0));
    const total = n.reduce((sum, count) => sum + count, 0);
    const squared = (c: number, k: number) => {
      if (level === 'nominal') return c === k ? 0 : 1;
      if (level === 'interval') return (values[c]! - values[k]!) ** 2;
      const [low, high] = [Math.min(c, k), Math.max(c, k)];
      const between = n.slice(low, high + 1).reduce((sum, count) => sum + count, 0);
      return (between - (n[c]! + n[k]!) / 2) ** 2;
    };
    let observed = 0;
    let expected = 0;
    values.forEach((_, c) =>
      values.forEach((__, k) => {
        observed += coincidences[c]![k]! * squared(c, k);
        expected += n[c]! * n[k]! * squared(c, k);
      }),
    );
    return 1 - ((total - 1) * observed) / expected;
  };
}

function correlation(items: readonly NaiveItem[]): number {
  const weight = items.reduce((sum, { w }) => sum + w, 0);
  const mean = (of: (item: NaiveItem) => number) =>
    items.reduce((sum, item) => sum + item.w * of(item), 0) / weight;
  const [meanA, meanB] = [mean(item => item.a), mean(item => item.b)];
  const varianceA = mean(item => (item.a - meanA) ** 2);
  const varianceB = mean(item => (item.b - meanB) ** 2);
  return mean(item => (item.a - meanA) * (item.b - meanB)) / Math.sqrt(varianceA * varianceB);
}

/** Ranks by the weighted ECDF, ties in the middle; with weights 1 the usual mid-ranks. */
function rankCorrelation(items: readonly NaiveItem[]): number {
  const rank = (score: number, of: (item: NaiveItem) => number) =>
    items.reduce((sum, item) => sum + (of(item) < score ? item.w : of(item) === score ? item.w / 2 : 0), 0.5);
  return correlation(
    items.map(item => ({ ...item, a: rank(item.a, other => other.a), b: rank(item.b, other => other.b) })),
  );
}

const meanOf =
  (of: (item: NaiveItem) => number): Naive =>
  items =>
    items.reduce((sum, item) => sum + item.w * of(item), 0) / items.reduce((sum, item) => sum + item.w, 0);

export const naiveCoefficients: Readonly<Record<string, Naive>> = {
  cohenKappa: kappa(0),
  cohenKappaLinear: kappa(1),
  cohenKappaQuadratic: kappa(2),
  krippendorffAlphaNominal: alpha('nominal'),
  krippendorffAlphaOrdinal: alpha('ordinal'),
  krippendorffAlphaInterval: alpha('interval'),
  pearsonR: correlation,
  spearmanRho: rankCorrelation,
};

export const naiveMeans: Readonly<Record<string, Naive>> = {
  meanJudge: meanOf(item => item.a),
  meanHuman: meanOf(item => item.b),
  meanDifference: meanOf(item => item.a - item.b),
  meanAbsoluteError: meanOf(item => Math.abs(item.a - item.b)),
};

/** Standard error and clusters: the statistic computed from scratch without each cluster. */
export function naiveJackknife(
  items: readonly NaiveItem[],
  statistic: (rest: readonly NaiveItem[]) => number,
): { error: number; clusters: number } {
  const clusters = [...new Set(items.map(item => item.cluster))];
  const without = clusters.map(cluster => statistic(items.filter(item => item.cluster !== cluster)));
  const mean = without.reduce((sum, value) => sum + value, 0) / clusters.length;
  const squares = without.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { error: Math.sqrt(((clusters.length - 1) / clusters.length) * squares), clusters: clusters.length };
}
