import assert from 'node:assert/strict';
import type { AnalysisInput } from '../../../src/core/analysis/analysisInput';
import { legibilityRubric } from '../../../src/core/labels/rubric';
import { analysed, inputOf, scanned } from './analysed';
import { legibilityJsonl, scoresWith, simulatedLegibility } from './simulatedRuns';

const near = (value: number | null | undefined, wanted: number, within = 1e-12): void =>
  assert.ok(value != null && Math.abs(value - wanted) <= within, `${String(value)} is not ${String(wanted)}`);
const share = <T>(values: readonly T[], holds: (value: T) => boolean): number =>
  values.filter(holds).length / values.length;

const rollouts = simulatedLegibility();
const of = (provider: string) => rollouts.filter(rollout => rollout.provider === provider);

describe('legibility by provider', () => {
  let input: AnalysisInput;
  before(async () => {
    input = await inputOf(legibilityJsonl(rollouts), legibilityRubric);
  });

  it('finds the means and spreads that the file was made with', () => {
    const { by, groups, legibility, trajectory } = analysed(input);
    assert.deepEqual(by, ['provider']);
    assert.equal(trajectory, null);
    assert.deepEqual(
      groups.map(({ label }) => label),
      ['garbled', 'plain'],
    );
    const [garbled, plain] = legibility?.rows ?? [];
    near(garbled?.mean.value, 4.31);
    near(garbled?.sd.value, 2.14, 0.01);
    near(plain?.mean.value, 2.28);
    near(plain?.sd.value, 0.76, 0.01);
  });

  it('gives shares at each cut, correctness and quantiles as counted by hand', () => {
    const { thresholds, legibility } = analysed(input);
    assert.deepEqual(thresholds, [3, 5, 7]);
    for (const [place, provider] of ['garbled', 'plain'].entries()) {
      const row = legibility?.rows[place];
      const own = of(provider);
      thresholds.forEach((cut, at) =>
        near(
          row?.shares[at]?.value,
          share(own, ({ score }) => score >= cut),
        ),
      );
      near(
        row?.correctness.correct.value,
        share(own, ({ correctness }) => correctness === 'correct'),
      );
      near(
        row?.correctness.partial.value,
        share(own, ({ correctness }) => correctness === 'partially correct'),
      );
      near(
        row?.correctness.incorrect.value,
        share(own, ({ correctness }) => correctness === 'incorrect'),
      );
      assert.equal(row?.correctness.known, 300);
    }
    // numpy.percentile(scores, [0, 25, 50, 75, 100], method="weibull")
    assert.deepEqual(legibility?.rows[0]?.box, { min: 2, q1: 2, median: 4, q3: 6, max: 7 });
    assert.deepEqual(legibility.rows[1]?.box, { min: 1, q1: 2, median: 2, q3: 3, max: 4 });
  });

  it('counts answers without visible text and records with an error', () => {
    const [garbled, plain] = analysed(input).legibility?.rows ?? [];
    assert.deepEqual([garbled?.emptyAnswers.count, garbled?.errors.count], [6, 4]);
    assert.deepEqual([plain?.emptyAnswers.count, plain?.errors.count], [0, 0]);
    near(garbled?.errors.share.value, 4 / 300);
    assert.ok((plain?.errors.share.ci?.[1] ?? 0) > 0);
  });

  it('lists the worst with the judge’s words, read for those alone', () => {
    const { worst = [] } = analysed(input).legibility ?? {};
    assert.equal(worst.length, 20);
    assert.equal(input.facts.explanations.size, 20);
    for (const { rollout, score, explanation, provider } of worst) {
      assert.equal(score, 7);
      assert.equal(provider, 'garbled');
      assert.equal(explanation, `Why ${rollout} got 7.`);
    }
  });

  it('compares providers by their mean and shares; more illegible is worse', () => {
    const { effects } = analysed(input, {
      effects: [{ field: 'provider', baseline: 'plain', treated: 'garbled' }],
    });
    assert.deepEqual(
      effects.map(({ measure, cut = null, reading }) => [measure, cut, reading]),
      [
        ['mean', null, 'worse'],
        ['share', 3, 'worse'],
        ['share', 5, 'worse'],
        ['share', 7, 'worse'],
      ],
    );
    near(effects[0]?.difference.value, 4.31 - 2.28);
    assert.deepEqual(effects[0]?.clusters, { baseline: 100, treated: 100, shared: 100 });
  });
});

describe('correctness by bins of a reference run', () => {
  it('puts each question by its mean there, [a, b) with the last bin closed', async () => {
    const input = await inputOf(legibilityJsonl(of('plain')), legibilityRubric);
    const reference = { file: 'other.jsonl', ...(await scanned(legibilityJsonl(of('garbled')))) };
    const { legibility, refusals } = analysed({ ...input, reference }, { bins: [1, 2, 4, 7] });
    assert.deepEqual(refusals, []);
    const bins = legibility?.bins;
    assert.deepEqual([bins?.question, bins?.shared, bins?.edges], ['question_id', 100, [1, 2, 4, 7]]);
    const meanOf = (question: string): number => {
      const scores = of('garbled').flatMap(one => (one.question_id === question ? [one.score] : []));
      return scores.reduce((sum, score) => sum + score, 0) / scores.length;
    };
    const counts = [1, 2, 4].map((from, place) => {
      const to = [2, 4, 7][place] ?? 0;
      const inside = of('plain').filter(one => {
        const there = meanOf(one.question_id);
        return there >= from && (there < to || (to === 7 && there === 7));
      });
      const bin = bins?.series[0]?.bins[place];
      assert.equal(bin?.rollouts, inside.length);
      assert.equal(bin.questions, new Set(inside.map(one => one.question_id)).size);
      if (inside.length > 0)
        near(
          bin.correct.value,
          share(inside, ({ correctness }) => correctness === 'correct'),
        );
      else assert.equal(bin.correct.value, null);
      return inside.length;
    });
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      300,
    );
    assert.ok(
      of('garbled').some(one => meanOf(one.question_id) === 7),
      'a question lies on the last end',
    );
    assert.match(
      bins?.series[0]?.bins[2]?.correct.method ?? '',
      /^expanded percentile bootstrap of whole clusters/,
    );
  });

  it('counts the questions that lie in no bin', async () => {
    const input = await inputOf(legibilityJsonl(of('plain')), legibilityRubric);
    const reference = { file: 'other.jsonl', ...(await scanned(legibilityJsonl(of('garbled')))) };
    const { legibility, notes } = analysed({ ...input, reference }, { bins: [1, 3] });
    const inside = legibility?.bins?.series[0]?.bins[0]?.questions ?? 0;
    assert.ok(inside > 0 && inside < 100);
    assert.equal(legibility?.bins?.outside, 100 - inside);
    assert.ok(
      notes.includes(`${String(100 - inside)} questions of the reference run lie in no bin: left out.`),
    );
  });

  it('is refused where the files share no question or the reference has no scores', async () => {
    const input = await inputOf(legibilityJsonl(of('plain')), legibilityRubric);
    const elsewhere = of('garbled').map(one => ({ ...one, question_id: `other ${one.question_id}` }));
    const reference = { file: 'other.jsonl', ...(await scanned(legibilityJsonl(elsewhere))) };
    const strange = analysed({ ...input, reference });
    assert.equal(strange.legibility?.bins, null);
    assert.match(
      strange.refusals[0] ?? '',
      /^other\.jsonl shares no question with this run: none of question_id,/,
    );
    const unscored = (await scanned(legibilityJsonl(of('garbled')).replaceAll('"judge"', '"nobody"')))
      .rollouts;
    assert.deepEqual(analysed({ ...input, reference: { file: 'bare.jsonl', rollouts: unscored } }).refusals, [
      'The reference file bare.jsonl has no legibility scores.',
    ]);
  });
});

describe('the simulated scores', () => {
  it('have the wanted mean exactly and the wanted spread nearly', () => {
    for (const [mean, sd] of [
      [4.31, 2.14],
      [2.28, 0.76],
    ] as const) {
      const scores = scoresWith(300, mean, sd);
      const made = scores.reduce((sum, score) => sum + score, 0) / 300;
      near(made, mean);
      near(Math.sqrt(scores.reduce((sum, score) => sum + (score - made) ** 2, 0) / 299), sd, 0.01);
    }
  });
});
