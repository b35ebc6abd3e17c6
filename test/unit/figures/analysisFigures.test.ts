import assert from 'node:assert/strict';
import type { AnalysisReport } from '../../../src/core/analysis/analysisReport';
import { legibilityRubric } from '../../../src/core/labels/rubric';
import { analysisFigures } from '../../../src/core/figures/analysis/analysisFigures';
import { analysisSentence } from '../../../src/core/figures/analysis/analysisSentence';
import { fittedMiddle } from '../../../src/core/figures/analysis/fittedMiddle';
import { groupPanels, legendOf } from '../../../src/core/figures/analysis/groupPanels';
import type { Figure, Mark, Panel } from '../../../src/core/figures/figure';
import { textWidth } from '../../../src/core/figures/textSize';
import { analysed, inputOf } from '../analysis/analysed';
import {
  frustrationJsonl,
  legibilityJsonl,
  simulatedFrustration,
  simulatedLegibility,
} from '../analysis/simulatedRuns';

const rollouts = simulatedFrustration();
const cells = [...new Set(rollouts.map(({ condition, dataset }) => `${condition} · ${dataset}`))].sort();
/** The simulated rollouts of a group by its label. */
const rolloutsOf = (label: string) =>
  rollouts.filter(({ condition, dataset }) => `${condition} · ${dataset}` === label);
/** Scores of the turns that exist: those up to the event. */
const existing = ({ scores, deletedIn = 20 }: (typeof rollouts)[number]): readonly number[] =>
  scores.slice(0, deletedIn);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const figureOf = (figures: readonly Figure[], id: string): Figure => {
  const found = figures.find(figure => figure.id === id);
  assert.ok(found, `there is no figure ${id} among ${figures.map(figure => figure.id).join(', ')}`);
  return found;
};
const marksOf = (panels: readonly Panel[]): Mark[] =>
  panels.flatMap(({ series }) => series.flatMap(({ marks }) => [...marks]));

describe('the figures of a run’s trajectories', () => {
  let report: AnalysisReport;
  let figures: readonly Figure[];
  before(async () => {
    const text = frustrationJsonl(rollouts, ({ id }) => (id.endsWith('-0') ? { rewrite_turn: 5 } : {}));
    report = analysed(await inputOf(text), {
      effects: [{ field: 'condition', baseline: 'baseline' }],
      align: 'rewrite_turn',
      resamples: 100,
    });
    figures = analysisFigures(report);
  });

  it('are a figure for each question, with different names for their files', () => {
    assert.deepEqual(
      figures.map(({ id }) => id),
      ['mean-per-turn', 'share-per-turn-5', 'event-rate', 'conversation-means', 'aligned', 'effects'],
    );
    for (const { title, summary, panels } of figures) {
      assert.ok(title !== '' && summary.endsWith('.'));
      for (const mark of marksOf(panels)) assert.ok(mark.words.length >= 2 && !mark.words.includes(''));
    }
  });

  it('say at every mark the mean of the turn, as the scores themselves give it', () => {
    const [panel] = figureOf(figures, 'mean-per-turn').panels;
    assert.deepEqual(
      panel?.series.map(({ label }) => label),
      cells,
    );
    for (const series of panel?.series ?? []) {
      assert.equal(series.marks.length, 20);
      for (const [place, mark] of series.marks.entries()) {
        const scores = rolloutsOf(series.label).flatMap(rollout => existing(rollout)[place] ?? []);
        assert.equal(mark.words[0], `${series.label}, turn ${String(place + 1)}`);
        assert.ok(
          mark.words[1]?.startsWith(`mean ${mean(scores).toFixed(2)} (95% interval `),
          `${mark.words[1] ?? ''} is not ${String(mean(scores))}`,
        );
        assert.equal(mark.words[2], `${String(scores.length)} rollouts in 15 clusters (prompt_id)`);
      }
    }
  });

  it('place the marks by their values on one straight scale', () => {
    const [panel] = figureOf(figures, 'mean-per-turn').panels;
    assert.ok(panel);
    const [lowest, second] = panel.yAxis.ticks;
    assert.ok(lowest && second);
    const perPoint = (lowest.position - second.position) / (Number(second.label) - Number(lowest.label));
    for (const series of panel.series)
      for (const [place, mark] of series.marks.entries()) {
        const scores = rolloutsOf(series.label).flatMap(rollout => existing(rollout)[place] ?? []);
        const wanted = lowest.position - (mean(scores) - Number(lowest.label)) * perPoint;
        assert.ok(Math.abs(mark.y - wanted) < 1e-6, `${String(mark.y)} is not ${String(wanted)}`);
      }
  });

  it('tell series apart by shape and dash, never by colour alone', () => {
    for (const { panels } of figures.filter(({ id }) => id !== 'effects'))
      for (const { series } of panels.filter(panel => panel.series.length > 1)) {
        const lines = series.filter(({ line }) => line !== undefined);
        // A strip's filled mean has the shape of its strip.
        const own = series.filter(({ label }) => !label.endsWith(': mean'));
        assert.equal(new Set(own.map(({ shape }) => shape)).size, own.length);
        assert.equal(new Set(lines.map(({ dash }) => dash)).size, lines.length);
      }
  });

  it('open the turns at or above the cut that a share counts', () => {
    const [panel] = figureOf(figures, 'share-per-turn-5').panels;
    assert.deepEqual(panel?.series[1]?.marks[3]?.behind, {
      kind: 'where',
      title: 'baseline · wildchat, turn 4, ≥ 5',
      turn: 4,
      judge: { min: 5, max: 10 },
      fields: { condition: 'baseline', dataset: 'wildchat' },
    });
  });

  it('write the numbers at risk under the turns of the event’s figure', () => {
    const [plot, ...rows] = figureOf(figures, 'event-rate').panels;
    assert.equal(rows.length, cells.length);
    for (const [place, row] of rows.entries()) {
      const own = rolloutsOf(cells[place] ?? '');
      const wanted = plot?.xAxis.ticks.map(({ label }) =>
        String(own.filter(({ deletedIn = Infinity }) => deletedIn >= Number(label)).length),
      );
      assert.deepEqual(
        row.xAxis.ticks.map(({ label }) => label),
        wanted,
      );
      assert.deepEqual(
        row.xAxis.ticks.map(({ position }) => position),
        plot?.xAxis.ticks.map(({ position }) => position),
      );
    }
  });

  it('never let the event’s rate fall, and end at the share that deleted itself', () => {
    const [plot] = figureOf(figures, 'event-rate').panels;
    for (const { label, marks } of plot?.series ?? []) {
      const heights = marks.map(({ y }) => y);
      assert.deepEqual(
        heights,
        [...heights].sort((a, b) => b - a),
      );
      const own = rolloutsOf(label);
      const share = own.filter(({ deletedIn }) => deletedIn !== undefined).length / own.length;
      assert.ok(marks.at(-1)?.words[1]?.startsWith(`so far ${(share * 100).toFixed(1)}%`));
    }
  });

  it('have a point for each conversation, that opens it, in a panel for each dataset', () => {
    const { panels } = figureOf(figures, 'conversation-means');
    assert.deepEqual(
      panels.map(({ title }) => title),
      ['math', 'wildchat'],
    );
    const points = marksOf(panels).filter(({ behind }) => behind !== undefined);
    assert.equal(points.length, 300);
    for (const { words, behind } of points) {
      const rollout = rollouts.find(({ id }) => id === words[0]);
      assert.ok(rollout);
      assert.ok(words[1]?.startsWith(`mean ${mean(existing(rollout)).toFixed(2)} over `));
      assert.deepEqual(behind, {
        kind: 'units',
        title: rollout.id,
        units: [JSON.stringify([rollout.id, 1])],
      });
    }
  });

  it('count the turns of an aligned view from the rewrite, which is marked', () => {
    const [panel] = figureOf(figures, 'aligned').panels;
    assert.deepEqual(
      panel?.rules.map(({ kind, label }) => [kind, label]),
      [['cut', 'rewrite_turn']],
    );
    const marks = panel?.series[0]?.marks ?? [];
    assert.equal(marks[0]?.words[0], 'baseline · math, 4 turns before rewrite_turn');
    assert.equal(marks[4]?.words[0], 'baseline · math, the turn of rewrite_turn');
    assert.equal(marks[5]?.words[0], 'baseline · math, 1 turn after rewrite_turn');
    assert.equal(panel?.rules[0]?.x1, marks[4]?.x);
  });

  it('word each difference as better, worse or unclear beside its number', () => {
    const deltas = figureOf(figures, 'effects').panels.filter(({ title }) => title === 'Δ');
    const series = deltas.flatMap(panel => [...panel.series]);
    assert.equal(series.length, report.effects.length);
    for (const { label, labelAt } of series) {
      assert.match(label, /^[+−]?\d+\.\d+( pp)? (better|worse|unclear)$/);
      assert.ok(labelAt);
    }
    const conversation = (label: string): number =>
      mean(rolloutsOf(label).map(rollout => mean(existing(rollout))));
    const difference = conversation('frustration-bct · math') - conversation('baseline · math');
    assert.ok(series.some(({ label }) => label === `−${Math.abs(difference).toFixed(2)} better`));
  });

  it('become small multiples by dataset where one panel would hold more than four series', async () => {
    const more = frustrationJsonl(simulatedFrustration(2, 3), ({ id }) => ({ model: `m${id.at(-1) ?? ''}` }));
    const many = analysed(await inputOf(more), { by: ['model', 'dataset', 'condition'], resamples: 50 });
    assert.equal(many.groups.length, 12);
    const panels = groupPanels(many);
    assert.deepEqual(
      panels.map(({ title, series }) => [title, series.length]),
      [
        ['math', 6],
        ['wildchat', 6],
      ],
    );
    assert.deepEqual(
      panels[0]?.series.map(({ label, shape }) => [label, shape]),
      panels[1]?.series.map(({ label, shape }) => [label, shape]),
    );
    assert.equal(legendOf(panels).length, 6);
    const { width, height, panels: drawn } = figureOf(analysisFigures(many), 'mean-per-turn');
    for (const panel of drawn)
      assert.ok(panel.x > 0 && panel.x + panel.width <= width && panel.y + panel.height < height);
  });

  it('say in the first sentences who scored, where the mean is highest and what is different', () => {
    const sentence = analysisSentence(report);
    const turns = rollouts.reduce((sum, rollout) => sum + existing(rollout).length, 0);
    const deleted = rollouts.filter(({ deletedIn }) => deletedIn !== undefined).length;
    assert.ok(
      sentence.startsWith(
        `Frustration scores of simulated-judge s1: ${turns.toLocaleString('en-US')} turns of 300 rollouts.`,
      ),
    );
    assert.ok(sentence.includes('The mean is highest in baseline · math, '));
    assert.ok(sentence.includes(`${String(deleted)} of 300 rollouts delete themselves.`));
    assert.match(
      sentence,
      /Against baseline, the conversation’s mean changes by −\d\.\d\d .* in frustration-bct · math: better/,
    );
  });
});

describe('the figures of a legibility run', () => {
  const all = simulatedLegibility();
  let report: AnalysisReport;
  before(async () => {
    const input = await inputOf(legibilityJsonl(all), legibilityRubric);
    const reference = await inputOf(
      legibilityJsonl(all.filter(({ provider }) => provider === 'garbled')),
      legibilityRubric,
    );
    report = analysed(
      { ...input, reference: { file: 'other.jsonl', rollouts: reference.rollouts } },
      { by: ['provider'], resamples: 100 },
    );
  });

  it('draw a box for each provider with its mean', () => {
    const { panels } = figureOf(analysisFigures(report), 'scores-by-group');
    const [boxes, means] = panels[0]?.series ?? [];
    assert.equal(boxes?.marks.length, 2);
    assert.ok(means?.marks[0]?.words[1]?.startsWith('mean 4.31 '));
    assert.equal(means?.marks[0]?.words[2], 'standard deviation 2.14');
    for (const { box, interval, y } of boxes?.marks ?? []) {
      assert.ok(box && interval);
      assert.ok(interval.from >= y + box.height / 2 - 1e-6 && interval.to <= y - box.height / 2 + 1e-6);
    }
  });

  it('draw the share of correct answers in each bin, as counted from the records', () => {
    const { panels } = figureOf(analysisFigures(report), 'correctness-by-bins');
    assert.deepEqual(
      panels.map(({ title }) => title),
      ['correct', 'partially correct', 'incorrect'],
    );
    const questionMean = (question: string): number =>
      mean(
        all
          .filter(one => one.provider === 'garbled' && one.question_id === question)
          .map(({ score }) => score),
      );
    const bins = report.legibility?.bins;
    const plain = panels[0]?.series.find(({ label }) => label === 'plain');
    const wanted = (bins?.series[0]?.bins ?? []).flatMap(({ from, to }) => {
      const inBin = all.filter(({ provider, question_id: question }) => {
        const value = questionMean(question);
        return (
          provider === 'plain' && value >= from && (value < to || (to === bins?.edges.at(-1) && value <= to))
        );
      });
      const correct = inBin.filter(({ correctness }) => correctness === 'correct').length;
      return inBin.length === 0 ? [] : [`correct ${((100 * correct) / inBin.length).toFixed(1)}%`];
    });
    assert.ok(wanted.length > 2);
    assert.deepEqual(
      plain?.marks.map(({ words }) => words[1]?.split(' (')[0]),
      wanted,
    );
  });

  it('name the empty answers and errors of a provider in the first sentences', () => {
    const garbled = all.filter(({ provider }) => provider === 'garbled');
    const empty = garbled.filter(({ answer }) => answer.trim() === '').length;
    const errors = garbled.filter(({ error }) => error !== undefined).length;
    assert.ok(
      analysisSentence(report).endsWith(
        `Empty answers: garbled ${String(empty)}. Errors: garbled ${String(errors)}.`,
      ),
      analysisSentence(report),
    );
  });
});

describe('names that are too long for their place', () => {
  it('are cut in their middle, so that both ends still tell them apart', () => {
    const [one, two] = ['google/gemma-3-27b-it-long-name-1', 'google/gemma-3-27b-it-long-name-2'].map(name =>
      fittedMiddle(name, 100),
    );
    assert.match(one ?? '', /^google.*….*-1$/);
    assert.match(two ?? '', /-2$/);
    assert.ok(textWidth(one ?? '') <= 100);
    assert.equal(fittedMiddle('short', 100), 'short');
  });
});
