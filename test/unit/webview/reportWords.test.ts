import assert from 'node:assert/strict';
import type { AgreementReport, MeasureValue, PairReport } from '../../../src/core/agreement/agreementReport';
import {
  humanPairCutMeasures,
  humanPairMeasures,
  judgeCutMeasures,
  judgeMeasures,
  overallMeasures,
} from '../../../src/core/agreement/measureLists';
import { hasWords, measureWords } from '../../../webview/report/measureWords';
import { coefficient, count, fixed, range, signed } from '../../../webview/report/numbers';
import { resultSentence } from '../../../webview/report/resultSentence';
import { sidesOf, withNames } from '../../../webview/report/sides';
import { unitWords } from '../../../webview/report/unitWords';

const kappa: MeasureValue = { value: 0.834, ci: [0.761, 0.879], method: 'cluster jackknife' };
const higher: MeasureValue = { value: 0.48, ci: [0.21, 0.72] };

function pairOf(measures: Record<string, MeasureValue>, over: Partial<PairReport> = {}): PairReport {
  const excluded = { missing: 0, offScale: 0, judgeVisible: 0 };
  const judged = { meanJudge: { value: 5 }, meanHuman: { value: 4 }, ...measures };
  return {
    a: 'gemini',
    b: 'rater-1',
    n: 100,
    clusters: 40,
    excluded,
    measures: judged,
    thresholds: [],
    warnings: [],
    ...over,
  };
}

function sentence(pair: PairReport, clusterBy = 'rollout'): string {
  const report: AgreementReport = {
    source: {},
    scale: null,
    seed: 1,
    resamples: 0,
    clusterBy,
    pairs: [pair],
    notes: [],
  };
  return resultSentence(report, pair, sidesOf(pair, ['rater-1', 'rater-2']))
    .map(phrase => phrase.text)
    .join('');
}

describe('the result as a sentence', () => {
  it('tells agreement and difference with intervals and what they rest on', () => {
    assert.equal(
      sentence(pairOf({ cohenKappaQuadratic: kappa, meanDifference: higher })),
      'Judge and rater-1 agree at quadratic κ 0.83 (95% interval 0.76 to 0.88) on 100 turns of 40 rollouts. ' +
        'The judge scores 0.5 points higher on average (0.2 to 0.7).',
    );
  });

  it('names both of a human pair, and turns the interval round where the first scores lower', () => {
    const measures = {
      cohenKappaQuadratic: kappa,
      meanDifference: { value: -0.35, ci: [-0.47, -0.23] as const },
      meanA: { value: 1 },
    };
    assert.equal(
      sentence(pairOf({}, { a: 'rater-2', measures }), 'prompt_id'),
      'rater-2 and rater-1 agree at quadratic κ 0.83 (95% interval 0.76 to 0.88) on 100 turns of 40 prompts. ' +
        'rater-2 scores 0.3 points lower than rater-1 on average (0.2 to 0.5).',
    );
  });

  it('says lower and higher where the interval of the difference holds zero', () => {
    const pair = pairOf({ cohenKappaQuadratic: kappa, meanDifference: { value: 0.12, ci: [-0.2, 0.44] } });
    assert.match(
      sentence(pair),
      /The judge scores 0\.1 points higher on average \(0\.2 lower to 0\.4 higher\)\.$/,
    );
  });

  it('gives the reason where there is no interval', () => {
    const few = 'no interval from 6 clusters: at least 10 are needed';
    const pair = pairOf(
      { cohenKappaQuadratic: { value: 0.9, ci: null, reason: few } },
      { n: 12, clusters: 6 },
    );
    assert.equal(
      sentence(pair),
      `Judge and rater-1 agree at quadratic κ 0.90 (${few}) on 12 turns of 6 rollouts. `,
    );
    const one = pairOf({ cohenKappaQuadratic: { value: 1, ci: null, reason: 'no disagreement observed' } });
    assert.match(sentence(one), /quadratic κ 1\.00 \(no interval: no disagreement observed\)/);
  });

  it('says why κ is undefined and tells how many scores were equal instead', () => {
    const pair = pairOf({
      cohenKappaQuadratic: { value: null, reason: 'both gave every item the same score' },
      exactAgreement: { value: 1, ci: [0.77, 1] },
      meanDifference: { value: 0, ci: null, reason: 'no interval: no item differs' },
    });
    assert.equal(
      sentence(pair),
      'Quadratic κ is undefined: both gave every item the same score. ' +
        'Judge and rater-1 gave equal scores to 100% of turns (95% interval 77% to 100%; 100 turns of 40 rollouts). ' +
        'The judge and rater-1 score the same on average (no interval: no item differs).',
    );
  });

  it('says so where there is nothing to compare', () => {
    assert.match(
      sentence(pairOf({}, { n: 0, clusters: 0 })),
      /^No turn has a usable score from both judge and rater-1/,
    );
  });
});

describe('measures in words', () => {
  it('are there for every measure that a report can hold', () => {
    const lists = [judgeMeasures, humanPairMeasures, overallMeasures, judgeCutMeasures, humanPairCutMeasures];
    assert.deepEqual(
      lists
        .flat()
        .filter(({ id }) => !hasWords(id))
        .map(({ id }) => id),
      [],
    );
  });

  it('name the sides of the pair, and keep an id that has no words', () => {
    const sides = sidesOf(pairOf({}), []);
    assert.equal(measureWords('meanDifference', sides).name, 'Mean difference, judge − human');
    assert.equal(measureWords('meanJudge', sides).mark, 'judge');
    assert.equal(measureWords('toString', sides).name, 'toString');
  });

  it('name the sides in reasons and leave the article a alone', () => {
    const sides = sidesOf(pairOf({}), []);
    assert.equal(
      withNames('no items that a or b puts at or above the cut', sides),
      'no items that the judge or rater-1 puts at or above the cut',
    );
    assert.equal(
      withNames("clusters on one side of b's cut", sides),
      "clusters on one side of rater-1's cut",
    );
    assert.equal(
      withNames('not a category scale (fractional means)', sides),
      'not a category scale (fractional means)',
    );
  });
});

describe('numbers as printed', () => {
  it('have a true minus sign, and none on zero', () => {
    assert.deepEqual(
      [fixed(-0.25, 1), fixed(-0.01, 1), signed(0.04, 1), signed(0.41, 2), signed(-2, 1)],
      ['−0.3', '0.0', '0.0', '+0.41', '−2.0'],
    );
  });

  it('are not rounded to the bound of a coefficient that they do not reach', () => {
    assert.deepEqual(
      [coefficient(1), coefficient(0.997), coefficient(-0.999), coefficient(0.994)],
      ['1.00', '>0.99', '<−0.99', '0.99'],
    );
  });

  it('keep a decimal of weighted counts only', () => {
    assert.deepEqual([count(1234), count(12.34)], ['1,234', '12.3']);
    assert.equal(
      range([-0.2, 0.4], value => fixed(value, 1)),
      '−0.2 to 0.4',
    );
  });
});

describe('an item in words', () => {
  it('is its rollout and turn, or the id as it is', () => {
    assert.equal(unitWords('["wild-33-s4",8,"response","frustration"]'), 'wild-33-s4 · turn 8');
    assert.equal(unitWords('row 17'), 'row 17');
    assert.equal(unitWords('[draft'), '[draft');
  });
});
