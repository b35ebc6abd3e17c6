/** Several raters, some ratings missing, weighted: the matrix formulas of irrCAC and of McGraw & Wong, as they stand there. */
export interface RatedItem {
  readonly ratings: readonly (number | null)[];
  readonly w: number;
  readonly cluster: string;
}

type Statistic = (items: readonly RatedItem[], categories: readonly number[]) => number;
type Weights = (k: number, l: number, q: number) => number;

const identity: Weights = (k, l) => (k === l ? 1 : 0);
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** agree.mat: how many raters put the item into each category. */
function agreeMatrix(items: readonly RatedItem[], categories: readonly number[]): number[][] {
  return items.map(({ ratings }) =>
    categories.map(category => ratings.filter(rating => rating === category).length),
  );
}

function observedAgreement(
  items: readonly RatedItem[],
  categories: readonly number[],
  weights: Weights,
): number {
  const q = categories.length;
  let sum = 0;
  let used = 0;
  agreeMatrix(items, categories).forEach((row, i) => {
    const r = total(row);
    if (r < 2) return;
    const weighted = row.map((_, k) => total(row.map((count, l) => weights(k, l, q) * count)));
    const { w } = items[i]!;
    sum += (w * total(row.map((count, k) => count * (weighted[k]! - 1)))) / (r * (r - 1));
    used += w;
  });
  return sum / used;
}

function shares(items: readonly RatedItem[], categories: readonly number[]): number[] {
  const matrix = agreeMatrix(items, categories);
  const weight = total(items.map(({ w }) => w));
  return categories.map(
    (_, k) => total(items.map(({ w }, i) => (w * matrix[i]![k]!) / total(matrix[i]!))) / weight,
  );
}

function corrected(
  weights: Weights,
  chance: (items: readonly RatedItem[], categories: readonly number[], sumOfWeights: number) => number,
): Statistic {
  return (items, categories) => {
    const q = categories.length;
    const sumOfWeights = total(categories.flatMap((_, k) => categories.map((__, l) => weights(k, l, q))));
    const rated = items.filter(({ ratings }) => ratings.some(rating => rating !== null));
    const pa = observedAgreement(rated, categories, weights);
    const pe = chance(rated, categories, sumOfWeights);
    return (pa - pe) / (1 - pe);
  };
}

const gwet = (weights: Weights): Statistic =>
  corrected(weights, (items, categories, sumOfWeights) => {
    const q = categories.length;
    return (
      (sumOfWeights * total(shares(items, categories).map(share => share * (1 - share)))) / (q * (q - 1))
    );
  });
const even = corrected(identity, (_, categories) => 1 / categories.length);

/** p̄_k² − s²_k/r, s² the variance of the raters' shares with r − 1 (Conger 1980; irrCAC). */
const conger = corrected(identity, (items, categories) => {
  const raters = items[0]!.ratings.length;
  const own = Array.from({ length: raters }, (_, rater) => {
    const rated = items.filter(({ ratings }) => ratings[rater] !== null);
    const weight = total(rated.map(({ w }) => w));
    return categories.map(
      category =>
        total(rated.filter(({ ratings }) => ratings[rater] === category).map(({ w }) => w)) / weight,
    );
  });
  return total(
    categories.map((_, k) => {
      const mean = total(own.map(row => row[k]!)) / raters;
      const variance = total(own.map(row => (row[k]! - mean) ** 2)) / (raters - 1);
      return mean ** 2 - variance / raters;
    }),
  );
});

/** ICCs by the sums of squares of the two-way table, each cell's residual formed. */
function icc(form: 'A1' | 'C1' | 'Ak' | 'Ck' | '1' | '1k'): Statistic {
  return items => {
    const complete = items.filter(({ ratings }) => ratings.every(rating => rating !== null));
    const n = complete.length;
    const k = complete[0]!.ratings.length;
    const scale = n / total(complete.map(({ w }) => w));
    const table = complete.map(({ ratings, w }) => ({ x: ratings.map(Number), w: w * scale }));
    const rowMeans = table.map(({ x }) => total(x) / k);
    const columnMeans = Array.from({ length: k }, (_, j) => total(table.map(({ x, w }) => w * x[j]!)) / n);
    const grand = total(columnMeans) / k;
    const ssr = k * total(table.map(({ w }, i) => w * (rowMeans[i]! - grand) ** 2));
    const ssc = n * total(columnMeans.map(mean => (mean - grand) ** 2));
    const sse = total(
      table.map(
        ({ x, w }, i) =>
          w * total(x.map((value, j) => (value - rowMeans[i]! - columnMeans[j]! + grand) ** 2)),
      ),
    );
    const [r, c, e] = [ssr / (n - 1), ssc / (k - 1), sse / ((n - 1) * (k - 1))];
    const within = (ssc + sse) / (n * (k - 1));
    switch (form) {
      case 'A1':
        return (r - e) / (r + (k - 1) * e + (k / n) * (c - e));
      case 'C1':
        return (r - e) / (r + (k - 1) * e);
      case 'Ak':
        return (r - e) / (r + (c - e) / n);
      case 'Ck':
        return (r - e) / r;
      case '1':
        return (r - within) / (r + (k - 1) * within);
      case '1k':
        return (r - within) / r;
    }
  };
}

/** 12 S/(m²(n³ − n) − m ΣT) (Kendall & Gibbons 1990). */
const kendallW: Statistic = items => {
  const complete = items.filter(({ ratings }) => ratings.every(rating => rating !== null));
  const n = complete.length;
  const m = complete[0]!.ratings.length;
  const columns = Array.from({ length: m }, (_, j) => complete.map(({ ratings }) => ratings[j]!));
  const rank = (column: readonly number[], value: number) =>
    total(column.map(other => (other < value ? 1 : other === value ? 0.5 : 0))) + 0.5;
  const sums = complete.map(({ ratings }) => total(ratings.map((value, j) => rank(columns[j]!, value!))));
  const squares = total(sums.map(sum => (sum - total(sums) / n) ** 2));
  const ties = total(
    columns.map(column =>
      total(
        [...new Set(column)]
          .map(value => column.filter(other => other === value).length)
          .map(t => t ** 3 - t),
      ),
    ),
  );
  return (12 * squares) / (m * m * (n ** 3 - n) - m * ties);
};

export const naiveOverall: Readonly<Record<string, Statistic>> = {
  fleissKappa: corrected(identity, (items, categories) =>
    total(shares(items, categories).map(share => share ** 2)),
  ),
  congerKappa: conger,
  randolphKappa: even,
  brennanPrediger: even,
  gwetAc1: gwet(identity),
  gwetAc2Linear: gwet((k, l, q) => 1 - Math.abs(k - l) / (q - 1)),
  gwetAc2Quadratic: gwet((k, l, q) => 1 - (k - l) ** 2 / (q - 1) ** 2),
  gwetAc2Ordinal: gwet((k, l, q) => {
    const steps = Math.abs(k - l) + 1;
    return 1 - (steps * (steps - 1)) / (q * (q - 1));
  }),
  iccA1: icc('A1'),
  iccC1: icc('C1'),
  iccAk: icc('Ak'),
  iccCk: icc('Ck'),
  icc1: icc('1'),
  icc1k: icc('1k'),
  kendallW,
};
