import assert from 'node:assert/strict';
import { driftQuestion } from '../../../../src/core/agreement/questions/driftQuestion';
import { leastSquares } from '../../../../src/core/agreement/questions/leastSquares';
import { ratingsOf } from '../../../../src/core/agreement/questions/ratings';
import type { Subset } from '../../../../src/core/subset/manifest';
import { close } from '../tables';
import {
  chance,
  drawn,
  faithful,
  inputOf,
  labelled,
  madeRun,
  spreadWithoutEach,
  type Scoring,
} from './studies';

const run = madeRun(80, 3, 91, () => ({}));
const subset = drawn(run, { kind: 'balanced', n: 90 }, 7, { repeats: 10 });
const slots = subset.manifest.items.length;
/** Grows harsher by two points from the first slot to the last. */
const harsher: Scoring = ({ human }, slot) => Math.min(10, human + Math.round((2 * slot) / (slots - 1)));

const ask = (of: Subset, raters: Readonly<Record<string, Scoring>>) => {
  const input = inputOf(run, of, labelled(of, run, raters));
  return driftQuestion(ratingsOf(input), input.rollouts, input.labels, of);
};

/** Gauss–Jordan on the normal equations with dummies for all strata but the first: another way than the product's. */
function coefficientOfTime(
  points: readonly { stratum: string; turn: number; time: number; error: number }[],
): number {
  const strata = [...new Set(points.map(({ stratum }) => stratum))].sort().slice(1);
  const rows = points.map(({ stratum, turn, time, error }) => [
    1,
    time,
    turn,
    ...strata.map(each => (each === stratum ? 1 : 0)),
    error,
  ]);
  const count = 3 + strata.length;
  const system = Array.from({ length: count }, (_, i) =>
    Array.from({ length: count + 1 }, (__, j) =>
      rows.reduce((sum, row) => sum + (row[i] ?? 0) * (row[j] ?? 0), 0),
    ),
  );
  for (let pivot = 0; pivot < count; pivot++) {
    const best = system
      .slice(pivot)
      .reduce(
        (most, row, index) =>
          Math.abs(row[pivot] ?? 0) > Math.abs(system[most]?.[pivot] ?? 0) ? pivot + index : most,
        pivot,
      );
    [system[pivot], system[best]] = [system[best] ?? [], system[pivot] ?? []];
    const lead = system[pivot] ?? [];
    for (let other = 0; other < count; other++) {
      if (other === pivot) continue;
      const row = system[other] ?? [];
      const factor = (row[pivot] ?? 0) / (lead[pivot] ?? 1);
      for (let column = 0; column <= count; column++)
        row[column] = (row[column] ?? 0) - factor * (lead[column] ?? 0);
    }
  }
  return (system[1]?.[count] ?? NaN) / (system[1]?.[1] ?? NaN);
}

describe('rater drift', () => {
  it('is the change of judge − human from the first label to the last, strata and turn held', () => {
    const { answer, sentence } = ask(subset, { ada: harsher, bob: faithful });
    const firsts = subset.manifest.items.filter(({ repeatOf }) => repeatOf === undefined);
    const points = firsts.map(({ item, slot, stratum }, rank) => {
      const turn = run.find(({ id }) => id === item.rollout)?.turns[item.turn - 1];
      const human = turn ? (harsher(turn, slot, item) ?? NaN) : NaN;
      const error = (turn?.judge ?? NaN) - human;
      return { cluster: item.rollout, stratum, turn: item.turn, time: rank / (firsts.length - 1), error };
    });
    const ada = answer?.raters.find(({ rater }) => rater === 'ada');
    assert.equal(ada?.n, 90);
    close(ada?.change.value, coefficientOfTime(points), 1e-9);
    const clusters = [...new Set(points.map(({ cluster }) => cluster))];
    const error = spreadWithoutEach(
      clusters.map(out => coefficientOfTime(points.filter(({ cluster }) => cluster !== out))),
    );
    const half = ((ada?.change.ci?.[1] ?? 0) - (ada?.change.ci?.[0] ?? 0)) / 2;
    assert.ok(clusters.length > 40 && half > 1.99 * error && half < 2.03 * error);
    assert.ok((ada?.change.ci?.[1] ?? 0) < 0, 'planted drift is found');
    const bob = answer?.raters.find(({ rater }) => rater === 'bob');
    assert.ok((bob?.change.ci?.[0] ?? 1) < 0 && (bob?.change.ci?.[1] ?? -1) > 0);
    assert.match(sentence, /Over the 90 labels of ada, judge − human changed by −\d/);
    assert.match(sentence, /A straight line over the order of labelling is assumed/);
  });

  it('goes by the time of the labels, not by the slots', () => {
    // Labelled from the last slot to the first: the same drift over time is the other way round over slots.
    const events = labelled(subset, run, { ada: harsher }).map(event => ({
      ...event,
      id: `0-${String(999 - (event.kind === 'score' ? (event.subset?.slot ?? 0) : 0)).padStart(6, '0')}`,
    }));
    const input = inputOf(run, subset, events);
    const { answer } = driftQuestion(ratingsOf(input), input.rollouts, input.labels, subset);
    assert.ok((answer?.raters[0]?.change.ci?.[0] ?? 0) > 0);
  });

  it('is refused without a subset, and where the order is not known to be chance', () => {
    const input = inputOf(run, subset, labelled(subset, run, { ada: faithful }));
    assert.match(driftQuestion(ratingsOf(input), input.rollouts).refused ?? '', /without one/);
    const foreign = drawn(run, { kind: 'random', n: 60 }, 7, { changes: { algorithm: 'by hand' } });
    assert.match(
      ask(foreign, { ada: faithful }).refused ?? '',
      /not known to be a seeded permutation \(by hand\)/,
    );
  });

  it('is of raters with 20 labels or more', () => {
    const few: Scoring = ({ human }, slot) => (slot < 15 ? human : null);
    assert.match(ask(subset, { ada: few }).refused ?? '', /No rater has 20 usable labels/);
    const both = ask(subset, { ada: few, bob: faithful }).answer;
    assert.deepEqual(
      both?.raters.map(({ rater }) => rater),
      ['bob'],
    );
  });
});

describe('leastSquares', () => {
  it('passes over columns that others determine', () => {
    const random = chance(3);
    const rows = Array.from({ length: 30 }, () => {
      const [a, b] = [random(), random()];
      return { x: [1, a, 1 - a, b], y: 2 + 3 * a - 4 * b };
    });
    const products = Float64Array.from({ length: 16 }, (_, at) =>
      rows.reduce((sum, { x }) => sum + (x[Math.floor(at / 4)] ?? 0) * (x[at % 4] ?? 0), 0),
    );
    const withOutcome = Float64Array.from({ length: 4 }, (_, at) =>
      rows.reduce((sum, { x, y }) => sum + (x[at] ?? 0) * y, 0),
    );
    const [constant, a, rest, b] = leastSquares(products, withOutcome, 4);
    close(constant, 2, 1e-9);
    close(a, 3, 1e-9);
    assert.equal(rest, null);
    close(b, -4, 1e-9);
  });
});
