import assert from 'node:assert/strict';
import type { Design } from '../../../src/core/subset/manifest';
import { histogramBars } from '../../../webview/subset/histogramBars';
import {
  drawnSentence,
  noHalfWidths,
  percent,
  piWords,
  stratumValue,
  timeWords,
} from '../../../webview/subset/previewWords';

const numbers = { population: 212, drawn: 100, rollouts: 29 };
const sentence = (design: Pick<Design, 'kind' | 'threshold'>, of = numbers): string =>
  drawnSentence(of, design);

describe('the preview of a subset in words', () => {
  it('says how many are drawn from what, and whether anything can be estimated from them', () => {
    assert.equal(
      sentence({ kind: 'balanced' }),
      '100 of 212 items from 29 rollouts, drawn with known probabilities.',
    );
    assert.equal(
      sentence({ kind: 'negative-audit', threshold: 5 }),
      '100 of 212 items that the judge scored under 5 from 29 rollouts, drawn with known probabilities.',
    );
    assert.equal(
      sentence({ kind: 'uncertainty', threshold: 5 }),
      '100 of 212 items with a judge score from 29 rollouts, picked by the judge’s scores.',
    );
    assert.equal(
      sentence({ kind: 'disagreement' }, { population: 3000, drawn: 1, rollouts: 1 }),
      '1 of 3,000 items with scores of two judge runs from 1 rollout, picked by the judge’s scores.',
    );
  });

  it('does not speak of chance where every item is drawn', () => {
    assert.equal(
      sentence({ kind: 'random' }, { population: 40, drawn: 40, rollouts: 4 }),
      'All 40 items, from 4 rollouts: nothing is left to chance.',
    );
  });

  it('tells the time at half a minute an item, to five minutes from half an hour on', () => {
    assert.deepEqual([1, 3, 59, 60, 100, 121, 240, 1000].map(timeWords), [
      '1 min',
      '2 min',
      '30 min',
      '30 min',
      '50 min',
      '1 h',
      '2 h',
      '8 h 20 min',
    ]);
  });

  it('prints a probability as one number or as a range, and never as 0 or 1 where it is neither', () => {
    assert.equal(piWords([0.3401, 0.3401]), '0.34');
    assert.equal(piWords([0.0184, 0.5]), '0.018 to 0.50');
    assert.equal(piWords([1, 1]), '1');
    assert.equal(piWords([0.9999, 1]), '>0.99 to 1');
    assert.equal(piWords([0.0001, 0.0001]), '<0.001');
    assert.equal(piWords(null), 'none');
  });

  it('prints a share as whole per cent, and never as nothing or all where it is neither', () => {
    assert.deepEqual(
      [
        [0, 10],
        [10, 10],
        [1, 1000],
        [999, 1000],
        [1, 3],
        [0, 0],
      ].map(([part, whole]) => percent(part!, whole!)),
      ['0%', '100%', '<1%', '>99%', '33%', '0%'],
    );
  });

  it('says in one sentence why no half-widths are planned', () => {
    const reasons = [
      noHalfWidths({ role: 'practice', design: { kind: 'random', n: 1 } }, true),
      noHalfWidths({ role: 'validation', design: { kind: 'disagreement', n: 1 } }, true),
      noHalfWidths({ role: 'validation', design: { kind: 'negative-audit', n: 1 } }, true),
      noHalfWidths({ role: 'validation', design: { kind: 'random', n: 1 } }, false),
      noHalfWidths({ role: 'validation', design: { kind: 'random', n: 1 } }, true),
    ];
    assert.equal(new Set(reasons).size, reasons.length);
    for (const reason of reasons) assert.match(reason, /^No half-widths (are|can be) planned.*\.$/);
  });

  it('says what is missing of a stratum', () => {
    assert.deepEqual(
      [stratumValue('judge', '5–6'), stratumValue('judge', null), stratumValue('condition', null)],
      ['5–6', 'no score', 'none'],
    );
  });
});

describe('the histogram of judge scores', () => {
  const histogram = [
    { score: 0, population: 60, sample: 2 },
    { score: 1, population: 20, sample: 3 },
    { score: 2, population: 0, sample: 0 },
    { score: null, population: 20, sample: 5 },
  ];

  it('draws shares of the file beside shares of the subset, the largest as high as the plot', () => {
    const { bars, band } = histogramBars(histogram, 1);
    assert.equal(band, 0.25);
    assert.deepEqual(
      bars.map(({ x }) => x),
      [0, 0.25, 0.5, 0.75],
    );
    const near = (found: readonly number[], wanted: readonly number[]): void =>
      found.forEach((value, index) => assert.ok(Math.abs(value - wanted[index]!) < 1e-12));
    near(
      bars.map(({ population }) => population),
      [1, 1 / 3, 0, 1 / 3],
    );
    near(
      bars.map(({ sample }) => sample),
      [0.2 / 0.6, 0.3 / 0.6, 0, 0.5 / 0.6],
    );
  });

  it('puts the cut before the first score that reaches it, and none where no score lies under it', () => {
    assert.equal(histogramBars(histogram, 1).cut, 0.25);
    assert.equal(histogramBars(histogram, 1.5).cut, 0.5);
    assert.equal(histogramBars(histogram, 0).cut, null);
    assert.equal(histogramBars(histogram, 3).cut, null);
    assert.equal(histogramBars(histogram, null).cut, null);
  });

  it('tells every bar’s numbers in words', () => {
    const { bars } = histogramBars(histogram, null);
    assert.deepEqual(
      [bars[1]?.words, bars[3]?.words],
      [
        'Judge score 1: 20 of the file’s 100 items (20%), 3 of the 10 drawn (30%)',
        'No judge score: 20 of the file’s 100 items (20%), 5 of the 10 drawn (50%)',
      ],
    );
  });

  it('names every score of a short scale and round ones of a long one', () => {
    assert.deepEqual(
      histogramBars(histogram, null).bars.map(({ tick }) => tick),
      ['0', '1', '2', 'none'],
    );
    const long = Array.from({ length: 101 }, (_, score) => ({ score, population: 1, sample: 0 }));
    const ticks = histogramBars(long, null).bars.filter(({ tick }) => tick !== '');
    assert.ok(ticks.length <= 13 && ticks.length >= 4, String(ticks.length));
    assert.equal(ticks[0]?.tick, '0');
  });

  it('stands where nothing is drawn or nothing is there', () => {
    assert.deepEqual(histogramBars([], 5).bars, []);
    const empty = histogramBars([{ score: 0, population: 0, sample: 0 }], null).bars[0];
    assert.deepEqual([empty?.population, empty?.sample], [0, 0]);
  });
});
