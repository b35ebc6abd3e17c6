import assert from 'node:assert/strict';
import { headlineQuestion } from '../../../../src/core/agreement/questions/headlineQuestion';
import { ratingsOf } from '../../../../src/core/agreement/questions/ratings';
import { thresholdQuestion } from '../../../../src/core/agreement/questions/thresholdQuestion';
import type { Rating, RatingTable } from '../../../../src/core/agreement/ratingTable';
import { naiveCoefficients, naiveMeans, type NaiveItem } from '../naive';
import { close, cutMeasure, measure, report, tableOf } from '../tables';
import { chance, drawn, faithful, inputOf, labelled, madeRun, mean, spreadWithoutEach } from './studies';

const scale = { min: 0, max: 10 };
const categories = Array.from({ length: 11 }, (_, score) => score);
const ask = (table: RatingTable, judges = ['judge'], thresholds = [5]) =>
  headlineQuestion(ratingsOf({ table, judges, thresholds, seed: 3 }));

/** Three raters, of whom one has few items; clusters of two. */
function threeRaters(): RatingTable {
  const random = chance(5);
  const score = (): number => Math.floor(11 * random());
  const near = (of: number): number => Math.min(10, Math.max(0, of + Math.floor(3 * random()) - 1));
  return tableOf(
    Array.from({ length: 60 }, (_, place) => {
      const judge = score();
      const ratings: Rating[] = [
        judge,
        near(judge),
        place % 3 === 0 ? null : score(),
        place < 12 ? judge : null,
      ];
      return { ratings, cluster: `c${String(Math.floor(place / 2))}`, weight: 1 + (place % 4) };
    }),
    { names: ['judge', 'ada', 'bob', 'eve'], judges: 1, scale },
  );
}

const itemsOf = (table: RatingTable, rater: number): NaiveItem[] =>
  table.units.flatMap(({ cluster, weight }, unit) => {
    const [a, b] = [table.columns[0]?.values[unit], table.columns[rater]?.values[unit]];
    return typeof a === 'number' && typeof b === 'number' ? [{ a, b, w: weight, cluster }] : [];
  });

describe('the headline', () => {
  it('stands in the run, weighted, beside the same items unweighted', () => {
    const { answer } = ask(threeRaters());
    const ada = answer?.raters[0];
    const items = itemsOf(threeRaters(), 1);
    const even = items.map(item => ({ ...item, w: 1 }));
    for (const id of ['cohenKappaQuadratic', 'krippendorffAlphaInterval']) {
      close(ada?.inRun?.[id]?.value, naiveCoefficients[id]!(items, categories), 1e-12, id);
      close(ada?.inSubset[id]?.value, naiveCoefficients[id]!(even, categories), 1e-12, id);
    }
    for (const id of ['meanAbsoluteError', 'meanDifference'])
      close(ada?.inRun?.[id]?.value, naiveMeans[id]!(items, categories), 1e-12, id);
    assert.notEqual(ada?.inRun?.['meanDifference']?.value, ada?.inSubset['meanDifference']?.value);
  });

  it('is to the digit what the table of measures says of the same pair, intervals included', () => {
    const table = threeRaters();
    const pair = { ...table, columns: table.columns.slice(0, 2) };
    const made = report(pair, [5]);
    const ada = ask(pair).answer?.raters[0];
    const same = (
      a: { value: number | null; ci?: readonly number[] | null } | undefined,
      b: typeof a,
    ): void => {
      close(a?.value, b?.value ?? NaN, 1e-12);
      a?.ci?.forEach((end, index) => close(end, b?.ci?.[index] ?? NaN, 1e-10));
      assert.ok(a?.ci && b?.ci);
    };
    for (const [id, value] of Object.entries(ada?.inRun ?? {})) same(value, measure(made, id));
    const [at] = ada?.baseRates ?? [];
    same(at?.judge, cutMeasure(made, 5, 'prevalenceJudge'));
    same(at?.human, cutMeasure(made, 5, 'prevalenceHuman'));
    same(at?.cohenKappa, cutMeasure(made, 5, 'cohenKappa'));
  });

  it('averages over raters with 30 items or more, each rater the same, one cluster left out of all at a time', () => {
    const table = threeRaters();
    const { answer, sentence } = ask(table);
    assert.deepEqual(
      answer?.raters.map(({ rater, n }) => [rater, n]),
      [
        ['ada', 60],
        ['bob', 40],
        ['eve', 12],
        ['average', 60],
      ],
    );
    const kappa = naiveCoefficients['cohenKappaQuadratic']!;
    const both = [itemsOf(table, 1), itemsOf(table, 2)];
    const average = (without: string): number =>
      mean(
        both.map(items =>
          kappa(
            items.filter(({ cluster }) => cluster !== without),
            categories,
          ),
        ),
      );
    const made = answer?.raters[3]?.inRun?.['cohenKappaQuadratic'];
    close(made?.value, average(''), 1e-12);
    const clusters = [...new Set(table.units.map(({ cluster }) => cluster))];
    const error = spreadWithoutEach(clusters.map(cluster => Math.atanh(average(cluster))));
    close(Math.atanh(made?.ci?.[1] ?? 0) - Math.atanh(made?.value ?? 0), 2.045229642132703 * error, 1e-9);
    const bobs = answer?.raters[1]?.inRun?.['exactAgreement']?.value ?? NaN;
    const adas = answer?.raters[0]?.inRun?.['exactAgreement']?.value ?? NaN;
    close(answer?.raters[3]?.inRun?.['exactAgreement']?.value, (adas + bobs) / 2, 1e-12);
    assert.match(
      sentence,
      /^judge and the raters \(average\) agree in the run at κ with quadratic weights = 0\.\d+/,
    );
    assert.doesNotMatch(sentence, /perfect|substantial|moderate|fair|excellent|good|strong/i);
  });

  it('says nothing of a run where the items are no sample of one', () => {
    const rows = Array.from({ length: 30 }, (_, place) => ({ ratings: [place % 11, (place * 3) % 11] }));
    const { answer, sentence } = ask(tableOf(rows, { names: ['judge', 'ada'], judges: 1, scale }));
    assert.equal(answer?.raters[0]?.inRun, null);
    assert.match(sentence, /on the labelled items .*no probability sample of a run/);
    const run = madeRun(40, 2, 1);
    const unfit = drawn(run, { kind: 'uncertainty', n: 40, threshold: 5 }, 1);
    const input = inputOf(run, unfit, labelled(unfit, run, { ada: faithful }));
    const asked = headlineQuestion(ratingsOf(input));
    assert.equal(asked.answer?.raters[0]?.inRun, null);
    assert.match(asked.sentence, /no inclusion probabilities/);
    const audit = drawn(run, { kind: 'negative-audit', n: 20, threshold: 5 }, 1);
    const audited = headlineQuestion(ratingsOf(inputOf(run, audit, labelled(audit, run, { ada: faithful }))));
    assert.match(audited.sentence, /no number is of the whole run/);
  });

  it('is of a drawn subset weighted by its design', () => {
    const run = madeRun(60, 3, 2);
    const subset = drawn(run, { kind: 'balanced', n: 60, allocation: 'equal' }, 4);
    const input = inputOf(run, subset, labelled(subset, run, { ada: faithful }));
    const { answer } = headlineQuestion(ratingsOf(input));
    const items = subset.manifest.items.map(({ item, weight }): NaiveItem => {
      const turn = run.find(({ id }) => id === item.rollout)?.turns[item.turn - 1];
      return { a: turn?.judge ?? 0, b: turn?.human ?? 0, w: weight ?? 0, cluster: item.rollout };
    });
    const value = answer?.raters[0]?.inRun?.['cohenKappaQuadratic']?.value;
    close(value, naiveCoefficients['cohenKappaQuadratic']!(items, categories), 1e-12);
  });

  it('of a stratified subset has the table’s intervals, and so has the curve of thresholds', () => {
    const run = madeRun(80, 3, 2);
    const subset = drawn(run, { kind: 'balanced', n: 90 }, 4);
    const input = inputOf(run, subset, labelled(subset, run, { ada: faithful, bob: faithful }));
    const { table } = input;
    const made = report(table, [5]);
    const { answer } = headlineQuestion(ratingsOf(input));
    const curve = thresholdQuestion(ratingsOf(input)).answer?.raters;
    assert.match(measure(made, 'cohenKappaQuadratic').method ?? '', /stratified/);
    for (const [index, rater] of ['ada', 'bob'].entries()) {
      const pair = made.pairs.find(({ b }) => b === rater);
      for (const [id, value] of Object.entries(answer?.raters[index]?.inRun ?? {}))
        assert.deepEqual(value, pair?.measures[id], id);
      for (const [id, value] of Object.entries(answer?.raters[index]?.inSubset ?? {}))
        assert.deepEqual(value, pair?.unweighted?.[id], id);
      const point = curve?.[index]?.curve.find(({ cut }) => cut === 5);
      for (const [id, value] of Object.entries(point ?? {}))
        if (id !== 'cut') assert.deepEqual(value, pair?.thresholds[0]?.measures[id], id);
      const [best] = curve?.[index]?.best ?? [];
      const at = pair?.thresholds[0]?.measures['cohenKappa'];
      close(best?.kappaAtHumanCut.ci?.[0], at?.ci?.[0] ?? NaN, 1e-9);
    }
    for (const [id, value] of Object.entries(answer?.raters[2]?.inRun ?? {}))
      assert.deepEqual(value, made.average?.[0]?.measures[id], id);
  });

  it('of text labels is exact agreement alone', () => {
    const rows = Array.from({ length: 24 }, (_, place) => ({
      ratings: [place % 2 ? 'yes' : 'no', place % 3 ? 'yes' : 'no'],
    }));
    const { answer, sentence } = ask(tableOf(rows, { names: ['judge', 'ada'], judges: 1 }));
    assert.deepEqual(Object.keys(answer?.raters[0]?.inSubset ?? {}), ['exactAgreement']);
    close(answer?.raters[0]?.inSubset['exactAgreement']?.value, 0.5);
    assert.match(sentence, /exact agreement = 0\.500/);
  });

  it('is refused without a judge, or without an item that both scored', () => {
    const rows = [{ ratings: [1, null] }, { ratings: [null, 2] }];
    assert.match(ask(tableOf(rows)).refused ?? '', /no judge/);
    const apart = tableOf(rows, { names: ['judge', 'ada'], judges: 1, scale });
    assert.match(ask(apart).refused ?? '', /No item has a usable score/);
  });
});
