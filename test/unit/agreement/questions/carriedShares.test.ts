import assert from 'node:assert/strict';
import type { OtherRun } from '../../../../src/core/agreement/questions/carriedShares';
import { questionsOf, type QuestionInput } from '../../../../src/core/agreement/questions/questionsOf';
import { close } from '../tables';
import {
  drawn,
  faithful,
  inputOf,
  labelled,
  madeRun,
  mean,
  spreadWithoutEach,
  summariesOf,
  type MadeRollout,
} from './studies';

const run = madeRun(80, 4, 31);
const subset = drawn(run, { kind: 'balanced', n: 160 }, 2);
const input = inputOf(run, subset, labelled(subset, run, { ada: faithful }));
const others = madeRun(40, 3, 77);
const otherOf = (rollouts: readonly MadeRollout[], clusterBy = 'rollout'): OtherRun => ({
  file: 'other.jsonl',
  rollouts: summariesOf(rollouts),
  clusterBy,
});
const ask = (carryTo: OtherRun, more: Partial<QuestionInput> = {}) =>
  questionsOf({ ...input, ...more, carryTo }).corrected;

interface Labelled {
  readonly cluster: string;
  readonly f: boolean;
  readonly y: boolean;
  readonly w: number;
}

const labels = subset.manifest.items.map(({ item, weight }): Labelled => {
  const turn = run.find(({ id }) => id === item.rollout)?.turns[item.turn - 1];
  return {
    cluster: item.rollout,
    f: (turn?.judge ?? 0) >= 5,
    y: (turn?.human ?? 0) >= 5,
    w: weight ?? 0,
  };
});

/** Sensitivity and specificity from lists of items, and the share they make of q. */
function byHand(own: readonly Labelled[], q: number): { share: number; youden: number } {
  const weightOf = (of: (label: Labelled) => boolean): number =>
    own.filter(of).reduce((sum, { w }) => sum + w, 0);
  const se = weightOf(({ f, y }) => y && f) / weightOf(({ y }) => y);
  const sp = weightOf(({ f, y }) => !y && !f) / weightOf(({ y }) => !y);
  return { share: (q + sp - 1) / (se + sp - 1), youden: se + sp - 1 };
}

const judged = (rollouts: readonly MadeRollout[]): number[] =>
  rollouts.flatMap(({ turns }) => turns.map(({ judge }) => ((judge ?? 0) >= 5 ? 1 : 0)));

describe('the judge’s errors carried to another file', () => {
  it('make its share by weighted sensitivity and specificity, with the errors of both files', () => {
    const { carried } = ask(otherOf(others)).answer ?? {};
    const cut = carried?.cuts[0];
    assert.deepEqual(
      [carried?.file, carried?.items, carried?.clusters, carried?.cuts.length, cut?.cut],
      ['other.jsonl', 120, 40, 1, 5],
    );
    const q = mean(judged(others));
    const whole = byHand(labels, q);
    close(cut?.naive.value, q, 1e-12);
    close(cut?.corrected?.youden.value, whole.youden, 1e-10);
    close(cut?.corrected?.share.value, whole.share, 1e-10);
    // Unweighted rates of a subset balanced by judge score are others.
    const even = byHand(
      labels.map(label => ({ ...label, w: 1 })),
      q,
    );
    assert.ok(Math.abs(even.share - whole.share) > 0.005);
    const clusters = [...new Set(labels.map(({ cluster }) => cluster))];
    const here = spreadWithoutEach(
      clusters.map(
        id =>
          byHand(
            labels.filter(({ cluster }) => cluster !== id),
            q,
          ).share,
      ),
    );
    const there = spreadWithoutEach(
      others.map(({ id }) => mean(judged(others.filter(other => other.id !== id)))),
    );
    const ci = cut?.corrected?.share.ci ?? [NaN, NaN];
    // Student's t at 39 degrees of freedom, by scipy: the other file has the fewer clusters.
    assert.ok(clusters.length > 40);
    const half = 2.022690920036761 * Math.hypot(here, there / whole.youden);
    close((ci[1] - ci[0]) / 2, half, 1e-8);
  });

  it('are told with the cut, the file and the assumption, after the run’s own shares', () => {
    const { sentence } = ask(otherOf(others));
    assert.match(
      sentence,
      /The run’s share at or above 5 is .*other\.jsonl: the share at or above 5 is 0\.\d+ \(95% interval 0\.\d+ to 0\.\d+\) if the judge errs there as it does here \(sensitivity \+ specificity − 1 = 0\.\d+ .*\); by the judge alone it is 0\.\d+\. There the judge scored 120 items in 40 clusters\.$/,
    );
    assert.equal(questionsOf(input).corrected.answer?.carried, undefined);
    assert.match(ask(otherOf(others), { thresholds: [] }).sentence, /No cut was named .* other\.jsonl\.$/);
  });

  it('take the items of one cluster as one, and leave out those that the judge did not score', () => {
    const grouped = others.map((rollout, place) => ({
      ...rollout,
      fields: { prompt_id: `p${String(place % 20)}` },
      turns: rollout.turns.map((turn, index) =>
        place === 0 && index === 0 ? { ...turn, judge: null } : turn,
      ),
    }));
    const { answer, sentence } = ask(otherOf(grouped, 'prompt_id'));
    assert.deepEqual([answer?.carried?.items, answer?.carried?.clusters], [119, 20]);
    assert.match(sentence, /119 items in 20 clusters; 1 item without its score is left out\./);
  });

  it('have the width of Wilson’s interval where the judge puts nothing there at or above the cut', () => {
    const none = others.map(rollout => ({
      ...rollout,
      turns: rollout.turns.map(turn => ({ ...turn, judge: 0 })),
    }));
    const cut = ask(otherOf(none)).answer?.carried?.cuts[0];
    assert.deepEqual([cut?.naive.value, cut?.corrected?.share.value, cut?.corrected?.clipped], [0, 0, true]);
    assert.ok((cut?.naive.ci?.[1] ?? 0) > 0.05);
  });

  it('are refused for under 10 clusters, for no scored item, and for a judge that is no better than chance', () => {
    const few = ask(otherOf(others.slice(0, 9))).answer?.carried?.cuts[0];
    assert.match(few?.refused ?? '', /can’t be told from 9 clusters: no interval from 9 clusters/);
    assert.equal(few?.corrected, undefined);
    const silent = others.map(rollout => ({
      ...rollout,
      turns: rollout.turns.map(turn => ({ ...turn, judge: null })),
    }));
    assert.match(
      ask(otherOf(silent)).sentence,
      /other\.jsonl: the share at or above 5 is not corrected\. .*0 clusters/,
    );
    const noise = labelled(subset, run, { ada: (_, slot) => (slot % 3) * 4 });
    const weak = questionsOf({ ...inputOf(run, subset, noise), carryTo: otherOf(others) }).corrected;
    assert.match(
      weak.sentence,
      /is not corrected\. The judge’s sensitivity and specificity can’t be carried/,
    );
  });

  it('are refused with the fourth question, and that is said', () => {
    const { subset: without, ...outside } = input;
    assert.ok(without);
    const { answer, refused } = questionsOf({ ...outside, carryTo: otherOf(others) }).corrected;
    assert.equal(answer, null);
    assert.match(
      refused ?? '',
      /no probability sample of the run: .* Nothing is carried to other\.jsonl either\.$/,
    );
  });

  it('are cautioned where values of the cluster field stand in both files', () => {
    const byPrompt = (rollouts: readonly MadeRollout[]): MadeRollout[] =>
      rollouts.map((rollout, place) => ({ ...rollout, fields: { prompt_id: `p${String(place >> 1)}` } }));
    const own = byPrompt(run);
    const made = inputOf(own, subset, labelled(subset, own, { ada: faithful }));
    assert.equal(made.table.clusterBy, 'prompt_id');
    const { sentence } = questionsOf({ ...made, carryTo: otherOf(byPrompt(others), 'prompt_id') }).corrected;
    assert.match(sentence, /20 values of prompt_id stand in both files, which are taken as independent/);
  });
});
