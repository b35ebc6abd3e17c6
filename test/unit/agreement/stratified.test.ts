import assert from 'node:assert/strict';
import { resamplingOf } from '../../../src/core/agreement/bootstrap';
import { jackknife, jackknifeVariance } from '../../../src/core/agreement/jackknife';
import { reportAgreement } from '../../../src/core/agreement/reportAgreement';
import { groupsOf } from '../../../src/core/agreement/grouping';
import type { Sample } from '../../../src/core/agreement/sample';
import { clustersOf, scaledWeights } from '../../../src/core/agreement/sample';
import { isDefined, ratio, undefinedValue, type Statistic } from '../../../src/core/agreement/statistic';
import { stratifiedVariance } from '../../../src/core/agreement/stratifiedVariance';
import { unseenVariance } from '../../../src/core/agreement/unseenSide';
import { close, firstPair, measure, tableOf } from './tables';

interface Item {
  readonly y: number;
  readonly stratum: number;
  readonly cluster: string;
  /** 1/π. */
  readonly weight: number;
}

/** Items of three strata of 400, 100 and 20 in the run, of which 20, 20 and 10 are drawn; scores rise with the stratum. */
const drawn: readonly Item[] = [
  { n: 20, of: 400, from: 0 },
  { n: 20, of: 100, from: 4 },
  { n: 10, of: 20, from: 8 },
].flatMap(({ n, of, from }, stratum) =>
  Array.from({ length: n }, (_, index) => ({
    y: from + ((index * 7) % 3),
    stratum,
    cluster: `s${stratum}-${index}`,
    weight: of / n,
  })),
);

function sampleOf(items: readonly Item[], strata: number[] | null): Sample {
  const y = Float64Array.from(items, item => item.y);
  const { weights, equal } = scaledWeights(items.map(item => item.weight));
  return {
    columns: [y, y],
    n: items.length,
    weights,
    equalWeights: equal,
    clusters: clustersOf(items.map(item => item.cluster)),
    categories: { kind: 'none', reason: '' },
    seed: 1,
    ...(strata
      ? { strata: { of: Int32Array.from(items, item => item.stratum), fractions: Float64Array.from(strata) } }
      : {}),
  };
}

const meanOf = (sample: Sample): Statistic =>
  ratio(
    item => sample.columns[0]?.[item] ?? 0,
    () => 1,
    'no items',
  );

function variances(
  items: readonly Item[],
  fractions: number[] | null,
): { plain: number; stratified: number } {
  const sample = sampleOf(items, fractions);
  const plain = jackknifeVariance(jackknife(sample, meanOf(sample)).replicates.filter(isDefined));
  return { plain, stratified: stratifiedVariance(sample, meanOf(sample), plain) };
}

/** Σ W_h² (1 − f_h) s_h²/n_h of the mean, and Σ (u_i/N)² over the run for what its clusters (single items) vary. */
function textbook(items: readonly Item[]): { within: number; run: number } {
  const size = items.reduce((sum, { weight }) => sum + weight, 0);
  const mean = items.reduce((sum, { y, weight }) => sum + (y * weight) / size, 0);
  let within = 0;
  for (const stratum of [0, 1, 2]) {
    const own = items.filter(item => item.stratum === stratum);
    const average = own.reduce((sum, { y }) => sum + y, 0) / own.length;
    const square = own.reduce((sum, { y }) => sum + (y - average) ** 2, 0) / (own.length - 1);
    const part = own.reduce((sum, { weight }) => sum + weight, 0) / size;
    within += (part * part * (1 - own.length / (part * size)) * square) / own.length;
  }
  const run = items.reduce((sum, { y, weight }) => sum + weight * ((y - mean) / size) ** 2, 0);
  return { within, run };
}

describe('the variance under a stratified design', () => {
  const fractions = [20 / 400, 20 / 100, 10 / 20];

  it('is that of the run’s clusters and of drawing inside strata, by the textbook', () => {
    const uneven = drawn.map((item, index) => ({ ...item, y: item.y + ((index * 37) % 23) / 6 }));
    const { within, run } = textbook(uneven);
    const { plain, stratified } = variances(uneven, fractions);
    close(stratified / (within + run), 1, 0.05);
    assert.ok(plain > 1.3 * stratified, `${plain} ${stratified}`);
  });

  it('is never under half the jackknife’s, however much the strata explain', () => {
    const { within, run } = textbook(drawn);
    const { plain, stratified } = variances(drawn, fractions);
    assert.ok(within + run < 0.4 * plain, `${plain} ${within} ${run}`);
    assert.equal(stratified, plain / 2);
  });

  it('is the jackknife’s own without strata, and with one', () => {
    const { plain, stratified } = variances(drawn, null);
    assert.equal(stratified, plain);
    const one = variances(
      drawn.map(item => ({ ...item, stratum: 0 })),
      [50 / 520],
    );
    assert.equal(one.stratified, one.plain);
  });

  it('is never over the jackknife’s, and takes nothing off where all of the strata were drawn', () => {
    const all = variances(drawn, [1, 1, 1]);
    assert.equal(all.stratified, all.plain);
    for (const factor of [0.2, 0.5, 1]) {
      const { plain, stratified } = variances(
        drawn,
        fractions.map(fraction => fraction * factor),
      );
      assert.ok(stratified > 0 && stratified <= plain);
    }
  });

  it('keeps what items of a cluster share', () => {
    const shared = drawn.map((item, index) => ({
      ...item,
      cluster: `c${index % 15}`,
      y: item.y + (index % 15) / 2,
    }));
    const { plain, stratified } = variances(shared, fractions);
    const { within } = textbook(shared);
    assert.ok(stratified < plain && stratified > 2 * within, `${plain} ${stratified} ${within}`);
  });

  it('is the jackknife’s where a statistic is undefined without some item', () => {
    const sample = sampleOf(drawn, fractions);
    const statistic: Statistic = {
      size: 1,
      add(sums, item, weight) {
        if (item === 3) sums[0] = (sums[0] ?? 0) + weight;
      },
      value: sums => (sums[0] ? 1 : undefinedValue('gone')),
    };
    assert.equal(stratifiedVariance(sample, statistic, 0.25), 0.25);
  });
});

describe('shares under a stratified design', () => {
  const fractions = [0.05, 0.2, 0.5];
  const positive = (sample: Sample, cut: number) => (item: number) =>
    (sample.columns[0]?.[item] ?? 0) >= cut ? 1 : 0;
  const every = () => true;

  it('count a quarter of an item on the side that a stratum lacks', () => {
    const sample = sampleOf(drawn, fractions);
    const quarter = (part: number, n: number, fraction: number): number => {
      const chance = 0.25 / (n + 1);
      return ((1 - fraction) * part * part * chance * (1 - chance)) / n;
    };
    const [heavy, middle, small] = [400 / 520, 100 / 520, 20 / 520];
    // Nothing of the first stratum reaches 5, some of the second, all of the third.
    close(
      unseenVariance(sample, positive(sample, 5), every),
      quarter(heavy, 20, 0.05) + quarter(small, 10, 0.5),
      1e-15,
    );
    // All of the last two reach 1: both have one side only.
    close(
      unseenVariance(sample, positive(sample, 1), every),
      quarter(middle, 20, 0.2) + quarter(small, 10, 0.5),
      1e-15,
    );
    const reaching = positive(sample, 5);
    close(
      unseenVariance(sample, reaching, item => reaching(item) === 1 || item < 20),
      quarter(400 / 520, 20, 0.05) * (520 / (520 - 100 + 5 * countOf(reaching))) ** 2 +
        quarter((5 * countOf(reaching)) / (420 + 5 * countOf(reaching)), countOf(reaching), 0.2) +
        quarter(20 / (420 + 5 * countOf(reaching)), 10, 0.5),
      1e-12,
    );
    assert.equal(unseenVariance(sampleOf(drawn, null), reaching, every), 0);
  });

  /** Items of the second stratum, each of weight 5, that count. */
  function countOf(counts: (item: number) => number): number {
    return drawn.filter((item, index) => item.stratum === 1 && counts(index) === 1).length;
  }
});

describe('a report of a stratified subset', () => {
  const tableBy = (positives: number) => {
    const plain = tableOf(
      drawn.map(({ cluster, weight, stratum }, index) => ({
        ratings: [stratum * 4, stratum === 2 && index >= 50 - positives ? 9 : index % 3],
        cluster,
        weight,
        id: `u${String(index).padStart(3, '0')}`,
      })),
      { judges: 1, scale: { min: 0, max: 10 } },
    );
    const ids = ['judge 0–1', 'judge 2–4', 'judge 5–10'];
    return {
      ...plain,
      units: plain.units.map((unit, index) => ({ ...unit, stratum: ids[drawn[index]!.stratum]! })),
      strata: ids.map(id => ({ id, binsOf: '{}' })),
    };
  };
  const unstratified = ({ strata: _, ...table }: ReturnType<typeof tableBy>) => table;
  const options = { thresholds: [5], categories: 'scale' as const, seed: 1, resamples: 200 };
  const widthOf = (made: ReturnType<typeof reportAgreement>): number => {
    const { ci } = measure(made, 'meanJudge');
    return (ci?.[1] ?? NaN) - (ci?.[0] ?? NaN);
  };

  it('has narrower intervals where strata were fixed, but not in groups, whose part of them was not', () => {
    const whole = tableBy(4);
    const [made, plain] = [whole, unstratified(whole)].map(of => reportAgreement(of, options));
    assert.ok(widthOf(made!) < 0.8 * widthOf(plain!));
    assert.equal(measure(made!, 'meanJudge').method, 'cluster jackknife, stratified');
    assert.equal(measure(plain!, 'meanJudge').method, 'cluster jackknife');
    const same = groupsOf(
      whole,
      ['all'],
      whole.units.map(() => ['yes']),
    );
    const [group] = reportAgreement({ ...whole, groups: same }, options).groups ?? [];
    assert.deepEqual(group?.pairs[0]?.measures['meanJudge'], measure(plain!, 'meanJudge'));
  });

  it('cautions where one label that is not there would change the rarer share much', () => {
    const cautions = (positives: number) =>
      firstPair(reportAgreement(tableBy(positives), options)).warnings.filter(warning =>
        warning.includes('interval likely too narrow here'),
      );
    // A label of the first stratum stands for 20 of 520 items, one of the third for 2.
    assert.deepEqual(cautions(4), [
      'Score ≥ 5: 1.5% lie at or above the cut, and one more label there, in a stratum that has none, would add 3.8 points: interval likely too narrow here for corrected shares.',
    ]);
    assert.deepEqual(cautions(0), []);
    assert.deepEqual(
      firstPair(reportAgreement(unstratified(tableBy(4)), options)).warnings.filter(warning =>
        warning.includes('narrow'),
      ),
      [],
    );
  });
});

it('a bootstrap does not take strata twice: its draws are the clusters’', () => {
  const sample = sampleOf(drawn, [0.05, 0.2, 0.5]);
  assert.equal(resamplingOf(sample, 'bootstrap', 100).strata, 1);
});
