import type { MeasureValue } from './agreementReport';
import { coefficient } from './coefficient';
import { withoutValue } from './measure';
import { normal975 } from './quantiles';
import type { Sample } from './sample';
import { kappaOf } from './kappaSums';
import type { Statistic } from './statistic';

/** Disagreement of two categories, by how far apart they stand in the category list. */
export type Disagreement = (steps: number) => number;

/**
 * Cohen's κ = 1 − Σ v_ij p_ij / Σ v_ij p_i· p_·j with disagreement weights v (Cohen 1960, 1968), cells weighted.
 * `analyticCi`: κ ± 1.96 ASE of Fleiss, Cohen & Everitt (1969), under equal weights only. `fewer` gives the same κ by fewer
 * sums than the whole table.
 */
export function weightedKappa(
  sample: Sample,
  disagreement: Disagreement,
  fewer?: (sample: Sample) => Statistic,
): MeasureValue {
  if (sample.categories.kind === 'none') return withoutValue(sample.categories.reason);
  const size = sample.categories.values.length;
  const table = categoryTable(sample, size);
  const whole: Statistic = { ...table, value: sums => kappaOfTable(sums, size, disagreement) };
  const measured = coefficient(sample, fewer ? fewer(sample) : whole);
  if (measured.value === null || !sample.equalWeights) return measured;
  const total = new Float64Array(size * size);
  for (let item = 0; item < sample.n; item++) table.add(total, item, 1);
  const half = normal975 * asymptoticError(total, size, disagreement, measured.value);
  return half > 1e-9 ? { ...measured, analyticCi: [measured.value - half, measured.value + half] } : measured;
}

/** Cells of the K×K table, row = category of column 0. */
export function categoryTable(sample: Sample, size: number): Pick<Statistic, 'size' | 'add'> {
  const codes = sample.categories.kind === 'none' ? [] : sample.categories.codes;
  const [rows, columns] = codes;
  return {
    size: size * size,
    add(sums, item, weight) {
      const cell = (rows?.[item] ?? 0) * size + (columns?.[item] ?? 0);
      sums[cell] = (sums[cell] ?? 0) + weight;
    },
  };
}

interface Margins {
  readonly rows: Float64Array;
  readonly columns: Float64Array;
  readonly total: number;
}

function marginsOf(cells: Float64Array, size: number): Margins {
  const rows = new Float64Array(size);
  const columns = new Float64Array(size);
  let total = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const cell = cells[row * size + column] ?? 0;
      rows[row] = (rows[row] ?? 0) + cell;
      columns[column] = (columns[column] ?? 0) + cell;
      total += cell;
    }
  }
  return { rows, columns, total };
}

function kappaOfTable(cells: Float64Array, size: number, disagreement: Disagreement) {
  const { rows, columns, total } = marginsOf(cells, size);
  let observed = 0;
  let expected = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const weight = disagreement(Math.abs(row - column));
      observed += weight * (cells[row * size + column] ?? 0);
      expected += weight * (rows[row] ?? 0) * (columns[column] ?? 0);
    }
  }
  return kappaOf(total, observed, expected);
}

/** Large-sample standard error where κ is not 0 (Fleiss, Cohen & Everitt 1969, eq. 13), agreement weights 1 − v. */
function asymptoticError(
  cells: Float64Array,
  size: number,
  disagreement: Disagreement,
  kappa: number,
): number {
  const { rows, columns, total } = marginsOf(cells, size);
  const largest = disagreement(Math.max(1, size - 1));
  const agreement = (row: number, column: number) => 1 - disagreement(Math.abs(row - column)) / largest;
  const rowMeans = new Float64Array(size);
  const columnMeans = new Float64Array(size);
  let chance = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const weight = agreement(row, column);
      rowMeans[row] = (rowMeans[row] ?? 0) + (weight * (columns[column] ?? 0)) / total;
      columnMeans[column] = (columnMeans[column] ?? 0) + (weight * (rows[row] ?? 0)) / total;
      chance += (weight * (rows[row] ?? 0) * (columns[column] ?? 0)) / (total * total);
    }
  }
  let sum = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const term = agreement(row, column) - ((rowMeans[row] ?? 0) + (columnMeans[column] ?? 0)) * (1 - kappa);
      sum += ((cells[row * size + column] ?? 0) / total) * term * term;
    }
  }
  const offset = kappa - chance * (1 - kappa);
  const variance = (sum - offset * offset) / (total * (1 - chance) * (1 - chance));
  return Math.sqrt(Math.max(0, variance));
}
