import assert from 'node:assert/strict';
import { ratingsOf } from '../../../../src/core/agreement/questions/ratings';
import { thresholdQuestion } from '../../../../src/core/agreement/questions/thresholdQuestion';
import type { RatingTable } from '../../../../src/core/agreement/ratingTable';
import { close, cutMeasure, report, tableOf } from '../tables';
import { chance, mean, spreadWithoutEach } from './studies';

const scale = { min: 0, max: 10 };
const ask = (table: RatingTable, thresholds = [5]) =>
  thresholdQuestion(ratingsOf({ table, judges: ['judge'], thresholds, seed: 3 }));

interface Row {
  readonly judge: number;
  readonly humans: readonly (number | null)[];
  readonly w: number;
  readonly cluster: string;
}

function rows(count: number, clusters: number, seed: number, raters = 1): Row[] {
  const random = chance(seed);
  const within = (score: number): number => Math.min(10, Math.max(0, Math.round(score)));
  return Array.from({ length: count }, (_, place) => {
    const truth = 10 * random();
    return {
      judge: within(truth + 1.5 + 3 * (random() - 0.5)),
      humans: Array.from({ length: raters }, () => within(truth + 4 * (random() - 0.5))),
      w: 1 + (place % 3),
      cluster: `c${String(place % clusters)}`,
    };
  });
}

const tableFrom = (those: readonly Row[]): RatingTable =>
  tableOf(
    those.map(({ judge, humans, w, cluster }) => ({ ratings: [judge, ...humans], cluster, weight: w })),
    { names: ['judge', 'ada', 'bob'].slice(0, 1 + (those[0]?.humans.length ?? 1)), judges: 1, scale },
  );

/** κ and shares of a 2×2 table, straight from the definitions. */
function binary(those: readonly Row[], judgeCut: (row: Row) => number, rater = 0, humanCut = 5) {
  const total = those.reduce((sum, { w }) => sum + w, 0);
  const share = (of: (row: Row) => boolean): number =>
    those.reduce((sum, row) => sum + (of(row) ? row.w : 0), 0) / total;
  const a = (row: Row): boolean => row.judge >= judgeCut(row);
  const b = (row: Row): boolean => (row.humans[rater] ?? 0) >= humanCut;
  const [pa, pb, agree] = [share(a), share(b), share(row => a(row) === b(row))];
  const kappaChance = pa * pb + (1 - pa) * (1 - pb);
  const half = (pa + pb) / 2;
  const ac1Chance = 2 * half * (1 - half);
  return {
    kappa: (agree - kappaChance) / (1 - kappaChance),
    ac1: (agree - ac1Chance) / (1 - ac1Chance),
    pa,
    pb,
  };
}

const cuts = Array.from({ length: 10 }, (_, index) => index + 1);

/** The best cut by going through them all. */
function bestOf(those: readonly Row[], raters = 1): number {
  const scored = cuts.map(cut => {
    const each = Array.from({ length: raters }, (_, rater) => binary(those, () => cut, rater));
    return {
      cut,
      kappa: mean(each.map(({ kappa }) => kappa)),
      gap: Math.abs(mean(each.map(({ pa }) => pa)) - mean(each.map(({ pb }) => pb))),
    };
  });
  const top = Math.max(...scored.map(({ kappa }) => kappa));
  const ties = scored.filter(({ kappa }) => top - kappa < 1e-12);
  ties.sort((x, y) =>
    Math.abs(x.gap - y.gap) > 1e-12
      ? x.gap - y.gap
      : Math.abs(x.cut - 5) - Math.abs(y.cut - 5) || x.cut - y.cut,
  );
  return ties[0]?.cut ?? NaN;
}

describe('the threshold curve', () => {
  it('is to the digit what the table of measures says at each cut, with AC1 beside', () => {
    const those = rows(90, 18, 1);
    const made = report(tableFrom(those), cuts);
    const rater = ask(tableFrom(those)).answer?.raters[0];
    assert.deepEqual(
      rater?.curve.map(({ cut }) => cut),
      cuts,
    );
    for (const point of rater?.curve ?? []) {
      for (const id of [
        'sensitivity',
        'specificity',
        'cohenKappa',
        'prevalenceJudge',
        'prevalenceHuman',
      ] as const) {
        const expected = cutMeasure(made, point.cut, id);
        assert.equal(point[id].value === null, expected.value === null, `${id} at ${String(point.cut)}`);
        if (expected.value !== null) close(point[id].value, expected.value, 1e-12, id);
        assert.equal(Boolean(point[id].ci), Boolean(expected.ci), `${id} at ${String(point.cut)}`);
        expected.ci?.forEach((end, index) => close(point[id].ci?.[index], end, 1e-9, id));
      }
      close(point.gwetAc1.value, binary(those, () => point.cut, 0, point.cut).ac1, 1e-12, 'ac1');
      const clusters = [...new Set(those.map(({ cluster }) => cluster))];
      const without = clusters.map(out =>
        Math.atanh(
          binary(
            those.filter(({ cluster }) => cluster !== out),
            () => point.cut,
            0,
            point.cut,
          ).ac1,
        ),
      );
      const half = 2.1098155778331806 * spreadWithoutEach(without);
      const z = Math.atanh(point.gwetAc1.value ?? 0);
      close(point.gwetAc1.ci?.[0], Math.tanh(z - half), 1e-9, 'ac1 interval');
    }
  });

  it('is said to be pointwise', () => {
    const { answer, sentence } = ask(tableFrom(rows(90, 18, 1)));
    assert.equal(answer?.bands, 'pointwise 95%');
    assert.match(
      sentence,
      /bands of the curve hold for each cut by itself; corrected rates stay at the declared cut/,
    );
  });

  it('is refused for text labels, for one score alone and for measurements', () => {
    const text = tableOf([{ ratings: ['a', 'b'] }, { ratings: ['b', 'b'] }], {
      names: ['judge', 'x'],
      judges: 1,
    });
    assert.match(ask(text).refused ?? '', /text labels/);
    const one = tableOf([{ ratings: [3, 3] }], { names: ['judge', 'x'], judges: 1 });
    assert.match(ask(one).refused ?? '', /All scores are the same/);
    const fine = Array.from({ length: 60 }, (_, place) => ({ ratings: [place + 0.5, place * 1.5] }));
    assert.match(ask(tableOf(fine, { names: ['judge', 'x'], judges: 1 })).refused ?? '', /too many cuts/);
  });
});

describe('the best judge cut', () => {
  it('has the highest weighted κ, with its paired intervals and its κ out of sample, by going through them all', () => {
    for (const seed of [1, 2, 3]) {
      const those = rows(100, 20, seed);
      const best = ask(tableFrom(those)).answer?.raters[0]?.best[0];
      assert.equal(best?.cut, bestOf(those));
      const kappaAt = (from: readonly Row[], cut: number): number => binary(from, () => cut).kappa;
      close(best?.kappa.value, kappaAt(those, best?.cut ?? 0), 1e-12);
      const clusters = [...new Set(those.map(({ cluster }) => cluster))];
      const held = cuts.filter(cut => {
        const gap = (from: readonly Row[]): number => kappaAt(from, best?.cut ?? 0) - kappaAt(from, cut);
        const half =
          2.093024054408263 *
          spreadWithoutEach(clusters.map(out => gap(those.filter(row => row.cluster !== out))));
        return cut === best?.cut || gap(those) - half <= 0;
      });
      assert.deepEqual(best?.uncertain, held);
      const chosen = new Map(clusters.map(out => [out, bestOf(those.filter(row => row.cluster !== out))]));
      const outside = binary(those, ({ cluster }) => chosen.get(cluster) ?? NaN).kappa;
      close(best?.outOfSample, outside, 1e-12);
      close(best?.optimism, kappaAt(those, best?.cut ?? 0) - outside, 1e-12);
    }
  });

  it('lies above the human’s where the judge scores higher', () => {
    const best = ask(tableFrom(rows(400, 40, 4))).answer?.raters[0]?.best[0];
    assert.ok((best?.cut ?? 0) > 5);
    assert.ok(!best?.uncertain?.includes(1));
  });

  it('of several raters is that of their mean κ', () => {
    const those = rows(100, 20, 6, 2);
    const average = ask(tableFrom(those)).answer?.raters.find(({ rater }) => rater === 'average');
    assert.equal(average?.best[0]?.cut, bestOf(those, 2));
    const kappas = [0, 1].map(rater => binary(those, () => average?.best[0]?.cut ?? 0, rater).kappa);
    close(average?.best[0]?.kappa.value, mean(kappas), 1e-12);
  });

  it('among equal ones has the smaller gap of shares, then is the nearest', () => {
    // The judge gives 2 or 8 only: all cuts from 3 to 8 are the same.
    const those = rows(60, 20, 7).map(row => ({ ...row, judge: (row.humans[0] ?? 0) >= 5 ? 8 : 2, w: 1 }));
    assert.equal(ask(tableFrom(those)).answer?.raters[0]?.best[0]?.cut, 5);
    assert.deepEqual(ask(tableFrom(those)).answer?.raters[0]?.best[0]?.uncertain, [3, 4, 5, 6, 7, 8]);
    // κ is .615 at cuts 1 to 4 and at 5 to 8, where 24 and 11 of 40 items are the judge's, 16 the human's.
    const cell = (count: number, judge: number, human: number) =>
      Array.from({ length: count }, () => ({ judge, humans: [human] }));
    const tied = [...cell(10, 8, 9), ...cell(6, 4, 9), ...cell(1, 8, 0), ...cell(7, 4, 0), ...cell(16, 0, 0)];
    const placed = tied.map((row, place) => ({ ...row, w: 1, cluster: `c${String(place)}` }));
    const best = ask(tableFrom(placed), [4]).answer?.raters[0]?.best[0];
    close(best?.kappa.value, 8 / 13, 1e-12);
    assert.equal(best?.cut, 5);
  });

  it('has no uncertainty from under ten clusters, and is none where κ is undefined', () => {
    const few = ask(tableFrom(rows(60, 8, 8))).answer?.raters[0]?.best[0];
    assert.equal(few?.uncertain, null);
    assert.match(few?.reason ?? '', /no interval from 8 clusters/);
    const constant = rows(60, 20, 9).map(row => ({ ...row, judge: 0, humans: [0] }));
    const none = ask(tableFrom(constant)).answer?.raters[0]?.best[0];
    assert.deepEqual([none?.cut, none?.kappa.value], [null, null]);
  });
});
