import assert from 'node:assert/strict';
import type { AnalysisInput } from '../../../src/core/analysis/analysisInput';
import { defaultEventPattern } from '../../../src/core/analysis/eventPattern';
import { frustrationRubric } from '../../../src/core/labels/rubric';
import {
  drawn,
  faithful,
  inputOf,
  labelled,
  madeRun,
  mean,
  type MadeRollout,
} from '../agreement/questions/studies';
import { analysed } from './analysed';

/** A judge that is 0.7 too high on average, 120 rollouts of 4 turns in two conditions, 150 labels at random. */
const made = madeRun(120, 4, 7, place => ({ condition: place % 2 === 0 ? 'a' : 'b' }));
const subset = drawn(made, { kind: 'random', n: 150 }, 3);
const study = inputOf(made, subset, labelled(subset, made, { anna: faithful }));

/** `eventTurns` as the texts would give them, if there were any. */
function studied(eventTurns: ReadonlyMap<string, number> = new Map()): AnalysisInput {
  const { table, rollouts, labels } = study;
  return {
    rollouts,
    rubric: frustrationRubric,
    source: {},
    version: '0',
    facts: {
      pattern: defaultEventPattern,
      eventTurns,
      emptyAnswers: new Set(),
      errors: new Set(),
      explanations: new Map(),
    },
    rated: { table, run: { rollouts, rubric: frustrationRubric, labels, subset } },
  };
}

const turnOf = (rollout: string, turn: number) =>
  made.find(({ id }) => id === rollout)?.turns[turn - 1] ?? { judge: null, human: NaN };
const labels = subset.manifest.items.map(({ item }) => ({ ...item, ...turnOf(item.rollout, item.turn) }));

/** ȳ + λ(f̄_run − f̄) by the definition, of the turns that count; equal weights. */
function correctedMean(counts: (rollout: MadeRollout, turn: number) => boolean): number {
  const byId = new Map(made.map(rollout => [rollout.id, rollout]));
  const own = labels.filter(({ rollout, turn, judge }) => {
    const of = byId.get(rollout);
    return judge !== null && of !== undefined && counts(of, turn);
  });
  const run = made.flatMap(rollout =>
    rollout.turns.flatMap(({ judge }, before) =>
      judge !== null && counts(rollout, before + 1) ? [judge] : [],
    ),
  );
  const [y, f] = [mean(own.map(({ human }) => human)), mean(own.map(({ judge }) => judge ?? NaN))];
  const covariance = mean(own.map(({ human, judge }) => (human - y) * ((judge ?? NaN) - f)));
  const variance = mean(own.map(({ judge }) => ((judge ?? NaN) - f) ** 2));
  return y + Math.min(1, Math.max(0, covariance / variance)) * (mean(run) - f);
}

const near = (value: number | null | undefined, wanted: number, within = 1e-9): void =>
  assert.ok(value != null && Math.abs(value - wanted) <= within, `${String(value)} is not ${String(wanted)}`);

describe('values corrected by labels', () => {
  const options = { scores: 'corrected', by: ['condition'] } as const;

  it('are the difference estimator of each group, from its own labels', () => {
    const report = analysed(studied(), options);
    assert.deepEqual(report.refusals, []);
    assert.deepEqual([report.raters, report.subset], [['anna'], 'val']);
    for (const { values, mean: corrected, labelled: own = 0 } of report.groups) {
      near(
        corrected.value,
        correctedMean(rollout => rollout.fields['condition'] === values[0]),
      );
      assert.ok(corrected.ci && own > 50);
    }
  });

  it('come near to what the humans would say of all turns, where the judge alone does not', () => {
    const truth = mean(made.flatMap(({ turns }) => turns.map(({ human }) => human)));
    const [corrected] = analysed(studied(), { scores: 'corrected', by: [] }).groups;
    const [naive] = analysed(studied(), { by: [] }).groups;
    const ci = corrected?.mean.ci ?? [NaN, NaN];
    assert.ok(ci[0] <= truth && truth <= ci[1]);
    assert.ok((naive?.mean.ci?.[0] ?? NaN) > truth);
  });

  it('are given turn by turn where a turn has labels enough, and refused where it has not', () => {
    const points = analysed(studied(), options).trajectory?.series[0]?.points ?? [];
    const given = points.filter(({ labelled: own = 0 }) => own >= 15);
    const refused = points.filter(({ labelled: own = 0 }) => own < 15);
    assert.ok(given.length > 0);
    for (const { turn, mean: corrected } of given)
      near(
        corrected.value,
        correctedMean((rollout, at) => at === turn && rollout.fields['condition'] === 'a'),
      );
    const few = drawn(made, { kind: 'random', n: 40 }, 3);
    const rarer = inputOf(made, few, labelled(few, made, { anna: faithful }));
    const input = {
      ...studied(),
      rated: { table: rarer.table, run: { ...rarer, rubric: frustrationRubric, subset: few } },
    };
    const rare = analysed(input, options).trajectory?.series[0]?.points ?? [];
    for (const { labelled: own = 0, mean: corrected } of [
      ...refused,
      ...rare.filter(point => (point.labelled ?? 0) < 15),
    ]) {
      assert.equal(corrected.value, null);
      assert.match(
        corrected.reason ?? '',
        new RegExp(`^${String(own)} labelled items?: a corrected value needs 15`),
      );
    }
    assert.ok(rare.length > 0);
  });

  it('leave out turns after a rollout’s event among the run’s items and among the labels', () => {
    const ended = new Map(made.filter((_, place) => place % 4 === 0).map(({ id }) => [id, 2]));
    const [group] = analysed(studied(ended), options).groups;
    near(
      group?.mean.value,
      correctedMean(
        (rollout, turn) => rollout.fields['condition'] === 'a' && turn <= (ended.get(rollout.id) ?? 9),
      ),
    );
  });

  it('differ between conditions by the difference of the two, with an interval', () => {
    const { effects } = analysed(studied(), {
      ...options,
      effects: [{ field: 'condition', baseline: 'a', treated: 'b' }],
    });
    const [effect] = effects;
    assert.equal(effect?.measure, 'mean');
    near(
      effect.difference.value,
      correctedMean(({ fields }) => fields['condition'] === 'b') -
        correctedMean(({ fields }) => fields['condition'] === 'a'),
    );
    assert.ok(effect.difference.ci);
  });

  it('are refused without a subset', () => {
    const input = studied();
    assert.ok(input.rated);
    const { rollouts, rubric, labels: given, lengths } = input.rated.run;
    const run = { rollouts, rubric, labels: given, lengths };
    const report = analysed({ ...input, rated: { ...input.rated, run } }, options);
    assert.match(report.refusals[0] ?? '', /no probability sample of the run/);
    assert.equal(report.groups[0]?.mean.value, null);
  });
});

describe('human scores', () => {
  it('are the labels’ means by group, with no conversation’s mean where none is labelled throughout', () => {
    const report = analysed(studied(), { scores: 'human', by: ['condition'] });
    for (const { values, mean: value, scored } of report.groups) {
      const own = labels.filter(
        ({ rollout }) => made.find(({ id }) => id === rollout)?.fields['condition'] === values[0],
      );
      assert.equal(scored, own.length);
      near(value.value, mean(own.map(({ human }) => human)));
    }
    const whole = made.filter(({ id }) => labels.filter(({ rollout }) => rollout === id).length === 4);
    assert.equal(report.trajectory?.auc?.points.length ?? 0, whole.length);
    assert.equal(report.judge, null);
  });
});
