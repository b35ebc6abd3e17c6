import assert from 'node:assert/strict';
import { questionsOf, type QuestionInput } from '../../../../src/core/agreement/questions/questionsOf';
import type { RatingTable } from '../../../../src/core/agreement/ratingTable';
import { tableOf } from '../tables';
import { bell, chance, drawn, faithful, indexOf, inputOf, labelled, madeRun, type Scoring } from './studies';

const run = madeRun(
  60,
  4,
  101,
  place => ({ condition: place % 2 ? 'baseline' : 'tuned', provider: place % 3 ? 'north' : 'south' }),
  ({ condition }) => (condition === 'tuned' ? 1.5 : 0.5),
);
const subset = drawn(run, { kind: 'balanced', n: 90 }, 11, { repeats: 12 });
const near = (seed: number): Scoring => {
  const random = chance(seed);
  return ({ human }) => Math.min(10, Math.max(0, Math.round(human + 0.8 * bell(random))));
};
const events = labelled(subset, run, { ada: faithful, bob: near(1), eve: near(2) });
const input = (): QuestionInput => inputOf(run, subset, events);

/** Another order of everything that comes in some order. */
function shuffledInput(): QuestionInput {
  const made = inputOf([...run].reverse(), subset, events);
  const { table } = made;
  const order = table.units.map((_, unit) => unit).reverse();
  const placeOf = new Map(order.map((unit, place) => [unit, place]));
  const reversed: RatingTable = {
    ...table,
    units: order.flatMap(unit => table.units[unit] ?? []),
    columns: table.columns.map(column => ({
      ...column,
      values: order.map(unit => column.values[unit] ?? null),
      ...(column.excluded
        ? { excluded: new Map([...column.excluded].map(([unit, cause]) => [placeOf.get(unit) ?? 0, cause])) }
        : {}),
    })),
  };
  // Bytes of the file are the order of its lines: the same lines, told from the other end.
  return { ...made, table: reversed, labels: indexOf([...events].reverse()) };
}

describe('the seven questions', function () {
  this.timeout(60_000);

  it('are all answered of a drawn subset, each in plain sentences without adjectives of agreement', () => {
    const questions = questionsOf(input());
    for (const [name, { answer, sentence, refused }] of Object.entries(questions)) {
      assert.equal(refused, undefined, `${name}: ${String(refused)}`);
      assert.notEqual(answer, null, name);
      assert.match(sentence, /^[A-Zm“].*[.]$/s, name);
      assert.doesNotMatch(
        sentence,
        /undefined|NaN|null|Infinity|almost perfect|substantial|moderate|excellent/,
        name,
      );
    }
    const { comparison } = questions;
    for (const [name, { refused }] of Object.entries(comparison.answer ?? {}))
      assert.equal(refused, undefined, `${name}: ${String(refused)}`);
  });

  it('are the same to the byte whatever the order of rows, rollouts and labels', () => {
    assert.equal(JSON.stringify(questionsOf(shuffledInput())), JSON.stringify(questionsOf(input())));
  });

  it('of a table without rollouts are the first three, the others are refused in a sentence', () => {
    const random = chance(8);
    const rows = Array.from({ length: 60 }, () => {
      const truth = 10 * random();
      const ratings = [1, 2, 2, 3].map(spread =>
        Math.min(10, Math.max(0, Math.round(truth + spread * bell(random)))),
      );
      return { ratings };
    });
    const table = tableOf(rows, { names: ['judge', 'a', 'b', 'c'], judges: 1, scale: { min: 0, max: 10 } });
    const questions = questionsOf({ table, judges: ['judge'], thresholds: [5], seed: 1 });
    const { headline, comparison, thresholds, ...others } = questions;
    for (const question of [headline, comparison, thresholds]) assert.equal(question.refused, undefined);
    const parts = comparison.answer;
    for (const part of [parts?.ceiling, parts?.baseline, parts?.altTest])
      assert.equal(part?.refused, undefined);
    for (const part of [parts?.repeats, parts?.judgeRuns]) assert.notEqual(part?.refused, undefined);
    for (const [name, question] of Object.entries(others)) {
      assert.equal(question.answer, null, name);
      assert.match(question.refused ?? '', /^(Without|Drift).*\.$/, name);
    }
  });

  it('of nothing, of one item, and of a constant judge are refused or undefined, never a number in their place', () => {
    const shape = { names: ['judge', 'ada'], judges: 1, scale: { min: 0, max: 10 } };
    const ask = (rows: { ratings: (number | null)[] }[]) =>
      questionsOf({ table: tableOf(rows, shape), judges: ['judge'], thresholds: [5], seed: 1 });
    for (const { answer, refused } of Object.values(ask([]))) {
      assert.equal(answer, null);
      assert.ok(refused);
    }
    const one = ask([{ ratings: [3, 4] }]).headline.answer?.raters[0]?.inSubset;
    assert.equal(one?.['cohenKappaQuadratic']?.value, null);
    assert.equal(one?.['meanDifference']?.ci, null);
    const constant = ask(Array.from({ length: 40 }, () => ({ ratings: [5, 5] }))).headline.answer?.raters[0];
    assert.deepEqual(constant?.inSubset['cohenKappaQuadratic'], {
      value: null,
      reason: 'both gave every item the same score',
    });
    assert.equal(constant?.baseRates[0]?.cohenKappa.value, null);
  });

  it('use the consensus only where it alone was asked for, and never among humans', () => {
    const settled = labelled(subset, run, { consensus: faithful });
    const both = inputOf(run, subset, [...events, ...settled]);
    const { table } = both;
    const columns = table.columns.filter(({ name }) => name !== 'consensus');
    const consensus = {
      ...(table.columns[1] ?? { name: '', role: 'human' as const, values: [] }),
      name: 'consensus',
      judgeOnly: true as const,
    };
    const with_ = questionsOf({ ...both, table: { ...table, columns: [...columns, consensus] } });
    const without = questionsOf({ ...both, table: { ...table, columns } });
    assert.equal(JSON.stringify(with_), JSON.stringify(without));
    const judge = columns[0];
    assert.ok(judge);
    const alone = questionsOf({ ...both, table: { ...table, columns: [judge, consensus] } });
    assert.deepEqual(
      alone.headline.answer?.raters.map(({ rater }) => rater),
      ['consensus'],
    );
    assert.notEqual(alone.comparison.answer?.ceiling.refused, undefined);
  });
});
