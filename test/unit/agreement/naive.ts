/** Definitions written out plainly, straight from the papers, to hold the accumulators against. Two raters, weighted. */
export interface NaiveItem {
  readonly a: number;
  readonly b: number;
  readonly w: number;
  readonly cluster: string;
}

export type Naive = (items: readonly NaiveItem[], categories: readonly number[]) => number;

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

/** (p_a − p_e)/(1 − p_e) from the table of shares (Gwet 2014, chapter 2). */
function fromShares(
  agreement: (k: number, l: number, q: number) => number,
  chance: (shares: readonly number[], total: number) => number,
): Naive {
  return (items, categories) => {
    const q = categories.length;
    const weight = items.reduce((sum, { w }) => sum + w, 0);
    const cell = (k: number, l: number) =>
      items
        .filter(({ a, b }) => a === categories[k] && b === categories[l])
        .reduce((sum, { w }) => sum + w, 0) / weight;
    let observed = 0;
    let total = 0;
    const shares = categories.map(() => 0);
    for (let k = 0; k < q; k++) {
      for (let l = 0; l < q; l++) {
        const p = cell(k, l);
        observed += agreement(k, l, q) * p;
        total += agreement(k, l, q);
        shares[k]! += p / 2;
        shares[l]! += p / 2;
      }
    }
    const expected = chance(shares, total);
    return (observed - expected) / (1 - expected);
  };
}

const same = (k: number, l: number) => (k === l ? 1 : 0);
const byScott = (shares: readonly number[]) => shares.reduce((sum, share) => sum + share ** 2, 0);
const byCount = (shares: readonly number[]) => 1 / shares.length;
const byGwet = (shares: readonly number[], total: number) =>
  (total * shares.reduce((sum, share) => sum + share * (1 - share), 0)) /
  (shares.length * (shares.length - 1));
const choose2 = (n: number) => (n * (n - 1)) / 2;

/** Coincidence matrix as a map, δ² by the definitions in Krippendorff (2011). */
function alpha(level: 'nominal' | 'ordinal' | 'interval' | 'ratio'): Naive {
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
      const [x, y] = [values[c]!, values[k]!];
      if (level === 'nominal') return c === k ? 0 : 1;
      if (level === 'interval') return (x - y) ** 2;
      if (level === 'ratio') return c === k ? 0 : ((x - y) / (x + y)) ** 2;
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

interface Moments {
  readonly meanA: number;
  readonly meanB: number;
  readonly varianceA: number;
  readonly varianceB: number;
  readonly covariance: number;
}

function moments(items: readonly NaiveItem[]): Moments {
  const weight = items.reduce((sum, { w }) => sum + w, 0);
  const mean = (of: (item: NaiveItem) => number) =>
    items.reduce((sum, item) => sum + item.w * of(item), 0) / weight;
  const [meanA, meanB] = [mean(item => item.a), mean(item => item.b)];
  return {
    meanA,
    meanB,
    varianceA: mean(item => (item.a - meanA) ** 2),
    varianceB: mean(item => (item.b - meanB) ** 2),
    covariance: mean(item => (item.a - meanA) * (item.b - meanB)),
  };
}

function correlation(items: readonly NaiveItem[]): number {
  const { varianceA, varianceB, covariance } = moments(items);
  return covariance / Math.sqrt(varianceA * varianceB);
}

function concordance(items: readonly NaiveItem[]): number {
  const { meanA, meanB, varianceA, varianceB, covariance } = moments(items);
  return (2 * covariance) / (varianceA + varianceB + (meanA - meanB) ** 2);
}

/** Ranks by the weighted ECDF, ties in the middle; with weights 1 the usual mid-ranks. */
function rankCorrelation(items: readonly NaiveItem[]): number {
  const rank = (score: number, of: (item: NaiveItem) => number) =>
    items.reduce((sum, item) => sum + (of(item) < score ? item.w : of(item) === score ? item.w / 2 : 0), 0.5);
  return correlation(
    items.map(item => ({ ...item, a: rank(item.a, other => other.a), b: rank(item.b, other => other.b) })),
  );
}

/** Over every pair of items. */
function tauB(items: readonly NaiveItem[]): number {
  let surplus = 0;
  let untiedA = 0;
  let untiedB = 0;
  for (const left of items) {
    for (const right of items) {
      const [a, b] = [Math.sign(left.a - right.a), Math.sign(left.b - right.b)];
      surplus += left.w * right.w * a * b;
      untiedA += left.w * right.w * a * a;
      untiedB += left.w * right.w * b * b;
    }
  }
  return surplus / Math.sqrt(untiedA * untiedB);
}

const differenceSd: Naive = given => {
  const items = scaled(given);
  const mean = meanOf(({ a, b }) => a - b)(items, []);
  return Math.sqrt(items.reduce((sum, { a, b, w }) => sum + w * (a - b - mean) ** 2, 0) / (items.length - 1));
};

function meanOf(of: (item: NaiveItem) => number): Naive {
  return items =>
    items.reduce((sum, item) => sum + item.w * of(item), 0) / items.reduce((sum, item) => sum + item.w, 0);
}

const meanDifference = meanOf(item => item.a - item.b);

export const naiveCoefficients: Readonly<Record<string, Naive>> = {
  cohenKappa: kappa(0),
  cohenKappaLinear: kappa(1),
  cohenKappaQuadratic: kappa(2),
  scottPi: fromShares(same, byScott),
  brennanPrediger: fromShares(same, byCount),
  gwetAc1: fromShares(same, byGwet),
  gwetAc2Linear: fromShares((k, l, q) => 1 - Math.abs(k - l) / (q - 1), byGwet),
  gwetAc2Quadratic: fromShares((k, l, q) => 1 - (k - l) ** 2 / (q - 1) ** 2, byGwet),
  gwetAc2Ordinal: fromShares((k, l, q) => 1 - choose2(Math.abs(k - l) + 1) / choose2(q), byGwet),
  krippendorffAlphaNominal: alpha('nominal'),
  krippendorffAlphaOrdinal: alpha('ordinal'),
  krippendorffAlphaInterval: alpha('interval'),
  krippendorffAlphaRatio: alpha('ratio'),
  pearsonR: correlation,
  spearmanRho: rankCorrelation,
  kendallTauB: tauB,
  linCcc: concordance,
};

export const naiveMeans: Readonly<Record<string, Naive>> = {
  meanJudge: meanOf(item => item.a),
  meanHuman: meanOf(item => item.b),
  meanDifference,
  sdDifference: differenceSd,
  limitsOfAgreementLower: items => meanDifference(items, []) - 1.96 * differenceSd(items, []),
  limitsOfAgreementUpper: items => meanDifference(items, []) + 1.96 * differenceSd(items, []),
  meanAbsoluteError: meanOf(item => Math.abs(item.a - item.b)),
  rootMeanSquareError: items => Math.sqrt(meanOf(item => (item.a - item.b) ** 2)(items, [])),
};

/** Standard error and clusters: the statistic computed from scratch without each cluster. */
export function naiveJackknife<Item extends { readonly cluster: string }>(
  items: readonly Item[],
  statistic: (rest: readonly Item[]) => number,
): { error: number; clusters: number } {
  const clusters = [...new Set(items.map(item => item.cluster))];
  const without = clusters.map(cluster => statistic(items.filter(item => item.cluster !== cluster)));
  const mean = without.reduce((sum, value) => sum + value, 0) / clusters.length;
  const squares = without.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { error: Math.sqrt(((clusters.length - 1) / clusters.length) * squares), clusters: clusters.length };
}
