import { strict as assert } from 'node:assert';
import type { FrameLocator } from 'playwright-core';
import { openEditor } from './support/editorPage';
import { labelFile } from './support/labelledFile';
import { rejectionRun } from './support/rejectionRun';
import { openWorkbench, type Workbench } from './support/workbench';

const small = 'small.rollouts.jsonl';
const large = 'large.rollouts.jsonl';
const smallText = rejectionRun(30).text;
/** All of its 4,000 turns are labelled, and the text before each of them is hashed: that takes seconds. */
const largeText = Array.from({ length: 100 }, (_, rollout) =>
  JSON.stringify({
    id: `r${rollout}`,
    messages: Array.from({ length: 40 }, (_unused, turn) => [
      { role: 'user', content: 'No, try again.' },
      {
        role: 'assistant',
        content: `Attempt ${turn + 1}. ${'I add, I multiply, and I check it once more. '.repeat(500)}`,
        judge: { criterion: 'frustration', score: (rollout + turn) % 11, model: 'm', run: 'r1' },
      },
    ]).flat(),
  }),
)
  .map(line => `${line}\n`)
  .join('');
const labels = (file: string): string => `${file}.annotations/labels/rater-1/aaaaaaaa.jsonl`;

describe('the page of a report', function () {
  this.timeout(300_000);
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({
      files: {
        [small]: smallText,
        [labels(small)]: await labelFile(smallText, 'rater-1'),
        [large]: largeText,
        [labels(large)]: await labelFile(largeText, 'rater-1', 2),
      },
      settings: { 'rolloutAnnotator.rater': 'rater-1' },
    });
  });
  after(() => workbench?.dispose());

  const openReport = async (file: string): Promise<FrameLocator> => {
    const editor = await openEditor(workbench, file);
    await editor.frame.getByText('Agreement report').click();
    await editor.frame.getByText('Open report').click();
    return workbench.editorFrame();
  };

  /** The button that has the keyboard. */
  const focused = (report: FrameLocator): Promise<string> =>
    report.locator('body').evaluate(() => document.activeElement?.textContent?.trim() ?? '');

  it('answers the seven questions in words, each with its figures, or says why not', async () => {
    const report = await openReport(small);
    await report.getByText(/on 90 turns/).waitFor();
    const sections = report.locator('section.question');
    assert.deepEqual(await sections.locator('h2').allInnerTexts(), [
      'How well do judge and human agree?',
      'Compared with what?',
      'At which threshold?',
      'What is the run’s true mean or rate, given this judge’s errors?',
      'Is the judge biased differently by condition, turn, length or provider?',
      'Were there enough labels?',
      'Did the rater drift?',
      'What was left out?',
    ]);
    assert.match(await sections.locator('p.answer').first().innerText(), /95% interval .* on 90 items/);
    const refused = await sections.locator('p.answer.quiet').allInnerTexts();
    assert.ok(
      refused.some(text => text.startsWith('Drift is told from the order of a subset')),
      refused.join('\n'),
    );
    const widths = await sections.locator('p.answer').evaluateAll(all => all.map(each => each.clientWidth));
    assert.ok(
      widths.every(width => width <= 700),
      `lines are ${String(Math.max(...widths))} pixels long`,
    );
    await workbench.executeCommand('workbench.action.closeActiveEditor');
  });

  it('shows how far a long count is, and leaves none when the first is cancelled', async () => {
    const report = await openReport(large);
    await report.getByText(/^Counting … reading [\d,]+ of 4,000 items$/).waitFor();
    await report.locator('progress').waitFor();
    await workbench.screenshot('report-counting');
    await report.getByText('Cancel', { exact: true }).click();
    await report.getByText('Counting was cancelled: there is no report yet.').waitFor();
    assert.equal(await focused(report), 'Count Again');
    await workbench.screenshot('report-cancelled');
  });

  it('counts again when asked, and keeps that report when a refresh is cancelled', async () => {
    const report = workbench.editorFrame();
    await workbench.page.keyboard.press('Enter');
    await report.getByText(/on 200 turns/).waitFor({ timeout: 200_000 });
    await report.getByText('Refresh', { exact: true }).click();
    await report.getByText(/^Counting … reading [\d,]+ of 4,000 items$/).waitFor();
    await workbench.screenshot('report-counting-again');
    await report.getByText('Cancel', { exact: true }).click();
    await report.getByText('Cancelled: this is the former report.').waitFor();
    assert.equal(await focused(report), 'Refresh');
    assert.equal(await report.getByText(/on 200 turns/).count(), 1);
    assert.equal(await report.locator('progress').count(), 0);
    assert.deepEqual(workbench.consoleErrors, []);
  });
});
