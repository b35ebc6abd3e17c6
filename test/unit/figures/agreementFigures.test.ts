import assert from 'node:assert/strict';
import type { RatingTable } from '../../../src/core/agreement/ratingTable';
import { reportAgreement } from '../../../src/core/agreement/reportAgreement';
import { reportFiles } from '../../../src/core/agreement/agreementMarkdownFigures';
import { agreementFigures } from '../../../src/core/figures/agreement/agreementFigures';

const judge = Array.from({ length: 60 }, (_, index) => (index * 7) % 11);
const human = judge.map((score, index) => Math.max(0, Math.min(10, score + ((index * 5) % 4) - 1)));
const weights = judge.map((_, index) => 1 + (index % 3));
const table: RatingTable = {
  source: {},
  units: judge.map((_, index) => ({
    id: JSON.stringify([`r${index >> 2}`, (index % 4) + 1]),
    cluster: `c${index >> 1}`,
    weight: weights[index] ?? 1,
  })),
  columns: [
    { name: 'm', role: 'judge', values: judge },
    { name: 'rater-1', role: 'human', values: human },
  ],
  scale: { min: 0, max: 10 },
  clusterBy: 'prompt_id',
  notes: [],
} as unknown as RatingTable;

const report = reportAgreement(table, { thresholds: [5], categories: 'scale', seed: 1, resamples: 100 });
const pair = report.pairs[0]!;
const figures = agreementFigures(report, pair, 5);
const byId = (id: string) => figures.find(figure => figure.id === id)!;
const marksOf = (id: string) =>
  byId(id).panels.flatMap(panel => panel.series.flatMap(series => series.marks));

describe('the figures of an agreement report', () => {
  it('keep every mark inside the figure and give each its words', () => {
    for (const { id, width, height, panels } of figures)
      for (const mark of panels.flatMap(panel => panel.series.flatMap(series => series.marks))) {
        assert.ok(mark.x >= 0 && mark.x <= width && mark.y >= 0 && mark.y <= height, id);
        assert.ok(
          mark.words.length > 0 && mark.words.every(line => line !== '' && !line.includes('undefined')),
          id,
        );
      }
  });

  it('open from the cells of the matrix the items that are counted in them, each once', () => {
    const opened = marksOf('confusion-matrix').flatMap(({ behind, box }) => {
      const units = behind?.kind === 'units' ? behind.units : [];
      assert.equal(String(units.length || ''), box?.text ?? '');
      return units;
    });
    assert.deepEqual([...opened].sort(), table.units.map(({ id }) => id).sort());
  });

  it('shade the weighted matrix by the sums of weights, to a mean weight of 1', () => {
    const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
    const expected = weights.reduce(
      (sum, weight, index) => (judge[index] === 0 && human[index] === 0 ? sum + weight / mean : sum),
      0,
    );
    assert.ok(Math.abs((pair.confusion?.weighted?.[0]?.[0] ?? NaN) - expected) < 1e-9);
    assert.ok(byId('confusion-matrix-weighted'));
  });

  it('draw the mean difference of Bland and Altman where the weighted mean of the differences lies', () => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const mean =
      weights.reduce((sum, weight, index) => sum + weight * (judge[index]! - human[index]!), 0) / total;
    const [panel] = byId('bland-altman').panels;
    const [low, high] = [panel!.yAxis.ticks[0]!, panel!.yAxis.ticks.at(-1)!];
    const number = (label: string) => Number(label.replace('−', '-'));
    const share = (mean - number(low.label)) / (number(high.label) - number(low.label));
    const line = panel!.rules.find(rule => rule.kind === 'mean')!;
    assert.ok(Math.abs(line.y1 - (low.position + share * (high.position - low.position))) < 0.01);
  });

  it('give in the distributions shares that add up to one on each side', () => {
    for (const panel of byId('score-distributions').panels) {
      const shares = panel.series[0]!.marks.map(({ words }) => Number(words[1]!.replace('%', '')));
      assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 100) < 0.6);
    }
  });

  it('are drawn at the cut that was asked for, or at the first one of a pair that lacks it', () => {
    const two = reportAgreement(table, { thresholds: [3, 5], categories: 'scale', seed: 1, resamples: 100 });
    const matrixAt = (cut: number | null) =>
      reportFiles(two, undefined, 'f', cut).figures.find(({ name }) => name === 'confusion-matrix.svg')!.svg;
    assert.ok(matrixAt(5).includes('cut 5') && !matrixAt(5).includes('cut 3'));
    assert.ok(matrixAt(3).includes('cut 3'));
    assert.equal(matrixAt(7), matrixAt(3));
    assert.equal(matrixAt(null), matrixAt(3));
  });
});
