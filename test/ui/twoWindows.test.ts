import { strict as assert } from 'node:assert';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { openEditor } from './support/editorPage';
import { labelsOnDisk } from './support/labelFiles';
import { rejectionRun } from './support/rejectionRun';
import { subsetFile } from './support/subsetFile';
import { openWorkbench, type Workbench } from './support/workbench';

const file = 'run.rollouts.jsonl';
const run = rejectionRun(16);
const slots = 12;

/** Labels every slot of a subset in one window, as fast as its keys act. */
async function labelAll(page: Page, frame: FrameLocator, key: string): Promise<void> {
  for (let done = 1; done <= slots; done++) {
    await frame.locator('.ladder[data-acts="true"]').waitFor();
    await page.keyboard.press(key);
    await frame
      .getByTestId('progress')
      .filter({ hasText: `${String(done)} / ${String(slots)}` })
      .waitFor();
  }
}

describe('two windows on one file', function () {
  this.timeout(240_000);
  let workbench: Workbench;
  before(async () => {
    const subset = (name: string, seed: number): Promise<string> =>
      subsetFile(file, run.text, { name, seed, design: { kind: 'random', n: slots } });
    workbench = await openWorkbench({
      files: {
        [file]: run.text,
        [`${file}.annotations/subsets/val-a.json`]: await subset('val-a', 1),
        [`${file}.annotations/subsets/val-b.json`]: await subset('val-b', 2),
      },
      settings: { 'rolloutAnnotator.rater': 'rater-1' },
    });
  });
  after(() => workbench?.dispose());

  it('label at once with one rater’s name: nothing is lost, no file is shared, and each window learns of the other’s labels', async () => {
    const first = await openEditor(workbench, file);
    await first.frame.getByTestId('list-chooser').selectOption('val-a');
    await first.waitForProgress(`0 / ${String(slots)}`);
    const { page, editorFrame } = await workbench.openSecondWindow();
    await workbench.executeCommand(
      'vscode.openWith',
      { file: join(workbench.workspace, file) },
      'rolloutAnnotator.editor',
    );
    const second = editorFrame();
    await second.getByTestId('item-heading').waitFor();
    await workbench.executeCommand('workbench.action.focusActiveEditorGroup');
    await second.getByTestId('list-chooser').selectOption('val-b');
    await second
      .getByTestId('progress')
      .filter({ hasText: `0 / ${String(slots)}` })
      .waitFor();
    assert.equal(workbench.extensionHostPids().length, 2);

    await Promise.all([labelAll(workbench.page, first.frame, '3'), labelAll(page, second, '7')]);

    const scores = labelsOnDisk(join(workbench.workspace, file)).flatMap(event =>
      event.kind === 'score' ? [event] : [],
    );
    for (const [name, value] of [
      ['val-a', 3],
      ['val-b', 7],
    ] as const) {
      const own = scores.filter(({ subset }) => subset?.name === name);
      assert.deepEqual(
        own.map(({ subset }) => subset?.slot),
        Array.from({ length: slots }, (_, slot) => slot),
      );
      assert.ok(own.every(event => event.value === value && event.phase === 'first'));
    }
    const folder = join(workbench.workspace, `${file}.annotations`, 'labels', 'rater-1');
    assert.equal(readdirSync(folder).length, 2);
    const done = `val-b · ${String(slots)}/${String(slots)}`;
    await first.frame.locator('option', { hasText: done }).waitFor({ state: 'attached' });
  });
});
