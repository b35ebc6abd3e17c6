import { onScale } from './usableUnits';
import type { RatingColumn, RatingStratum, RatingTable } from './ratingTable';

export interface AnalysisWeights {
  /** Of the used units, in their order. */
  readonly weights: readonly number[];
  /** What could not be made up for, plain sentences. */
  readonly warnings: readonly string[];
}

/**
 * w_i · (Σ_drawn in h w)/(Σ_usable in h w): the items that a stratum lost are made up by the rest of it. A range of judge
 * scores with none usable goes with the nearest range that has some; any other such stratum leaves the numbers unweighted.
 * What a judge among the columns gave no score is no loss: with it the numbers are about what it scored.
 */
export function analysisWeights(
  table: RatingTable,
  columns: readonly RatingColumn[],
  used: readonly number[],
): AnalysisWeights {
  const weightOf = (unit: number): number => table.units[unit]?.weight ?? 1;
  const { strata } = table;
  if (!strata || used.length === 0) return { weights: used.map(weightOf), warnings: [] };
  // Sums in the units' order, so that a stratum that lost nothing has a factor of exactly 1.
  const sums = (units: readonly number[], home: (stratum: string) => string): Map<string, number> => {
    const sum = new Map<string, number>();
    for (const unit of units) {
      const stratum = home(table.units[unit]?.stratum ?? '');
      sum.set(stratum, (sum.get(stratum) ?? 0) + weightOf(unit));
    }
    return sum;
  };
  const judges = columns.filter(({ role }) => role === 'judge');
  const all = table.units.flatMap((_, unit) =>
    judges.every(({ values }) => onScale(values[unit] ?? null, table.scale) !== null) ? [unit] : [],
  );
  const itself = (stratum: string): string => stratum;
  const drawn = sums(all, itself);
  const usable = sums(used, itself);
  const homes = new Map<string, string>();
  const warnings =
    all.length < table.units.length
      ? [
          `The judge scored ${all.length} of ${table.units.length} drawn items: the numbers are about what it scored.`,
        ]
      : [];
  for (const [index, { id }] of strata.entries()) {
    if (!drawn.has(id) || usable.has(id)) continue;
    const home = nearestRange(strata, index, usable);
    if (home === null) {
      const warning = `The stratum “${id}” has no usable item: the numbers are unweighted and describe the labelled items only.`;
      return { weights: used.map(() => 1), warnings: [warning] };
    } else {
      homes.set(id, home);
      warnings.push(`The stratum “${id}” has no usable item: “${home}”, beside it, stands for both.`);
    }
  }
  const drawnHome = sums(all, stratum => homes.get(stratum) ?? stratum);
  const weights = used.map(unit => {
    const stratum = table.units[unit]?.stratum ?? '';
    return weightOf(unit) * ((drawnHome.get(stratum) ?? 1) / (usable.get(stratum) ?? 1));
  });
  return { weights, warnings };
}

/** The nearest stratum that differs in the range of judge scores alone and has usable items; of two the one before. */
function nearestRange(
  strata: readonly RatingStratum[],
  index: number,
  usable: ReadonlyMap<string, number>,
): string | null {
  const binsOf = strata[index]?.binsOf ?? null;
  const candidates = strata.flatMap((stratum, place) =>
    binsOf !== null && stratum.binsOf === binsOf && usable.has(stratum.id)
      ? [{ id: stratum.id, apart: Math.abs(place - index) }]
      : [],
  );
  return candidates.sort((a, b) => a.apart - b.apart)[0]?.id ?? null;
}
