import { strict as assert } from 'node:assert';
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyPauseMs, openEditor } from './support/editorPage';
import { labelsOnDisk } from './support/labelFiles';
import { rejectionRun } from './support/rejectionRun';
import { openWorkbench, type Workbench } from './support/workbench';

const pointer =
  'version https://git-lfs.github.com/spec/v1\noid sha256:757cf2049a766576953250fbcf6cf2d9c5b98c8201ff7ff1a974e7aada77da29\nsize 47144\n';

describe('files and folders that are not as they should be', function () {
  this.timeout(240_000);
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({
      files: {
        'pointer.jsonl': pointer,
        'empty.rollouts.jsonl': '',
        'mixed.rollouts.jsonl': `${rejectionRun(2).text}{"messages": [\n[1, 2]\n${rejectionRun(1).text}`,
        'grows.rollouts.jsonl': rejectionRun(2).text,
        'held.rollouts.jsonl': rejectionRun(2).text,
        // A file where the annotations folder should be: it can't be written, even by root.
        'held.rollouts.jsonl.annotations': 'in the way',
        'two.rollouts.jsonl': rejectionRun(2).text,
        'new-rater.rollouts.jsonl': rejectionRun(2).text,
      },
      settings: { 'rolloutAnnotator.rater': 'rater-1' },
    });
  });
  after(() => workbench?.dispose());

  it('opens a Git LFS pointer and an empty file to one clear sentence each', async () => {
    for (const [name, viewType, words] of [
      [
        'pointer.jsonl',
        'rolloutAnnotator.editorOption',
        /^This is a Git LFS pointer[^.]*git lfs pull[^.]*\.$/,
      ],
      ['empty.rollouts.jsonl', 'rolloutAnnotator.editor', /^The file is empty[^.]*\.$/],
    ] as const) {
      await workbench.openFile(name, viewType);
      const alert = workbench.editorFrame().getByRole('alert');
      await alert.waitFor();
      assert.match((await alert.innerText()).trim(), words);
      await workbench.screenshot(name);
    }
  });

  it('opens the good lines of a file and lists the bad ones', async () => {
    const editor = await openEditor(workbench, 'mixed.rollouts.jsonl');
    assert.equal(await editor.progress(), '0 / 9');
    assert.match(await editor.frame.locator('.header').innerText(), /3 problems/);
  });

  it('takes in what is appended to the file', async () => {
    const editor = await openEditor(workbench, 'grows.rollouts.jsonl');
    await editor.score('4', 1, 6);
    appendFileSync(
      join(workbench.workspace, 'grows.rollouts.jsonl'),
      rejectionRun(4).text.split('\n').slice(2).join('\n'),
    );
    await editor.waitForProgress('1 / 12');
  });

  it('holds labels on this machine when the folder can’t be written, says so, and moves them there later', async () => {
    const path = join(workbench.workspace, 'held.rollouts.jsonl');
    let editor = await openEditor(workbench, 'held.rollouts.jsonl');
    await editor.score('6', 1, 6);
    const banner = editor.frame.getByTestId('saving-banner');
    await banner.waitFor();
    assert.match(await banner.innerText(), /Held on this machine, not in the study folder/);
    await workbench.screenshot('held');
    assert.equal(readFileSync(`${path}.annotations`, 'utf8'), 'in the way');
    await workbench.executeCommand('workbench.action.closeActiveEditor');
    rmSync(`${path}.annotations`);
    editor = await openEditor(workbench, 'held.rollouts.jsonl');
    await editor.waitForProgress('1 / 6');
    assert.equal(await editor.frame.getByTestId('saving-banner').count(), 0);
    assert.deepEqual(
      labelsOnDisk(path).map(event => event.kind === 'score' && event.value),
      [6],
    );
  });

  it('shares one session between two tabs, and keeps place and labels when a tab was hidden', async () => {
    const editor = await openEditor(workbench, 'two.rollouts.jsonl');
    await editor.score('2', 1, 6);
    await editor.waitForItem(2);
    await workbench.openFile('pointer.jsonl', 'default');
    await workbench.openFile('two.rollouts.jsonl');
    await editor.waitForItem(2);
    await editor.waitForProgress('1 / 6');
    await workbench.openFile('two.rollouts.jsonl', 'rolloutAnnotator.editorOption');
    const other = workbench.editorFrame();
    await other.getByTestId('progress').filter({ hasText: '1 / 6' }).waitFor();
  });

  it('asks who labels before the first label, once, and keeps the label that was meant', async () => {
    workbench.changeSettings({ 'rolloutAnnotator.rater': '' });
    await workbench.reloadWindow();
    const editor = await openEditor(workbench, 'new-rater.rollouts.jsonl');
    await workbench.page.keyboard.press('8');
    const field = editor.frame.getByTestId('rater-name').locator('input');
    await field.waitFor();
    await workbench.screenshot('rater');
    await field.fill('Not A Slug');
    await workbench.page.keyboard.press('Enter');
    await editor.frame.getByText('Use 1 to 40 of').waitFor();
    await field.fill('rater-9');
    await workbench.page.keyboard.press('Enter');
    await editor.waitForProgress('1 / 6');
    await workbench.page.waitForTimeout(keyPauseMs);
    await editor.score('1', 2, 6);
    const path = join(workbench.workspace, 'new-rater.rollouts.jsonl');
    assert.deepEqual(
      labelsOnDisk(path).map(event => [event.rater, event.kind === 'score' && event.value]),
      [
        ['rater-9', 8],
        ['rater-9', 1],
      ],
    );
  });

  it('says so when the file is gone, and comes back with it', async () => {
    const path = join(workbench.workspace, 'grows.rollouts.jsonl');
    await workbench.openFile('grows.rollouts.jsonl');
    await workbench.editorFrame().getByTestId('item-heading').waitFor();
    const text = readFileSync(path, 'utf8');
    rmSync(path);
    await workbench.editorFrame().getByRole('alert').filter({ hasText: 'there is no such file' }).waitFor();
    writeFileSync(path, text);
    await workbench.editorFrame().getByTestId('item-heading').waitFor();
  });
});
