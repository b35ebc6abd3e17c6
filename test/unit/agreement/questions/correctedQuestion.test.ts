import assert from 'node:assert/strict';
import { correctedQuestion } from '../../../../src/core/agreement/questions/correctedQuestion';
import { ratingsOf } from '../../../../src/core/agreement/questions/ratings';
import { runLabelsOf } from '../../../../src/core/agreement/questions/runLabels';
import type { QuestionInput } from '../../../../src/core/agreement/questions/questionsOf';
import type { Design, Subset } from '../../../../src/core/subset/manifest';
import { close } from '../tables';
import {
  drawn,
  faithful,
  inputOf,
  labelled,
  madeRun,
  mean,
  spreadWithoutEach,
  type MadeRollout,
  type Scoring,
} from './studies';

const ask = (input: QuestionInput) => {
  const rollouts = input.rollouts ?? [];
  const { rubric, thresholds, seed, fields, subset } = input;
  assert.ok(rubric);
  return correctedQuestion(
    runLabelsOf(ratingsOf(input), rollouts, rubric, subset),
    rollouts,
    thresholds,
    seed,
    fields,
  );
};

interface Labelled {
  readonly cluster: string;
  readonly y: number;
  readonly f: number;
  readonly w: number;
}

/** The estimators straight from their definitions, on lists of items. */
function naive(labels: readonly Labelled[], run: readonly { cluster: string; f: number }[], without = '') {
  const own = labels.filter(({ cluster }) => cluster !== without);
  const rest = run.filter(({ cluster }) => cluster !== without);
  const weight = own.reduce((sum, { w }) => sum + w, 0);
  const weighted = (of: (item: Labelled) => number): number =>
    own.reduce((sum, item) => sum + item.w * of(item), 0) / weight;
  const [y, f] = [weighted(item => item.y), weighted(item => item.f)];
  const covariance = weighted(item => (item.y - y) * (item.f - f));
  const variance = weighted(item => (item.f - f) ** 2);
  const lambda = Math.min(1, Math.max(0, variance > 1e-12 ? covariance / variance : 0));
  const q = mean(rest.map(item => item.f));
  const among = (at: number): number => {
    const those = own.filter(item => item.f === at);
    return (
      those.reduce((sum, item) => sum + item.w * item.y, 0) / those.reduce((sum, item) => sum + item.w, 0)
    );
  };
  return {
    corrected: y + lambda * (q - f),
    lambda,
    naive: q,
    alone: y,
    double: q * among(1) + (1 - q) * among(0),
  };
}

const listsOf = (rollouts: readonly MadeRollout[], subset: Subset, of: (score: number) => number) => ({
  run: rollouts.flatMap(({ id, turns }) => turns.map(({ judge }) => ({ cluster: id, f: of(judge ?? 0) }))),
  labels: subset.manifest.items.map(({ item, weight }): Labelled => {
    const turn = rollouts.find(({ id }) => id === item.rollout)?.turns[item.turn - 1];
    return { cluster: item.rollout, y: of(turn?.human ?? 0), f: of(turn?.judge ?? 0), w: weight ?? 0 };
  }),
});

const at5 = (score: number): number => (score >= 5 ? 1 : 0);
const balanced: Design = { kind: 'balanced', n: 80 };

describe('the corrected mean and share', () => {
  const run = madeRun(80, 4, 31);
  const subset = drawn(run, balanced, 2);
  const input = inputOf(run, subset, labelled(subset, run, { ada: faithful }));
  const { answer, sentence } = ask(input);
  const [meanScore, share] = answer?.whole ?? [];

  it('are θ̂ = ȳ + λ(f̄ of the run − f̄), each cluster left out of labels and run at once', () => {
    const { labels, run: items } = listsOf(run, subset, score => score);
    const whole = naive(labels, items);
    close(meanScore?.corrected.value, whole.corrected, 1e-10);
    close(meanScore?.lambda, whole.lambda, 1e-10);
    close(meanScore?.naive.value, whole.naive, 1e-12);
    close(meanScore?.labelsAlone.value, whole.alone, 1e-12);
    const error = spreadWithoutEach(run.map(({ id }) => naive(labels, items, id).corrected));
    const clusters = new Set(labels.map(({ cluster }) => cluster)).size;
    const half = ((meanScore?.corrected.ci?.[1] ?? 0) - (meanScore?.corrected.ci?.[0] ?? 0)) / 2;
    assert.equal(clusters, 58);
    // Student’s t at 57 degrees of freedom, by scipy.
    close(half, 2.002465459291007 * error, 1e-8);
  });

  it('of a share are double sampling, as long as λ is not cut off', () => {
    const { labels, run: items } = listsOf(run, subset, at5);
    const whole = naive(labels, items);
    assert.ok(whole.lambda > 0 && whole.lambda < 1);
    close(share?.corrected.value, whole.corrected, 1e-10);
    close(share?.doubleSampling?.value, whole.double, 1e-10);
    close(share?.corrected.value, share?.doubleSampling?.value ?? NaN, 1e-10);
    assert.ok((share?.corrected.ci?.[0] ?? -1) > 0);
    assert.match(share?.corrected.method ?? '', /Wilson/);
  });

  it('stand beside what the judge alone says', () => {
    assert.match(
      sentence,
      /mean score is \d\.\d+ \(95% interval .*\) after correction, by the judge alone \d\.\d+/,
    );
    assert.match(sentence, /holds for this judge on runs of this kind/);
  });

  it('take the mean over an item’s raters, for shares of their being at or above the cut', () => {
    const lenient: Scoring = ({ human }) => Math.max(0, human - 2);
    const two = inputOf(run, subset, labelled(subset, run, { ada: faithful, bob: lenient }));
    const made = ask(two).answer?.whole;
    const of = (score: (human: number) => number) =>
      listsOf(run, subset, each => each).labels.map(label => ({ ...label, y: score(label.y) }));
    const items = listsOf(run, subset, each => each).run;
    close(
      made?.[0]?.corrected.value,
      naive(
        of(y => (y + Math.max(0, y - 2)) / 2),
        items,
      ).corrected,
      1e-10,
    );
    const shares = of(y => (at5(y) + at5(Math.max(0, y - 2))) / 2).map(label => ({
      ...label,
      f: at5(label.f),
    }));
    const judged = items.map(item => ({ ...item, f: at5(item.f) }));
    close(made?.[1]?.corrected.value, naive(shares, judged).corrected, 1e-10);
  });

  it('keep λ in 0 to 1: a judge that runs against the humans is of no use', () => {
    const against = inputOf(run, subset, labelled(subset, run, { ada: ({ judge }) => 10 - (judge ?? 0) }));
    const made = ask(against).answer?.whole;
    assert.deepEqual([made?.[0]?.lambda, made?.[1]?.lambda], [0, 0]);
    close(made?.[0]?.corrected.value, made?.[0]?.labelsAlone.value ?? NaN, 1e-12);
  });

  it('at a share of 0 have Wilson’s interval, never one without width', () => {
    const never = ask(inputOf(run, subset, labelled(subset, run, { ada: () => 0 }))).answer?.whole[1];
    assert.equal(never?.corrected.value, 0);
    assert.equal(never?.corrected.ci?.[0], 0);
    assert.ok((never?.corrected.ci?.[1] ?? 0) > 0.03);
  });
});

describe('by condition', () => {
  const fieldsOf = (place: number) => ({ condition: place < 60 ? 'baseline' : place < 70 ? 'few' : 'tuned' });
  const run = madeRun(120, 2, 41, fieldsOf);
  const subset = drawn(run, { kind: 'random', n: 100 }, 6);
  const input = inputOf(run, subset, labelled(subset, run, { ada: faithful }));

  it('all sums are those of the condition, nothing is pooled', () => {
    const tuned = ask(input).answer?.groups.find(({ value }) => value === 'tuned');
    const ids = new Set(run.filter(({ fields }) => fields['condition'] === 'tuned').map(({ id }) => id));
    const { labels, run: items } = listsOf(run, subset, score => score);
    const own = labels.filter(({ cluster }) => ids.has(cluster));
    const expected = naive(
      own,
      items.filter(({ cluster }) => ids.has(cluster)),
    );
    assert.equal(tuned?.labels, own.length);
    close(tuned?.estimates?.[0]?.corrected.value, expected.corrected, 1e-10);
    close(tuned?.estimates?.[0]?.naive.value, expected.naive, 1e-12);
  });

  it('a condition with under 15 labels or 8 clusters is refused, and said', () => {
    const { answer, sentence } = ask(input);
    const few = answer?.groups.find(({ value }) => value === 'few');
    assert.ok((few?.labels ?? 99) < 15);
    assert.equal(few?.estimates, undefined);
    assert.match(few?.refused ?? '', /a corrected value needs 15/);
    assert.match(sentence, /No corrected value for condition=few/);
    const long = madeRun(30, 8, 42, place => ({ condition: place < 6 ? 'long' : 'other' }));
    const all = drawn(long, { kind: 'random', n: 160 }, 6);
    const made = ask(inputOf(long, all, labelled(all, long, { ada: faithful }))).answer;
    assert.match(made?.groups.find(({ value }) => value === 'long')?.refused ?? '', /6 clusters: .* needs 8/);
  });
});

describe('nothing is corrected', () => {
  const run = madeRun(40, 2, 51);
  const random = drawn(run, { kind: 'random', n: 40 }, 6);
  const events = labelled(random, run, { ada: faithful });

  it('by labels outside a subset, or by designs without inclusion probabilities', () => {
    const { subset, ...without } = inputOf(run, random, events);
    assert.ok(subset);
    assert.match(ask(without).refused ?? '', /no probability sample of the run/);
    for (const [kind, reason] of [
      ['uncertainty', /no inclusion probabilities/],
      ['negative-audit', /under the cut/],
    ] as const) {
      const other = drawn(run, { kind, n: 20, threshold: 5 }, 6);
      assert.match(ask(inputOf(run, other, labelled(other, run, { ada: faithful }))).refused ?? '', reason);
    }
  });

  it('where a stratum has no usable label', () => {
    const split = madeRun(60, 1, 52, place => ({ condition: place % 2 ? 'a' : 'b' }));
    const subset = drawn(split, { kind: 'stratified', n: 40, by: ['condition'] }, 6);
    const half = labelled(subset, split, {
      ada: ({ human }, _, { rollout }) => (Number(rollout.slice(1)) % 2 ? human : null),
    });
    assert.match(ask(inputOf(split, subset, half)).refused ?? '', /“condition=b” has no usable item/);
  });

  it('where the file is another one; one that has grown is cut back to what was drawn from', () => {
    const more = [...run, ...madeRun(10, 2, 53).map(rollout => ({ ...rollout, id: `z${rollout.id}` }))];
    const { manifest } = random;
    const input = inputOf(more, random, events);
    assert.match(ask(input).refused ?? '', /holds 100 items, and the subset was drawn from 80/);
    // The made rollouts begin at byte 0, 1, 2, …
    const then = { ...random, manifest: { ...manifest, source: { ...manifest.source, bytes: 40 } } };
    const grown = ask({ ...input, subset: then });
    assert.match(
      grown.sentence,
      /has grown since the subset was drawn: of its 100 items the first 80 are meant/,
    );
    const before = ask(inputOf(run, random, events)).answer?.whole;
    assert.deepEqual(grown.answer?.whole, before);
  });

  it('of items without a judge score, which are counted', () => {
    const gaps = run.map((rollout, place) =>
      place < 5 ? { ...rollout, turns: rollout.turns.map(turn => ({ ...turn, judge: null })) } : rollout,
    );
    const subset = drawn(gaps, { kind: 'random', n: 60 }, 8);
    const made = ask(inputOf(gaps, subset, labelled(subset, gaps, { ada: faithful })));
    assert.equal(made.answer?.runItems, 70);
    assert.match(made.sentence, /without a judge score are left out: 10 of 80/);
  });
});
