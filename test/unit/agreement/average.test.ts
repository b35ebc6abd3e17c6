import assert from 'node:assert/strict';
import { agreementText } from '../../../src/cli/agreementText';
import { agreementMarkdown } from '../../../src/core/agreement/agreementMarkdown';
import type { AgreementReport, AverageReport, Measures } from '../../../src/core/agreement/agreementReport';
import { groupsOf, type GroupedTable } from '../../../src/core/agreement/grouping';
import { methodsText } from '../../../src/core/agreement/methodsText';
import type { Rating, RatingTable } from '../../../src/core/agreement/ratingTable';
import { reportAgreement, type AgreementOptions } from '../../../src/core/agreement/reportAgreement';
import { chance } from './questions/studies';
import { close, tableOf } from './tables';

const scale = { min: 0, max: 10 };
const make = (table: GroupedTable, more: Partial<AgreementOptions> = {}): AgreementReport =>
  reportAgreement(table, { thresholds: [5], categories: 'scale', seed: 4, resamples: 400, ...more });

/** A judge and three raters of 80 items in 40 clusters, weights unequal; eve has 20 items. */
function study(weighted = true): RatingTable {
  const random = chance(11);
  const near = (of: number, by: number): number =>
    Math.min(10, Math.max(0, of + Math.floor((2 * by + 1) * random()) - by));
  return tableOf(
    Array.from({ length: 80 }, (_, place) => {
      const judge = Math.floor(11 * random());
      const ratings: Rating[] = [
        judge,
        near(judge, 2),
        place % 4 === 0 ? null : near(judge, 4),
        place < 20 ? near(judge, 1) : null,
      ];
      return {
        ratings,
        cluster: `c${String(place % 40).padStart(2, '0')}`,
        weight: weighted ? 1 + (place % 3) : 1,
      };
    }),
    { names: ['judge', 'ada', 'bob', 'eve'], judges: 1, scale },
  );
}

function averageOf(report: AgreementReport): AverageReport {
  const [average] = report.average ?? [];
  assert.ok(average);
  return average;
}

const pairOf = (report: AgreementReport, rater: string) =>
  report.pairs.find(({ a, b }) => a === 'judge' && b === rater);

/** The table without one cluster. */
function without(table: RatingTable, cluster: string): RatingTable {
  const kept = table.units.flatMap((unit, place) => (unit.cluster === cluster ? [] : [place]));
  return {
    ...table,
    units: kept.map(place => table.units[place]!),
    columns: table.columns.map(column => ({
      ...column,
      values: kept.map(place => column.values[place] ?? null),
    })),
  };
}

describe('the average over raters', () => {
  it('is the unweighted mean of the values of the raters with 30 usable items, of every measure and cut', () => {
    const report = make(study());
    const average = averageOf(report);
    assert.deepEqual(
      [average.judge, average.raters, average.n, average.clusters],
      ['judge', ['ada', 'bob'], 80, 40],
    );
    const [ada, bob] = [pairOf(report, 'ada'), pairOf(report, 'bob')];
    const held = (measures: Measures, one?: Measures, other?: Measures): void => {
      assert.deepEqual(Object.keys(measures), Object.keys(one ?? {}));
      for (const [id, { value }] of Object.entries(measures))
        close(value, ((one?.[id]?.value ?? NaN) + (other?.[id]?.value ?? NaN)) / 2, 1e-12, id);
    };
    held(average.measures, ada?.measures, bob?.measures);
    held(average.thresholds[0]!.measures, ada?.thresholds[0]?.measures, bob?.thresholds[0]?.measures);
  });

  it('has the interval of its own jackknife: a cluster is left out of all raters at once', () => {
    const table = study();
    const average = averageOf(make(table));
    const clusters = [...new Set(table.units.map(({ cluster }) => cluster))];
    for (const id of ['meanDifference', 'meanAbsoluteError', 'rootMeanSquareError', 'sdDifference']) {
      const values = clusters.map(cluster => {
        const rest = make(without(table, cluster));
        return (
          ((pairOf(rest, 'ada')?.measures[id]?.value ?? NaN) +
            (pairOf(rest, 'bob')?.measures[id]?.value ?? NaN)) /
          2
        );
      });
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = (39 / 40) * values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      const made = average.measures[id];
      // t(.975, 39) by scipy.
      close(made?.ci?.[1], (made?.value ?? NaN) + 2.0226909200367604 * Math.sqrt(variance), 1e-9, id);
      assert.equal(made?.method, 'cluster jackknife');
    }
  });

  it('has for κ and shares the very intervals of the question that asks how well they agree', () => {
    const report = make(study(), { run: {} });
    const average = averageOf(report);
    const asked = report.questions?.headline;
    assert.ok(asked && 'answer' in asked && asked.answer);
    const told = asked.answer.raters.find(({ rater }) => rater === 'average');
    for (const [id, { value, ci }] of Object.entries(told?.inRun ?? {})) {
      close(average.measures[id]?.value, value ?? NaN, 1e-12, id);
      close(average.measures[id]?.ci?.[0], ci?.[0] ?? NaN, 1e-9, id);
      close(average.measures[id]?.ci?.[1], ci?.[1] ?? NaN, 1e-9, id);
    }
    const share = told?.baseRates[0];
    for (const [id, made] of [
      ['prevalenceHuman', share?.human],
      ['cohenKappa', share?.cohenKappa],
    ] as const)
      close(average.thresholds[0]?.measures[id]?.ci?.[0], made?.ci?.[0] ?? NaN, 1e-9, id);
  });

  it('of two raters who said the same is what either has, but for intervals of independent items', () => {
    const table = study(false);
    const [judge, ada] = table.columns;
    const report = make({ ...table, columns: [judge!, ada!, { ...ada!, name: 'twin' }] });
    const average = averageOf(report);
    const pair = pairOf(report, 'ada');
    for (const [id, { value, ci, analyticCi }] of Object.entries(average.measures)) {
      close(value, pair?.measures[id]?.value ?? NaN, 1e-12, id);
      if (pair?.measures[id]?.ci && !/Ak$|Ck$|1k$/.test(id))
        close(ci?.[0], pair.measures[id].ci[0], 1e-9, id);
      assert.equal(analyticCi, undefined, id);
    }
  });

  it('is not there with fewer than two raters of 30 items, or without a judge', () => {
    const table = study();
    const [judge, ada, bob, eve] = table.columns;
    assert.equal(make({ ...table, columns: [judge!, ada!, eve!] }).average, undefined);
    assert.equal(make({ ...table, columns: [ada!, bob!] }).average, undefined);
    const versions = [ada!, bob!].map((column, index) => ({ ...column, name: `v${index}`, rater: 'ada' }));
    assert.equal(make({ ...table, columns: [judge!, ...versions] }).average, undefined);
  });

  it('is undefined, with the rater named, where it is for one of them', () => {
    const table = study();
    const [judge, ada, bob] = table.columns;
    const flat = { ...bob!, values: bob!.values.map(value => (value === null ? null : 2)) };
    const { measures, thresholds } = averageOf(make({ ...table, columns: [judge!, ada!, flat] }));
    assert.equal(measures['pearsonR']?.value, null);
    assert.match(measures['pearsonR']?.reason ?? '', /^bob: /);
    assert.match(
      thresholds[0]?.measures['sensitivity']?.reason ?? '',
      /^bob: no items that b puts at or above the cut$/,
    );
    assert.notEqual(measures['meanHuman']?.value, null);
  });

  it('is of text labels too', () => {
    const table = study();
    const text = (value: Rating): Rating => (value === null ? null : Number(value) >= 5 ? 'bad' : 'fine');
    const columns = table.columns.slice(0, 3).map(column => ({ ...column, values: column.values.map(text) }));
    const report = make({ ...table, scale: null, columns });
    const average = averageOf(report);
    const mean = ['ada', 'bob'].reduce(
      (sum, rater) => sum + (pairOf(report, rater)?.measures['cohenKappa']?.value ?? NaN) / 2,
      0,
    );
    close(average.measures['cohenKappa']?.value, mean, 1e-12);
    assert.deepEqual(average.thresholds, []);
  });

  it('is drawn by whole clusters of all raters where a bootstrap is asked for, and not by single items', () => {
    const jackknife = averageOf(make(study())).measures['meanDifference'];
    for (const ci of ['bootstrap', 'bca'] as const) {
      const made = averageOf(make(study(), { ci, resamples: 2000 })).measures['meanDifference'];
      assert.equal(made?.value, jackknife?.value);
      assert.match(made?.method ?? '', /bootstrap of whole clusters, 2000 resamples/);
      const width = (made?.ci?.[1] ?? NaN) - (made?.ci?.[0] ?? NaN);
      const usual = (jackknife?.ci?.[1] ?? NaN) - (jackknife?.ci?.[0] ?? NaN);
      assert.ok(width > 0.8 * usual && width < 1.25 * usual, `${width} ${usual}`);
    }
    const items = averageOf(make(study(), { ci: 'item-bootstrap' })).measures['meanDifference'];
    assert.deepEqual([items?.value, items?.ci], [jackknife?.value, null]);
    assert.match(items?.reason ?? '', /single items say nothing of an average/);
  });

  it('is there for each group', () => {
    const table = study();
    const values = table.units.map((_, unit) => [unit < 76 ? 'many' : 'few']);
    const report = make({ ...table, groups: groupsOf(table, ['size'], values) });
    assert.deepEqual(
      report.groups?.map(({ value, average }) => [value, average?.[0]?.raters]),
      [
        ['few', undefined],
        ['many', ['ada', 'bob']],
      ],
    );
  });

  it('stands in the text, in the Markdown and in the methods', () => {
    const report = make(study());
    assert.match(agreementText(report), /judge \(a\) × the average of ada, bob \(b\) {3}n = 80, 40 clusters/);
    assert.match(
      agreementMarkdown(report),
      /## judge × average of the raters\n\nada, bob: n = 80 in 40 clusters/,
    );
    assert.match(
      methodsText(report),
      /The average of ada, bob against judge is the unweighted mean of their measures\./,
    );
  });
});
