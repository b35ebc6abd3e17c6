import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { labelsOnDisk } from './support/labelFiles';
import { rejectionRun } from './support/rejectionRun';
import { openWorkbench, type Workbench } from './support/workbench';

/** Another file to do it on, such as a real run: the environment names it. */
const realFile = process.env['ROLLOUT_ANNOTATOR_FILE'];
const text = realFile === undefined ? rejectionRun(12).text : readFileSync(realFile, 'utf8');
const file = 'gemma.jsonl';

/** "Open With…" of the Explorer's own menu, as somebody does who has only read that there is such an editor. */
async function openWith({ page, executeCommand, screenshot }: Workbench): Promise<void> {
  const steps = [
    page.locator('.explorer-folders-view').getByText(file, { exact: true }).first(),
    page.getByRole('menuitem', { name: 'Open With...' }).first(),
    page.locator('.quick-input-list').getByText('Rollout Annotator', { exact: true }).first(),
  ];
  const failures: string[] = [];
  // A window that is still loading closes menus that came early.
  for (let attempt = 1; attempt <= 6; attempt++) {
    await executeCommand('workbench.view.explorer');
    let failure: string | null = null;
    for (const [index, step] of steps.entries()) {
      // VS Code's menus take no click that comes at once: it may be the end of the one that opened them.
      if (index > 0) await page.waitForTimeout(400);
      failure = await step.click({ timeout: 5000, button: index === 0 ? 'right' : 'left' }).then(
        () => null,
        (error: unknown) => `step ${String(index + 1)}: ${String(error)}`,
      );
      if (failure !== null) break;
    }
    if (failure === null) return;
    failures.push(failure);
    await page.keyboard.press('Escape');
  }
  const picture = await screenshot('newcomer-no-menu');
  assert.fail(`The Explorer’s menu does not lead to the editor (${picture}):\n${failures.join('\n')}`);
}

describe('a newcomer, without documentation', function () {
  this.timeout(240_000);
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({
      files: { [file]: text },
      theme: 'Default Dark Modern',
      viewport: { width: 1280, height: 760 },
    });
  });
  after(() => workbench?.dispose());

  it('opens a file from the Explorer’s menu', async () => {
    await openWith(workbench);
    await workbench.editorFrame().getByTestId('item-heading').waitFor();
    await workbench.screenshot('newcomer-1-opened');
  });

  it('makes a subset of ten items from the list chooser', async () => {
    await workbench.editorFrame().getByTestId('list-chooser').selectOption('+');
    const panel = workbench.editorFrame();
    await panel.getByText('How many items').waitFor();
    await workbench.screenshot('newcomer-2-design');
    const count = panel.locator('vscode-text-field').filter({ hasText: 'How many items' }).locator('input');
    await count.fill('10');
    await panel.getByText('val-10 · 10 slots').waitFor();
    await workbench.screenshot('newcomer-3-ten');
    await panel.getByText('Create subset').click();
  });

  it('is brought to its first item, says who labels once, and labels all ten', async () => {
    const editor = workbench.editorFrame();
    const { page } = workbench;
    await editor.getByTestId('progress').filter({ hasText: '0 / 10' }).waitFor();
    await workbench.screenshot('newcomer-4-first-item');
    const acting = editor.locator('.ladder[data-acts="true"]');
    await acting.waitFor();
    await page.keyboard.press('4');
    await editor.getByTestId('rater-name').waitFor();
    await workbench.screenshot('newcomer-5-rater');
    await page.keyboard.press('Enter');
    for (let done = 1; done <= 10; done++) {
      await editor
        .getByTestId('progress')
        .filter({ hasText: `${String(done)} / 10` })
        .waitFor();
      if (done === 10) break;
      await acting.waitFor();
      await page.keyboard.press(String((done * 3) % 10));
    }
    await editor.getByText('val-10 is done').waitFor();
    await workbench.screenshot('newcomer-6-done');
    const scores = labelsOnDisk(join(workbench.workspace, file)).flatMap(event =>
      event.kind === 'score' ? [event] : [],
    );
    assert.equal(scores.length, 10);
    assert.ok(scores.every(event => event.subset?.name === 'val-10' && event.judgeVisible === false));
  });

  it('sees the judge beside each score, and the report, by the buttons offered', async () => {
    const { page } = workbench;
    await page.keyboard.press('Enter');
    const editor = workbench.editorFrame();
    await editor.getByTestId('judge').waitFor();
    await workbench.screenshot('newcomer-7-judge');
    await editor.getByText('Agreement report').click();
    await workbench
      .editorFrame()
      .getByText(/10 (turns|items)/)
      .first()
      .waitFor();
    await workbench.screenshot('newcomer-8-report');
    assert.equal(readFileSync(join(workbench.workspace, file), 'utf8'), text);
  });
});
