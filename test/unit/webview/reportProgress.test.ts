import assert from 'node:assert/strict';
import { seldom } from '../../../src/worker/seldom';
import type { ReportProgress } from '../../../src/protocol/reportProtocol';
import { progressWords } from '../../../webview/report/progressWords';

describe('the progress of a report', () => {
  it('is said in words for each stage', () => {
    const words = (stage: ReportProgress['stage'], done: number, total: number) =>
      progressWords({ stage, done, total });
    assert.equal(words('scanning', 34, 100), 'reading the file, 34%');
    assert.equal(words('rollouts', 1200, 5000), 'taking in 1,200 of 5,000 rollouts');
    assert.equal(words('items', 120, 400), 'reading 120 of 400 items');
    assert.equal(words('comparisons', 2, 3), 'comparing 2 of 3 pairs');
    assert.equal(words('questions', 4, 7), 'answering question 4 of 7');
  });

  it('is passed on at the beginning of each stage, and then ten times a second', () => {
    let now = 0;
    const passed: string[] = [];
    const tell = seldom(
      ({ stage, done }) => void passed.push(`${stage} ${done}`),
      () => now,
    );
    for (now = 0; now < 250; now += 10) tell({ stage: 'items', done: now, total: 250 });
    tell({ stage: 'questions', done: 1, total: 7 });
    tell({ stage: 'questions', done: 2, total: 7 });
    assert.deepEqual(passed, ['items 0', 'items 100', 'items 200', 'questions 1']);
  });
});
