import assert from 'node:assert/strict';
import { ceilingOf } from '../../../../src/core/agreement/questions/ceiling';
import { majorityBaselinesOf } from '../../../../src/core/agreement/questions/majorityBaseline';
import { ratingsOf } from '../../../../src/core/agreement/questions/ratings';
import type { Rating, RatingTable } from '../../../../src/core/agreement/ratingTable';
import { naiveCoefficients, naiveMeans, type NaiveItem } from '../naive';
import { close, tableOf } from '../tables';
import { chance, mean, spreadWithoutEach } from './studies';

const scale = { min: 0, max: 10 };
const categories = Array.from({ length: 11 }, (_, score) => score);
const ask = (table: RatingTable) => ratingsOf({ table, judges: ['judge'], thresholds: [5], seed: 3 });

function ragged(): RatingTable {
  const random = chance(11);
  const near = (of: number, spread: number): number =>
    Math.min(10, Math.max(0, of + Math.round(spread * (random() + random() - 1))));
  return tableOf(
    Array.from({ length: 80 }, (_, place) => {
      const truth = Math.floor(11 * random());
      const given = [near(truth, 4), near(truth, 3), near(truth, 3), near(truth, 2)];
      const missing = place % 5;
      // Every sixth item has one human at most.
      const ratings: Rating[] = given.map((score, column) =>
        column === missing || (place % 6 === 5 && column > 1) ? null : score,
      );
      return { ratings, cluster: `c${String(place % 16)}`, weight: place % 2 ? 3 : 1 };
    }),
    { names: ['judge', 'ada', 'bob', 'eve'], judges: 1, scale },
  );
}

/** Items with the judge and two humans or more, and of those the pairs of two columns. */
function pairsOf(table: RatingTable, a: number, b: number): NaiveItem[] {
  return table.units.flatMap(({ cluster, weight }, unit) => {
    const given = table.columns.map(({ values }) => values[unit] ?? null);
    const humans = given.slice(1).filter(value => value !== null).length;
    const [x, y] = [given[a], given[b]];
    if (given[0] === null || humans < 2 || typeof x !== 'number' || typeof y !== 'number') return [];
    return [{ a: x, b: y, w: weight, cluster }];
  });
}

describe('the ceiling', () => {
  it('is of the judge and of humans on the same items, J − C with one cluster left out of both', () => {
    const table = ragged();
    const { answer, sentence } = ceilingOf(ask(table));
    const naive = { ...naiveCoefficients, ...naiveMeans };
    const humanPairs = [
      [1, 2],
      [1, 3],
      [2, 3],
    ].map(([a = 0, b = 0]) => pairsOf(table, a, b));
    const judged = [1, 2, 3].map(human => pairsOf(table, 0, human));
    const over = (sets: NaiveItem[][], id: string, without: string): number =>
      mean(
        sets.map(items => {
          const rest = items.filter(({ cluster }) => cluster !== without);
          return naive[id]!(rest, categories);
        }),
      );
    for (const id of ['cohenKappaQuadratic', 'krippendorffAlphaInterval', 'meanAbsoluteError']) {
      const made = answer?.measures[id];
      close(made?.humans.value, over(humanPairs, id, ''), 1e-12, id);
      close(made?.judge.value, over(judged, id, ''), 1e-12, id);
      const gap = (without: string): number => over(judged, id, without) - over(humanPairs, id, without);
      close(made?.difference.value, gap(''), 1e-12, id);
      const clusters = Array.from({ length: 16 }, (_, index) => `c${String(index)}`);
      const error = spreadWithoutEach(clusters.map(gap));
      close((made?.difference.ci?.[1] ?? 0) - gap(''), 2.131449545559323 * error, 1e-9, id);
    }
    const exact = answer?.measures['exactAgreement'];
    const share = (sets: NaiveItem[][]): number =>
      mean(
        sets.map(items => {
          const weight = items.reduce((sum, { w }) => sum + w, 0);
          return items.reduce((sum, { a, b, w }) => sum + (a === b ? w : 0), 0) / weight;
        }),
      );
    close(exact?.humans.value, share(humanPairs), 1e-12);
    close(exact?.judge.value, share(judged), 1e-12);
    assert.equal(answer?.n, pairsOf(table, 0, 0).length);
    assert.match(sentence, /two raters with each other at/);
  });

  it('never compares versions of one rater, nor takes what humans settled on', () => {
    const table = ragged();
    const [judge, ada, bob, eve] = table.columns;
    assert.ok(judge && ada && bob && eve);
    const versions = { ...table, columns: [judge, { ...ada, rater: 'x' }, { ...bob, rater: 'x' }] };
    assert.match(ceilingOf(ask(versions)).refused ?? '', /fewer than two raters/);
    const settled = { ...table, columns: [judge, ada, { ...eve, judgeOnly: true as const }] };
    assert.match(ceilingOf(ask(settled)).refused ?? '', /fewer than two raters/);
  });

  it('is refused where no two raters share ten items', () => {
    const rows = Array.from({ length: 40 }, (_, place) => ({
      ratings: [place % 11, place < 22 ? 3 : null, place > 12 ? 4 : null],
    }));
    const table = tableOf(rows, { names: ['judge', 'ada', 'bob'], judges: 1, scale });
    assert.match(ceilingOf(ask(table)).refused ?? '', /No two raters share 10 items/);
  });
});

describe('the majority-score baseline', () => {
  it('is what always giving the most frequent score would reach, found again without each cluster', () => {
    const table = ragged();
    const made = majorityBaselinesOf(ask(table)).answer?.find(({ rater }) => rater === 'ada');
    const items = table.units.flatMap(({ cluster, weight }, unit): NaiveItem[] => {
      const [a, b] = [table.columns[0]?.values[unit], table.columns[1]?.values[unit]];
      return typeof a === 'number' && typeof b === 'number' ? [{ a, b, w: weight, cluster }] : [];
    });
    const shareAt = (those: NaiveItem[], score: number): number =>
      those.reduce((sum, { b, w }) => sum + (b === score ? w : 0), 0) /
      those.reduce((sum, { w }) => sum + w, 0);
    const most = (those: NaiveItem[]): number =>
      categories.reduce((best, score) => (shareAt(those, score) > shareAt(those, best) ? score : best), 0);
    assert.equal(made?.score, most(items));
    close(made?.exactAgreement.baseline.value, shareAt(items, most(items)), 1e-12);
    const gap = (without: string): number => {
      const rest = items.filter(({ cluster }) => cluster !== without);
      const weight = rest.reduce((sum, { w }) => sum + w, 0);
      return (
        rest.reduce((sum, { a, b, w }) => sum + (a === b ? w : 0), 0) / weight - shareAt(rest, most(rest))
      );
    };
    close(made?.exactAgreement.difference.value, gap(''), 1e-12);
    const clusters = [...new Set(items.map(({ cluster }) => cluster))];
    const error = spreadWithoutEach(clusters.map(gap));
    close((made?.exactAgreement.difference.ci?.[1] ?? 0) - gap(''), 2.131449545559323 * error, 1e-9);
    const constant = items.map(item => ({ ...item, a: most(items) }));
    const expected = naiveMeans['meanAbsoluteError']!(constant, categories);
    close(made?.meanAbsoluteError?.baseline.value, expected, 1e-12);
  });

  it('names a text label as such, the first of equally frequent ones', () => {
    const rows = ['b', 'a', 'b', 'a', 'c'].map(label => ({ ratings: ['b', label] }));
    const made = majorityBaselinesOf(ask(tableOf(rows, { names: ['judge', 'ada'], judges: 1 }))).answer?.[0];
    assert.equal(made?.score, 'a');
    close(made?.exactAgreement.baseline.value, 0.4);
    close(made?.exactAgreement.judge.value, 0.4);
    assert.equal(made?.meanAbsoluteError, undefined);
  });
});
