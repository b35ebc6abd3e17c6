import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EditorPage, openEditor } from './support/editorPage';
import { labelsOnDisk } from './support/labelFiles';
import { rejectionRun } from './support/rejectionRun';
import { openWorkbench, type Workbench } from './support/workbench';

const file = 'run.rollouts.jsonl';
const { text, judgeScores } = rejectionRun(12);

describe('exporting', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  let editor: EditorPage;
  const path = (name: string): string => join(workbench.workspace, name);
  const exposures = (): readonly unknown[] =>
    labelsOnDisk(path(file)).flatMap(event => (event.kind === 'exposed' ? [event.what] : []));
  const pick = async (label: string): Promise<void> => {
    const row = workbench.page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: label });
    await row.first().click();
  };
  /** The place that is proposed. */
  const save = async (name: string): Promise<void> => {
    const input = workbench.page.locator('.quick-input-widget:visible input.input');
    await workbench.page.waitForFunction(
      wanted =>
        [...document.querySelectorAll<HTMLInputElement>('.quick-input-widget input')].some(({ value }) =>
          value.endsWith(wanted),
        ),
      name,
    );
    await workbench.screenshot(`export-save-${name}`);
    await input.press('Enter');
  };

  before(async () => {
    workbench = await openWorkbench({
      files: { [file]: text },
      settings: { 'rolloutAnnotator.rater': 'rater-1' },
      theme: 'Default Dark Modern',
      installed: true,
    });
    editor = await openEditor(workbench, file);
    await editor.press('4');
    await editor.waitForProgress('1 / 36');
  });
  after(() => workbench?.dispose());

  it('asks a blind rater first, and exports and logs nothing where that is refused', async () => {
    await workbench.runCommand('Rollout Annotator: Export…');
    await workbench.page.getByPlaceholder('Export what?').waitFor();
    await workbench.screenshot('export-kinds');
    await pick('Labels as CSV');
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.getByText('Export judge scores?').waitFor();
    await workbench.screenshot('export-asks');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    assert.deepEqual(exposures(), []);
    assert.deepEqual(readdirSync(workbench.workspace).sort(), [file, `${file}.annotations`]);
  });

  it('logs that the judge is seen, writes the labels and offers to open them', async () => {
    await workbench.runCommand('Rollout Annotator: Export…');
    await pick('Labels as CSV');
    await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Export' }).click();
    await save('run.labels.csv');
    const toast = workbench.page.locator('.notification-toast', {
      hasText: 'Exported 1 row to “run.labels.csv”.',
    });
    await toast.waitFor();
    await workbench.screenshot('export-done');
    const [head = '', row = '', rest] = readFileSync(path('run.labels.csv'), 'utf8').split('\n');
    const cell = (name: string): string => row.split(',')[head.split(',').indexOf(name)] ?? '';
    assert.deepEqual(
      [cell('first'), cell('used'), cell('judge_visible'), cell('judge_score'), rest],
      ['4', 'true', 'false', String(judgeScores[0]), ''],
    );
    assert.equal(exposures()[0], 'judge');
    await toast.getByRole('button', { name: 'Open' }).click();
    await workbench.page.getByRole('tab', { name: /run\.labels\.csv/ }).waitFor();
  });

  it('asks no more, and exports training pairs above the threshold', async () => {
    await openEditor(workbench, file);
    await workbench.runCommand('Rollout Annotator: Export…');
    await pick('Training Pairs');
    await pick('The Judge');
    const input = workbench.page.locator('.quick-input-widget:visible input.input');
    await workbench.page.getByText('with a frustration score of at least').waitFor();
    await input.fill('7');
    await input.press('Enter');
    await workbench.page.getByText('What the assistant should have said').waitFor();
    await input.press('Enter');
    await save('run.pairs.jsonl');
    const wanted = judgeScores.filter(score => score >= 7).length;
    await workbench.page
      .locator('.notification-toast', { hasText: `Exported ${String(wanted)} pairs` })
      .waitFor();
    const pairs = readFileSync(path('run.pairs.jsonl'), 'utf8').trimEnd().split('\n');
    assert.equal(pairs.length, wanted);
    assert.ok(existsSync(path(file)));
    assert.equal(readFileSync(path(file), 'utf8'), text);
  });

  it('exports the report that its page shows', async () => {
    await workbench.runCommand('Rollout Annotator: Export…');
    await pick('Agreement Report as Markdown');
    await save('run.agreement.md');
    await workbench.page.locator('.notification-toast', { hasText: 'the agreement report' }).waitFor();
    assert.match(readFileSync(path('run.agreement.md'), 'utf8'), /run\.rollouts\.jsonl/);
    assert.deepEqual(workbench.consoleErrors, []);
  });
});
