import assert from 'node:assert/strict';
import type { AgreementReport, SubsetFacts } from '../../../src/core/agreement/agreementReport';
import { onlyMeansAndShares, refuseFileTarget } from '../../../src/core/agreement/fileTarget';
import { groupsOf } from '../../../src/core/agreement/grouping';
import { methodsText } from '../../../src/core/agreement/methodsText';
import { t975 } from '../../../src/core/agreement/quantiles';
import type { RatingTable } from '../../../src/core/agreement/ratingTable';
import { reportAgreement, type AgreementOptions } from '../../../src/core/agreement/reportAgreement';
import type { Design } from '../../../src/core/subset/manifest';
import { scoreIn, subsetOf, subsetTable, type Drawn } from './subsets';
import { close, cutMeasure, firstPair, measure, tableOf } from './tables';

const options: AgreementOptions = {
  thresholds: [5, 6],
  categories: 'scale',
  seed: 1,
  resamples: 100,
  target: 'file',
};
const ofFile = (table: RatingTable, more: Partial<AgreementOptions> = {}): AgreementReport =>
  reportAgreement(table, { ...options, ...more });

const strata = [
  { n: 20, of: 400, from: 0 },
  { n: 20, of: 100, from: 4 },
  { n: 10, of: 20, from: 8 },
];
/** 20 of 400, 20 of 100 and 10 of 20 items; two of the first stratum are never labelled. */
const drawn: readonly Drawn[] = strata.flatMap(({ n, of, from }, stratum) =>
  Array.from({ length: n }, (_, index) => ({
    judge: from + ((7 * index) % 3),
    stratum: `s${stratum}`,
    weight: of / n,
  })),
);
const humans = strata.flatMap(({ n, from }) =>
  Array.from({ length: n }, (_, index) => Math.min(10, from + ((5 * index) % 4))),
);

function tableBy(design: Partial<Design> = {}, lost: readonly number[] = [3, 8]): RatingTable {
  const subset = subsetOf(drawn, { design: { kind: 'stratified', n: 50, by: ['judge'], ...design } });
  const events = drawn.flatMap((_, slot) =>
    lost.includes(slot) ? [] : [scoreIn(subset, slot, 'ada', humans[slot] ?? 0)],
  );
  return subsetTable(subset, drawn, events);
}

/** A table of these strata, of one human beside a judge that always says 0. */
function lohrTable(): RatingTable {
  const regions = [
    { of: 1054, n: 103, mean: 300504.2, variance: 29618183543 },
    { of: 220, n: 21, mean: 97629.8, variance: 7647472708 },
    { of: 1382, n: 135, mean: 211315.0, variance: 53587487856 },
    { of: 422, n: 41, mean: 662295.5, variance: 396185950266 },
  ];
  const items = regions.flatMap(({ of, n, mean, variance }, region) => {
    // Half above and half below the mean by as much as gives the variance.
    const step = Math.sqrt((variance * (n - 1)) / (2 * Math.floor(n / 2)));
    return Array.from({ length: n }, (_, index) => ({
      ratings: [0, mean + (index === 0 && n % 2 === 1 ? 0 : index % 2 === 0 ? step : -step)],
      weight: of / n,
      stratum: `region ${region}`,
    }));
  });
  const plain = tableOf(items, { judges: 1 });
  return {
    ...plain,
    units: plain.units.map((unit, index) => ({ ...unit, stratum: items[index]?.stratum ?? '' })),
    strata: regions.map((_, region) => ({ id: `region ${region}`, binsOf: null })),
    subset: { name: 'agstrat', unfit: false, design: { kind: 'stratified', n: 300 } } as SubsetFacts,
  };
}

describe('intervals for the items of the file', () => {
  it('are those of Lohr’s stratified sample of counties: 295,561 acres, standard error 16,380', () => {
    // Lohr, Sampling: Design and Analysis, example 3.2: estimated total 909,736,035, standard error 50,417,248, 3,078 counties.
    const { value, ci } = measure(ofFile(lohrTable(), { thresholds: [] }), 'meanHuman');
    close(value, 909_736_035 / 3078, 0.01);
    close((ci![1] - ci![0]) / 2 / t975(296), 50_417_248 / 3078, 0.001);
  });

  it('are numpy’s of the stratified variance with finite population correction, lost items made up for', () => {
    const report = ofFile(tableBy());
    const expected: Readonly<Record<string, readonly [number, number, number]>> = {
      meanJudge: [2.0207264957264957, 1.7269433456430987, 2.314509645809893],
      meanHuman: [2.5615384615384618, 2.1594213524887316, 2.963655570588192],
      meanDifference: [-0.5408119658119659, -1.000078684989945, -0.08154524663398666],
      meanAbsoluteError: [1.028846153846154, 0.6957735056280762, 1.3619188020642317],
      exactAgreement: [0.32564102564102565, 0.1803451349501419, 0.5145151784636213],
      withinOneAgreement: [0.7074786324786325, 0.5219166245088477, 0.8427212745576312],
    };
    for (const [id, [value, low, high]] of Object.entries(expected)) {
      const made = measure(report, id);
      close(made.value, value, 1e-12, id);
      close(made.ci?.[0], low, 1e-9, id);
      close(made.ci?.[1], high, 1e-9, id);
      assert.match(made.method ?? '', /stratified variance of items, finite population$/);
    }
  });

  it('of shares of some items go by their residuals, and count what a stratum may hold unseen', () => {
    const report = ofFile(tableBy());
    const expected: readonly (readonly [number, string, readonly [number, number, number]])[] = [
      [5, 'prevalenceHuman', [0.1826923076923077, 0.1354577273554252, 0.24179125442874347]],
      [5, 'sensitivity', [0.736842105263158, 0.5344687696735455, 0.872266030342514]],
      [6, 'precision', [0.7000000000000001, 0.439814148189449, 0.8739684584045427]],
    ];
    for (const [cut, id, [value, low, high]] of expected) {
      const made = cutMeasure(report, cut, id);
      close(made.value, value, 1e-12, id);
      close(made.ci?.[0], low, 1e-9, id);
      close(made.ci?.[1], high, 1e-9, id);
    }
  });

  it('are given to means and shares alone', () => {
    const report = ofFile(tableBy());
    const { measures, thresholds } = firstPair(report);
    for (const id of [
      'cohenKappa',
      'cohenKappaQuadratic',
      'krippendorffAlphaInterval',
      'iccA1',
      'pearsonR',
      'gwetAc1',
    ])
      assert.deepEqual([measures[id]?.ci, measures[id]?.reason], [null, onlyMeansAndShares], id);
    for (const id of ['sdDifference', 'limitsOfAgreementLower', 'rootMeanSquareError'])
      assert.deepEqual([measures[id]?.ci, measures[id]?.reason], [null, onlyMeansAndShares], id);
    for (const id of ['mcc', 'cohenKappa', 'balancedAccuracy'])
      assert.equal(thresholds[0]?.measures[id]?.reason, onlyMeansAndShares, id);
    const usual = reportAgreement(tableBy(), {
      thresholds: [5],
      categories: 'scale',
      seed: 1,
      resamples: 100,
    });
    for (const [id, { value }] of Object.entries(firstPair(usual).measures))
      assert.equal(measures[id]?.value, value, id);
  });

  it('give κ none by the back door where judge and human never differ', () => {
    const same = drawn.map(({ judge }) => judge ?? 0);
    const subset = subsetOf(drawn, { design: { kind: 'stratified', n: 50, by: ['judge'] } });
    const report = ofFile(
      subsetTable(
        subset,
        drawn,
        same.map((score, slot) => scoreIn(subset, slot, 'ada', score)),
      ),
    );
    assert.deepEqual([measure(report, 'cohenKappa').value, measure(report, 'cohenKappa').ci], [1, null]);
    assert.equal(measure(report, 'exactAgreement').value, 1);
    assert.ok(measure(report, 'exactAgreement').ci?.[1] === 1);
    assert.equal(measure(report, 'meanDifference').ci, null);
  });

  it('shrink to nothing, and are not given, where every item of the file is labelled', () => {
    const all = drawn.map(each => ({ ...each, weight: 1 }));
    const subset = subsetOf(all);
    const report = ofFile(
      subsetTable(
        subset,
        all,
        all.map((_, slot) => scoreIn(subset, slot, 'ada', humans[slot] ?? 0)),
      ),
    );
    for (const id of ['meanHuman', 'exactAgreement'])
      assert.match(measure(report, id).reason ?? '', /every item of the file is used/, id);
    assert.match(cutMeasure(report, 5, 'prevalenceHuman').reason ?? '', /every item of the file is used/);
  });

  it('need two items of each stratum that is not used up, and ten in all', () => {
    const one = ofFile(
      tableBy(
        {},
        Array.from({ length: 19 }, (_, slot) => slot),
      ),
    );
    assert.equal(
      measure(one, 'meanHuman').reason,
      'no interval for the file: a stratum has a single usable item',
    );
    const few = ofFile(
      tableBy(
        {},
        Array.from({ length: 41 }, (_, slot) => slot),
      ),
    );
    assert.match(
      measure(few, 'meanHuman').reason ?? '',
      /^no interval from 9 items|a stratum has no usable item/,
    );
  });

  it('are not given where a stratum is lost whole, to a group of the items, or to unweighted numbers', () => {
    const without = Array.from({ length: 20 }, (_, slot) => slot);
    assert.equal(
      measure(ofFile(tableBy({}, without)), 'meanHuman').reason,
      'no interval for the file: a stratum has no usable item',
    );
    const table = tableBy();
    const values = table.units.map((_, unit) => [unit % 2 === 0 ? 'even' : 'odd']);
    const grouped = ofFile({ ...table, groups: groupsOf(table, ['parity'], values) } as RatingTable);
    assert.match(
      grouped.groups?.[0]?.pairs[0]?.measures['meanHuman']?.reason ?? '',
      /no interval to a group of the items/,
    );
    assert.equal(
      firstPair(grouped).unweighted?.['meanHuman']?.reason,
      'no interval for the file: the numbers are unweighted',
    );
  });

  it('are refused of tables, of designs without weights, and where items were drawn by rollout', () => {
    assert.match(refuseFileTarget(undefined) ?? '', /needs a subset with design weights/);
    const refusal = (design: Partial<Design>, unfit = false): string | null =>
      refuseFileTarget({ name: 'val', unfit, design: { kind: 'random', n: 9, ...design } } as SubsetFacts);
    assert.match(refusal({ kind: 'uncertainty' }, true) ?? '', /the subset “val” has none/);
    assert.match(refusal({ kind: 'two-stage' }) ?? '', /drawn rollout by rollout/);
    assert.match(refusal({ maxPerRollout: 2 }) ?? '', /drawn rollout by rollout/);
    assert.equal(refusal({}), null);
    const report = ofFile(tableBy({ maxPerRollout: 2 }));
    assert.match(measure(report, 'meanHuman').reason ?? '', /drawn rollout by rollout/);
    assert.ok(firstPair(report).warnings.some(warning => /^No interval: /.test(warning)));
  });

  it('are named in the methods, and the report says what they are of', () => {
    const report = ofFile(tableBy());
    assert.equal(report.target, 'file');
    assert.match(methodsText(report), /for the items of the file .* means and shares only: .*Cochran 1977/);
    assert.doesNotMatch(methodsText(report), /new clusters/);
    const asked = ofFile(tableBy(), { run: {} });
    assert.match(
      methodsText(asked),
      /answers to the questions are by the cluster jackknife, for new clusters/,
    );
  });
});
