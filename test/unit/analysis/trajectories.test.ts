import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnalysisInput } from '../../../src/core/analysis/analysisInput';
import { t975 } from '../../../src/core/agreement/quantiles';
import { analysed, inputOf } from './analysed';
import { frustrationJsonl, simulatedFrustration, type SimulatedRollout } from './simulatedRuns';

const near = (value: number | null | undefined, wanted: number, within = 1e-12): void =>
  assert.ok(value != null && Math.abs(value - wanted) <= within, `${String(value)} is not ${String(wanted)}`);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** 300 rollouts: 2 conditions × 2 datasets × 15 prompts × 5 samples, 20 turns each. */
const rollouts = simulatedFrustration();
const rewritten = ({ dataset }: SimulatedRollout) => ({ rewrite_turn: dataset === 'math' ? 5 : 10 });
const groupOf = (condition: string | null | undefined, dataset: string | null | undefined) =>
  rollouts.filter(rollout => rollout.condition === condition && rollout.dataset === dataset);
/** Turns from the event on don't exist, or from after it. */
const exists = ({ deletedIn = Infinity }: SimulatedRollout, turn: number, survivors = false): boolean =>
  survivors ? turn < deletedIn : turn <= deletedIn;

describe('trajectories', () => {
  let input: AnalysisInput;
  before(async () => {
    input = await inputOf(frustrationJsonl(rollouts, rewritten));
  });

  it('give each turn’s mean and share over the rollouts that are still going', () => {
    const report = analysed(input);
    assert.deepEqual(report.by, ['condition', 'dataset']);
    assert.equal(report.clusterBy, 'prompt_id');
    assert.equal(report.groups.length, 4);
    for (const { group, points } of report.trajectory?.series ?? []) {
      const own = groupOf(...(report.groups[group]?.values as [string, string]));
      assert.equal(points.length, 20);
      for (const { turn, n, mean: value, shares } of points) {
        const scores = own.filter(one => exists(one, turn)).map(one => one.scores[turn - 1] ?? NaN);
        assert.equal(n, scores.length);
        near(value.value, mean(scores));
        near(shares[0]?.value, mean(scores.map(score => (score >= 5 ? 1 : 0))));
      }
    }
  });

  it('count the rollouts at risk, the events and their cumulative share', () => {
    const report = analysed(input);
    for (const { group, points } of report.trajectory?.series ?? []) {
      const own = groupOf(...(report.groups[group]?.values as [string, string]));
      for (const { turn, atRisk, events, cumulative } of points) {
        assert.equal(atRisk, own.filter(one => exists(one, turn)).length);
        assert.deepEqual(
          [...(events ?? [])].sort(),
          own
            .filter(({ deletedIn }) => deletedIn === turn)
            .map(({ id }) => id)
            .sort(),
        );
        near(cumulative?.value, mean(own.map(({ deletedIn = Infinity }) => (deletedIn <= turn ? 1 : 0))));
      }
    }
    const deleted = rollouts.filter(({ deletedIn }) => deletedIn !== undefined).length;
    assert.ok(deleted > 20);
    assert.equal(report.trajectory?.event.rollouts, deleted);
  });

  it('leave out the turn of the event as well where only survivors are asked for', () => {
    const report = analysed(input, { survivorsOnly: true });
    const points = report.trajectory?.series[0]?.points ?? [];
    const own = groupOf('baseline', 'math');
    let differ = 0;
    for (const { turn, n, mean: value } of points) {
      const scores = own.filter(one => exists(one, turn, true)).map(one => one.scores[turn - 1] ?? NaN);
      assert.equal(n, scores.length);
      near(value.value, mean(scores));
      if (n < own.filter(one => exists(one, turn)).length) differ++;
    }
    assert.ok(differ > 5);
  });

  it('have bands that a bootstrap of whole prompts, written out plainly, gives too', () => {
    const report = analysed(input, { resamples: 2000 });
    const own = groupOf('baseline', 'math');
    const prompts = [...new Set(own.map(({ prompt_id }) => prompt_id))];
    // Mulberry32: another generator than the product's.
    let state = 12345;
    const random = (): number => {
      state = (state + 0x6d2b79f5) | 0;
      let bits = Math.imul(state ^ (state >>> 15), 1 | state);
      bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
      return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296;
    };
    for (const turn of [1, 10, 20]) {
      const scores = prompts.map(prompt =>
        own
          .filter(one => one.prompt_id === prompt && exists(one, turn))
          .map(one => one.scores[turn - 1] ?? 0),
      );
      const means = Array.from({ length: 4000 }, () =>
        mean(scores.flatMap(() => scores[Math.floor(random() * scores.length)] ?? [])),
      ).sort((a, b) => a - b);
      const sd = Math.sqrt(mean(means.map(value => (value - mean(means)) ** 2)));
      // √(15/14) · t₍.975, 14₎ = 2.2201 standard deviations: Φ(2.2201) = .98679.
      const ends = [0.01321, 0.98679].map(p => means[Math.floor(p * 4000)] ?? NaN);
      const ci = report.trajectory?.series[0]?.points[turn - 1]?.mean.ci;
      near(ci?.[0], ends[0] ?? NaN, 0.3 * sd);
      near(ci?.[1], ends[1] ?? NaN, 0.3 * sd);
    }
  });

  it('name how the event’s bands are made: Wilson or exact of rollouts, or with what prompts leave of them', () => {
    const at = (options: Parameters<typeof analysed>[1]) =>
      analysed(input, options).trajectory?.series[0]?.points[19]?.cumulative;
    const events = groupOf('baseline', 'math').filter(({ deletedIn }) => deletedIn !== undefined).length;
    // scipy.stats.binomtest(31, 75).proportion_ci(method="wilson" and "exact"), SciPy 1.x.
    assert.equal(events, 31);
    const wilson = at({ cluster: 'rollout' });
    near(wilson?.ci?.[0], 0.308777291304, 1e-9);
    near(wilson?.ci?.[1], 0.526334841393, 1e-9);
    assert.equal(wilson?.method, 'Wilson, n = 75 rollouts');
    const exact = at({ eventBands: 'exact' });
    near(exact?.ci?.[0], 0.30075363368904784, 1e-9);
    near(exact?.ci?.[1], 0.5329728586596297, 1e-9);
    assert.match(exact?.method ?? '', /^Clopper–Pearson, n = 75 rollouts \(taken as independent\)$/);
    const clustered = at({});
    assert.match(clustered?.method ?? '', /^Wilson, effective n from the cluster jackknife/);
    assert.deepEqual(clustered?.analyticCi, wilson?.ci);
  });

  it('take from the next turn with events how alike prompts are, where no rollout has had its own yet', () => {
    const own = groupOf('baseline', 'math');
    const points = analysed(input).trajectory?.series[0]?.points ?? [];
    const next = points.find(({ cumulative }) => (cumulative?.value ?? 0) > 0)!;
    assert.ok(next.turn > 1);
    const prompts = [...new Set(own.map(({ prompt_id }) => prompt_id))];
    const share = (of: typeof own) =>
      mean(of.map(({ deletedIn = Infinity }) => (deletedIn <= next.turn ? 1 : 0)));
    const without = prompts.map(prompt => share(own.filter(({ prompt_id }) => prompt_id !== prompt)));
    const variance = (14 / 15) * 15 * mean(without.map(value => (value - mean(without)) ** 2));
    const n = Math.min(75, (share(own) * (1 - share(own))) / variance);
    // Wilson's upper end at 0 is z²/(n + z²); t(.975, 14) = 2.1447867.
    const square = 2.1447866879 ** 2;
    for (const { cumulative } of points.slice(0, next.turn - 1)) {
      assert.equal(cumulative?.ci?.[0], 0);
      near(cumulative?.ci?.[1], square / (n + square), 1e-9);
      assert.equal(cumulative?.method, `Wilson, effective n of turn ${String(next.turn)}`);
    }
  });

  it('give each conversation’s mean over its turns, and the groups’ means of them', () => {
    const { trajectory } = analysed(input);
    const auc = trajectory?.auc;
    assert.equal(auc?.points.length, 300);
    const wanted = (one: SimulatedRollout): number =>
      mean(one.scores.filter((_, before) => exists(one, before + 1)));
    for (const { rollout, value } of auc.points) {
      const own = rollouts.find(({ id }) => id === rollout);
      near(value, own ? wanted(own) : NaN);
    }
    near(auc.means[0]?.mean.value, mean(groupOf('baseline', 'math').map(wanted)));
    assert.deepEqual(
      auc.means.map(({ n }) => n),
      [75, 75, 75, 75],
    );
  });

  it('count turns from the one that a field names', () => {
    const aligned = analysed(input, { align: 'rewrite_turn' }).trajectory?.aligned;
    assert.equal(aligned?.without, 0);
    const [math, wildchat] = aligned.series;
    assert.deepEqual([math?.points[0]?.turn, math?.points.at(-1)?.turn], [-4, 15]);
    assert.deepEqual([wildchat?.points[0]?.turn, wildchat?.points.at(-1)?.turn], [-9, 10]);
    const scores = groupOf('baseline', 'math')
      .filter(one => exists(one, 8))
      .map(one => one.scores[7] ?? NaN);
    near(math?.points.find(({ turn }) => turn === 3)?.mean.value, mean(scores));
    assert.equal(math?.points[0]?.atRisk, undefined);
  });

  it('say that nothing can be counted from a field without turn numbers', () => {
    const { trajectory, refusals } = analysed(input, { align: 'condition' });
    assert.equal(trajectory?.aligned, null);
    assert.deepEqual(refusals, [
      'No rollout has a turn number in the field “condition”: nothing can be counted from it.',
    ]);
  });

  it('compare two conditions within each dataset, prompts left out of both at once', () => {
    const { effects } = analysed(input, { effects: [{ field: 'condition', baseline: 'baseline' }] });
    assert.deepEqual(
      effects.map(({ measure, within }) => [measure, within[0]?.value]),
      ['math', 'wildchat'].flatMap(dataset => ['auc', 'share', 'event'].map(measure => [measure, dataset])),
    );
    const [effect] = effects;
    assert.deepEqual(effect?.clusters, { baseline: 15, treated: 15, shared: 15 });
    assert.deepEqual([effect.desired, effect.reading], ['lower', 'better']);
    const own = [...groupOf('baseline', 'math'), ...groupOf('frustration-bct', 'math')].map(one => ({
      ...one,
      auc: mean(one.scores.filter((_, before) => exists(one, before + 1))),
    }));
    const difference = (of: typeof own): number =>
      mean(of.filter(({ condition }) => condition !== 'baseline').map(({ auc }) => auc)) -
      mean(of.filter(({ condition }) => condition === 'baseline').map(({ auc }) => auc));
    const prompts = [...new Set(own.map(({ prompt_id }) => prompt_id))];
    const without = prompts.map(prompt => difference(own.filter(({ prompt_id }) => prompt_id !== prompt)));
    const variance = (14 / 15) * without.reduce((sum, value) => sum + (value - mean(without)) ** 2, 0);
    near(effect.difference.value, difference(own));
    near(effect.difference.ci?.[0], difference(own) - t975(14) * Math.sqrt(variance), 1e-9);
    near(effect.difference.ci?.[1], difference(own) + t975(14) * Math.sqrt(variance), 1e-9);
  });

  it('say which values there are where a condition to compare is not among them', () => {
    const wanted = { field: 'condition', baseline: 'baseline', treated: 'sft' };
    assert.deepEqual(analysed(input, { effects: [wanted] }).refusals, [
      'No rollout has condition = “sft”: there are baseline, frustration-bct.',
    ]);
    assert.deepEqual(analysed(input, { effects: [{ ...wanted, treated: 'baseline' }] }).refusals, [
      'There is nothing to compare condition = “baseline” with.',
    ]);
  });

  it('are the same to the byte in whatever order the rollouts come', () => {
    const turned = { ...input, rollouts: [...input.rollouts].reverse() };
    assert.equal(JSON.stringify(analysed(turned)), JSON.stringify(analysed(input)));
  });

  it('give no interval from fewer than ten clusters, and the reason', async () => {
    const few = rollouts.filter(({ id }) => /^math-[0-8]-baseline/.test(id));
    const report = analysed(await inputOf(frustrationJsonl(few)));
    const point = report.trajectory?.series[0]?.points[4];
    assert.equal(point?.mean.ci, null);
    assert.equal(point.mean.reason, 'no interval from 9 clusters: at least 10 are needed');
    assert.equal(point.cumulative?.ci, null);
  });

  it('find another event by another pattern', async () => {
    const other = await inputOf(frustrationJsonl(rollouts), undefined, 'Attempt 7\\.');
    const deleted = rollouts.filter(({ deletedIn = 20 }) => deletedIn <= 7).length;
    assert.ok(deleted > 0);
    // A text after the self-deletion is a text like any other to this pattern.
    assert.equal(other.facts.eventTurns.size, 300);
    assert.deepEqual(new Set(other.facts.eventTurns.values()), new Set([7]));
  });
});

describe('the shipped sample', () => {
  it('has, turn by turn, what numpy makes of it', async () => {
    const text = readFileSync(join(__dirname, '../../../../media/sample.rollouts.jsonl'), 'utf8');
    const report = analysed(await inputOf(text));
    const math = report.groups.findIndex(({ label }) => label === 'baseline · math');
    // json.loads of each line, numpy.mean of the judge's scores of the turn.
    const means = [1 / 7, 8 / 7, 15 / 7, 3, 32 / 7, 39 / 7, 34 / 7, 48 / 7, 8, 6.25, 7.25, 8];
    const points = report.trajectory?.series[math]?.points ?? [];
    means.forEach((wanted, before) => near(points[before]?.mean.value, wanted));
    assert.deepEqual(
      points.flatMap(({ turn, events = [] }) => (events.length > 0 ? [[turn, events.length]] : [])),
      [[11, 1]],
    );
    assert.ok(report.notes.some(note => note.includes('8 rollouts of the file')));
  });
});
