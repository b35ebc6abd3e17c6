import assert from 'node:assert/strict';
import {
  bootstrapInterval,
  resamplingOf,
  type IntervalKind,
  type Resampling,
} from '../../../src/core/agreement/bootstrap';
import { categorySetOf } from '../../../src/core/agreement/categorySet';
import { krippendorffAlphaInterval } from '../../../src/core/agreement/measures/krippendorffAlphaInterval';
import {
  accelerationOf,
  bcaLevels,
  expandedZ,
  normalBelow,
  quantile,
} from '../../../src/core/agreement/percentiles';
import { replicatesOf } from '../../../src/core/agreement/replicates';
import { reportAgreement } from '../../../src/core/agreement/reportAgreement';
import { reportJson } from '../../../src/core/agreement/reportJson';
import { clustersOf, scaledWeights, type Sample } from '../../../src/core/agreement/sample';
import { ratio, undefinedValue, type Statistic } from '../../../src/core/agreement/statistic';
import { categoryTable } from '../../../src/core/agreement/weightedKappa';
import { naiveCoefficients, naiveMeans, type NaiveItem } from './naive';
import { close, cutMeasure, firstPair, measure, tableOf, type TableRow } from './tables';

const scale = { min: 0, max: 4 };

/** A judge that is off by a shared amount in each of `clusters` rollouts of `each` turns. */
function study(clusters: number, each: number, weighted = false): TableRow[] {
  let state = 12345;
  const random = (below: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
  return Array.from({ length: clusters }, (_, cluster) => {
    const slant = random(3) - 1;
    return Array.from({ length: each }, (__, turn) => {
      const human = random(5);
      const judge = Math.max(0, Math.min(4, human + slant + (random(4) === 0 ? 1 : 0)));
      return {
        id: `c${String(cluster).padStart(3, '0')}-${turn}`,
        cluster: `c${String(cluster).padStart(3, '0')}`,
        ratings: [judge, human],
        weight: weighted ? 0.3 + random(20) / 7 : 1,
      };
    });
  }).flat();
}

function sampleOf(rows: readonly TableRow[]): Sample {
  const columns = [0, 1].map(index => rows.map(row => Number(row.ratings[index])));
  const { weights, equal } = scaledWeights(rows.map(row => row.weight ?? 1));
  return {
    columns: columns.map(column => Float64Array.from(column)),
    n: rows.length,
    weights,
    equalWeights: equal,
    clusters: clustersOf(rows.map((row, index) => row.cluster ?? String(index))),
    categories: categorySetOf(columns, { mode: 'scale', scale, averaged: false }),
    seed: 5,
  };
}

function reportBy(rows: readonly TableRow[], ci: IntervalKind, resamples = 1000, seed = 1) {
  return reportAgreement(tableOf(rows, { judges: 1, scale }), {
    thresholds: [2],
    categories: 'scale',
    seed,
    resamples,
    ci,
  });
}

/** The items of a replicate written out, as often as they were drawn. */
function itemsOf(sample: Sample, { groups, draws }: Resampling, replicate: number): NaiveItem[] {
  const start = draws.at(replicate);
  return groups.items.flatMap((members, group) =>
    Array.from({ length: draws.counts[start + group] ?? 0 }, () =>
      [...members].map(item => ({
        a: sample.columns[0]?.[item] ?? NaN,
        b: sample.columns[1]?.[item] ?? NaN,
        w: sample.weights[item] ?? NaN,
        cluster: String(group),
      })),
    ).flat(),
  );
}

/** 1 − Do/De with squared steps, from the cells: in some tables few of the sums are touched by a cluster. */
function quadraticKappa(sample: Sample): Statistic {
  return {
    ...categoryTable(sample, 5),
    value(cells) {
      let [observed, expected, total] = [0, 0, 0];
      const rows = [0, 0, 0, 0, 0];
      const columns = [0, 0, 0, 0, 0];
      cells.forEach((cell, place) => {
        const [row, column] = [Math.floor(place / 5), place % 5];
        rows[row]! += cell;
        columns[column]! += cell;
        total += cell;
        observed += cell * (row - column) ** 2;
      });
      for (const [row, a] of rows.entries())
        for (const [column, b] of columns.entries()) expected += a * b * (row - column) ** 2;
      return 1 - (total * observed) / expected;
    },
  };
}

const meanDifference = (sample: Sample): Statistic =>
  ratio(
    item => (sample.columns[0]?.[item] ?? 0) - (sample.columns[1]?.[item] ?? 0),
    () => 1,
    'no items',
  );

/** The same statistic in more sums: of 40 those that are not 0 are added, and by default items one by one. */
function inManySums(statistic: Statistic, size = 1.2e7): Statistic {
  return {
    ...statistic,
    size,
    value: sums => statistic.value(sums.subarray(0, statistic.size)),
  };
}

describe('replicates of a statistic', () => {
  for (const weighted of [false, true]) {
    for (const kind of ['bootstrap', 'item-bootstrap'] as const) {
      it(`are those of the items drawn, written out: ${kind}${weighted ? ', weighted' : ''}`, () => {
        const sample = sampleOf(study(14, 3, weighted));
        const resampling = resamplingOf(sample, kind, 100);
        for (const [statistic, naive] of [
          [quadraticKappa(sample), naiveCoefficients['cohenKappaQuadratic']!],
          [meanDifference(sample), naiveMeans['meanDifference']!],
        ] as const) {
          const { values, undefined: missing } = replicatesOf(statistic, resampling.groups, resampling.draws);
          assert.equal(missing, 0);
          values.forEach((value, replicate) =>
            close(value, naive(itemsOf(sample, resampling, replicate), [0, 1, 2, 3, 4]), 1e-10),
          );
        }
      });
    }
  }

  it('count each drawn item, also where a measure counts items beside their weight', () => {
    const sample = sampleOf(study(12, 2, true));
    const resampling = resamplingOf(sample, 'bootstrap', 300);
    const withinReport = krippendorffAlphaInterval.of({ ...sample, resampling });
    const naive = Array.from({ length: 300 }, (_, replicate) =>
      naiveCoefficients['krippendorffAlphaInterval']!(
        itemsOf(sample, resampling, replicate),
        [0, 1, 2, 3, 4],
      ),
    );
    const z = expandedZ(12);
    const sorted = Float64Array.from(naive).sort();
    close(withinReport.ci?.[0], quantile(sorted, normalBelow(-z)), 1e-10);
    close(withinReport.ci?.[1], quantile(sorted, normalBelow(z)), 1e-10);
  });

  it('are the same however many sums there are', () => {
    const sample = sampleOf(study(11, 2));
    const { groups, draws } = resamplingOf(sample, 'bootstrap', 70);
    const statistic = meanDifference(sample);
    for (const size of [40, 1.2e7])
      assert.deepEqual(
        [...replicatesOf(inManySums(statistic, size), groups, draws).values],
        [...replicatesOf(statistic, groups, draws).values],
      );
  });

  it('are the same where the rows that differ are counted first', () => {
    const sample = sampleOf(study(40, 10));
    const { groups, draws, byRow } = resamplingOf(sample, 'bootstrap', 70);
    assert.ok(byRow);
    for (const statistic of [quadraticKappa(sample), meanDifference(sample)])
      assert.deepEqual(
        [...replicatesOf(statistic, byRow.groups, byRow.draws).values],
        [...replicatesOf(statistic, groups, draws).values],
      );
  });
});

describe('quantiles', () => {
  it('are type 6: of 1 to 10 as R and numpy’s "weibull" give them', () => {
    const sorted = Float64Array.from({ length: 10 }, (_, index) => index + 1);
    const found = [0.025, 0.25, 0.5, 0.6, 0.975].map(p => quantile(sorted, p));
    [1, 2.75, 5.5, 6.6, 10].forEach((expected, index) => close(found[index], expected, 1e-12));
  });

  it('Φ is that of scipy', () => {
    for (const [z, below] of [
      [-3.5, 0.00023262907903552502],
      [-1.96, 0.024997895148220435],
      [0, 0.5],
      [0.3, 0.6179114221889526],
      [2.2, 0.9860965524865014],
    ] as const)
      close(normalBelow(z), below, 1e-15);
  });

  it('percentiles are expanded by √(G/(G − H)) and t(G − H)', () => {
    for (const [units, strata, z, level] of [
      [10, 1, 2.3845230199022156, 0.008550639024406366],
      [40, 1, 2.0484587221639083, 0.020257536362843834],
      [40, 4, 2.1377987840073285, 0.016266538877371284],
    ] as const) {
      close(expandedZ(units, strata), z, 1e-9);
      close(normalBelow(-expandedZ(units, strata)), level, 1e-9);
    }
  });

  it('BCa levels are those of Efron’s formula', () => {
    const [low, high] = bcaLevels(0.55, 0.03, 1.959963984540054) ?? [];
    close(low, 0.05337592378120383, 1e-12);
    close(high, 0.9906256831933037, 1e-12);
    const [lower, upper] = bcaLevels(0.42, -0.05, 2.2) ?? [];
    close(lower, 0.0016860411330116764, 1e-12);
    close(upper, 0.9468146902134644, 1e-12);
    assert.equal(bcaLevels(0, 0, 2), null);
    assert.equal(bcaLevels(1, 0, 2), null);
  });

  it('the acceleration of a mean is that of the jackknife', () => {
    const values = [8, 3, 5, 1, 9, 2, 2, 7, 4, 6, 30];
    const sum = values.reduce((total, value) => total + value);
    close(accelerationOf(values.map(value => (sum - value) / 10)), 0.11676452968996497, 1e-12);
    assert.equal(accelerationOf([2, 2, 2]), 0);
  });
});

describe('bootstrap intervals', () => {
  const rows = study(40, 4);

  it('of a mean are as wide as the jackknife’s, expanded as they are', () => {
    const width = (ci: IntervalKind) => {
      const { ci: ends } = measure(reportBy(rows, ci, 5000), 'meanDifference');
      return (ends?.[1] ?? NaN) - (ends?.[0] ?? NaN);
    };
    close(width('bootstrap') / width('jackknife'), 1, 0.05);
    close(width('bca') / width('jackknife'), 1, 0.08);
    assert.ok(width('item-bootstrap') < 0.8 * width('bootstrap'));
  });

  it('name method, resamples and seed', () => {
    assert.equal(
      measure(reportBy(rows, 'bootstrap', 500, 3), 'cohenKappa').method,
      'expanded percentile bootstrap of whole clusters, 500 resamples, seed 3',
    );
    assert.equal(
      measure(reportBy(rows, 'bca', 500, 3), 'cohenKappa').method,
      'BCa bootstrap of whole clusters, 500 resamples, seed 3',
    );
    assert.equal(
      measure(reportBy(rows, 'item-bootstrap', 500, 3), 'cohenKappa').method,
      'expanded percentile bootstrap of single items (taken as independent), 500 resamples, seed 3',
    );
  });

  it('change with the seed, and no value does', () => {
    const [one, two] = [1, 2].map(seed => reportBy(rows, 'bootstrap', 200, seed));
    for (const [id, { value, ci }] of Object.entries(firstPair(one!).measures)) {
      assert.equal(firstPair(two!).measures[id]?.value, value, id);
      if (ci) assert.notDeepEqual(firstPair(two!).measures[id]?.ci, ci, id);
    }
  });

  it('leave values, reasons and analytic intervals as they are', () => {
    const weighted = study(30, 3, true);
    for (const ci of ['bootstrap', 'bca', 'item-bootstrap'] as const) {
      const [plain, made] = [reportBy(weighted, 'jackknife', 200), reportBy(weighted, ci, 200)].map(
        firstPair,
      );
      for (const [id, { value, analyticCi }] of Object.entries(plain!.measures)) {
        assert.equal(made!.measures[id]?.value, value, id);
        assert.deepEqual(made!.measures[id]?.analyticCi, analyticCi, id);
      }
    }
  });

  it('are the same bytes from rows in any order', () => {
    for (const ci of ['bootstrap', 'bca', 'item-bootstrap'] as const)
      assert.equal(reportJson(reportBy(rows.toReversed(), ci, 300)), reportJson(reportBy(rows, ci, 300)));
  });

  it('are these numbers on every machine', () => {
    const weighted = study(25, 3, true);
    const ends = (ci: IntervalKind, id: string) =>
      measure(reportBy(weighted, ci, 400), id).ci?.map(end => end.toPrecision(12));
    assert.deepEqual(ends('bootstrap', 'cohenKappaQuadratic'), ['0.716775863837', '0.886285468378']);
    assert.deepEqual(ends('bca', 'cohenKappaQuadratic'), ['0.717370099464', '0.887085908692']);
    assert.deepEqual(ends('item-bootstrap', 'meanDifference'), ['0.0518130804242', '0.469812609597']);
  });

  it('of shares at the cut are percentiles too, but Wilson’s at 0 and 1', () => {
    const made = reportBy(rows, 'bootstrap', 500);
    assert.match(cutMeasure(made, 2, 'sensitivity').method ?? '', /^expanded percentile bootstrap/);
    const perfect = rows.map(row => ({ ...row, ratings: [row.ratings[1]!, row.ratings[1]!] }));
    const exact = measure(reportBy(perfect, 'bootstrap', 500), 'exactAgreement');
    assert.deepEqual(exact, measure(reportBy(perfect, 'jackknife', 500), 'exactAgreement'));
    assert.match(exact.method ?? '', /^Wilson/);
  });
});

describe('a bootstrap gives no interval', () => {
  const noneOf = (statistic: Statistic, sample: Sample, kind: Resampling['kind'], resamples = 400) => {
    const made = bootstrapInterval(
      sample,
      resamplingOf(sample, kind, resamples),
      statistic,
      0.5,
      sample.clusters.length,
    );
    return 'reason' in made ? made.reason : made.method;
  };

  it('from fewer than 10 clusters, whatever is drawn', () => {
    for (const ci of ['bootstrap', 'bca', 'item-bootstrap'] as const) {
      const pair = firstPair(reportBy(study(9, 6), ci, 200));
      for (const [id, { ci: ends, reason }] of Object.entries(pair.measures)) {
        assert.equal(ends, null, id);
        assert.match(reason ?? '', /at least 10 are needed/, id);
      }
    }
  });

  it('where over 5% of the resamples are undefined; up to that they are counted in the method', () => {
    // Every row is another: a measure may tell items by their ratings alone.
    const sample = sampleOf(study(20, 1).map((row, index) => ({ ...row, ratings: [index, index] })));
    const undefinedWithout = (cluster: number, copies: number): Statistic => ({
      size: 2,
      add(sums, item, weight) {
        sums[0] = (sums[0] ?? 0) + weight * ((item * 7) % 5);
        if (item >= cluster && item < cluster + copies) sums[1] = (sums[1] ?? 0) + weight;
      },
      value: sums => (sums[1] ? (sums[0] ?? 0) / 20 : undefinedValue('gone')),
    });
    // Without one cluster in particular: (19/20)²⁰ = 36% of resamples; without any of four: 1.2%.
    assert.match(
      noneOf(undefinedWithout(3, 1), sample, 'bootstrap'),
      /^no interval: in 1[0-9]{2} of 400 resamples the measure is undefined$/,
    );
    assert.match(
      noneOf(undefinedWithout(3, 4), sample, 'bootstrap'),
      /, [1-9]\d? of them undefined and left out$/,
    );
  });

  it('without width', () => {
    const sample = sampleOf(study(20, 2));
    const constant: Statistic = { ...meanDifference(sample), value: () => 0.5 };
    assert.equal(noneOf(constant, sample, 'bootstrap'), 'no interval: every resample gives the same');
  });

  it('from so few resamples that its ends would be guessed', () => {
    const sample = sampleOf(study(10, 2));
    assert.equal(
      noneOf(meanDifference(sample), sample, 'bootstrap', 100),
      'no interval: 100 resamples are too few for its ends',
    );
    assert.match(noneOf(meanDifference(sample), sample, 'bootstrap', 200), /^expanded/);
  });

  it('by BCa where every resample lies on one side of the value', () => {
    const sample = sampleOf(study(20, 2));
    const beyond = bootstrapInterval(
      sample,
      resamplingOf(sample, 'bca', 200),
      meanDifference(sample),
      99,
      20,
    );
    assert.deepEqual(beyond, {
      reason: 'no interval: the resamples say nothing of its bias or acceleration',
    });
  });

  it('where there is no disagreement, as by the jackknife', () => {
    const perfect = study(30, 2).map(row => ({ ...row, ratings: [row.ratings[1]!, row.ratings[1]!] }));
    for (const ci of ['bootstrap', 'bca'] as const) {
      const made = reportBy(perfect, ci, 300);
      for (const id of ['cohenKappaQuadratic', 'krippendorffAlphaInterval', 'meanAbsoluteError'])
        assert.deepEqual(measure(made, id).reason, 'no disagreement observed', id);
      assert.match(measure(made, 'cohenKappa').method ?? '', /^Wilson on exact agreement/);
    }
  });
});

describe('strata', () => {
  const rows = study(24, 2);
  const stratified = (stratumOf: (index: number) => string) => {
    const table = tableOf(rows, { judges: 1, scale });
    const units = table.units.map((unit, index) => ({ ...unit, stratum: stratumOf(index) }));
    const strata = [...new Set(units.map(({ stratum }) => stratum))].map(id => ({ id, binsOf: null }));
    return reportAgreement(
      { ...table, units, strata },
      { thresholds: [], categories: 'scale', seed: 1, resamples: 400, ci: 'bootstrap' },
    );
  };
  const methodOf = (stratumOf: (index: number) => string) =>
    measure(stratified(stratumOf), 'meanDifference').method;

  it('are drawn apart where each cluster lies in one of them', () => {
    assert.match(methodOf(index => `s${Math.floor(index / 16)}`) ?? '', /whole clusters within 3 strata/);
  });

  it('are not where a cluster lies in two, or a stratum has one cluster', () => {
    assert.match(methodOf(index => `s${index % 2}`) ?? '', /of whole clusters, 400/);
    assert.match(methodOf(index => (index < 2 ? 'one' : 'rest')) ?? '', /of whole clusters, 400/);
  });
});
